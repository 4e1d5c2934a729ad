"""How much WeCom lets one be told, and what room is kept for what is urgent."""

import pytest

from bot.platforms.base import Crowded, TryLater
from bot.platforms.wecom_quota import Quota
from storage.messages import Act, Address, Card, Outgoing, Urgency
from tests.bot.platforms.wecom_app_world import REPS, ZHANG, World
from tests.wecom_line import Hands

OTHER = Address(ZHANG.platform, "lisi")


def test_a_chat_is_told_thirty_things_a_minute_and_a_thousand_an_hour_and_no_more() -> None:
    hands, quota, told, pauses = Hands(), Quota(), [], []
    end = hands.now.timestamp() + 2 * 3600
    while hands.now.timestamp() < end:
        try:
            quota.take("wrCHAT", 1, hands.now, Urgency.NOW)
            told.append(hands.now.timestamp())
        except TryLater as later:
            pauses.append(later.pause)
            hands.later(seconds=later.pause.total_seconds())
    for at in told:
        assert sum(at - 60 < one <= at for one in told) <= 30
        assert sum(at - 3600 < one <= at for one in told) <= 1000
    assert 1900 < len(told) <= 2000, "what is allowed is used"
    assert min(pauses).total_seconds() > 0


def test_a_letter_of_two_messages_waits_until_both_have_room_and_chats_do_not_disturb_each_other() -> None:
    hands, quota = Hands(), Quota()
    for _ in range(29):
        quota.take("a", 1, hands.now, Urgency.NOW)
    with pytest.raises(TryLater):
        quota.take("a", 2, hands.now, Urgency.NOW)
    quota.take("b", 2, hands.now, Urgency.NOW)
    quota.take("a", 1, hands.now, Urgency.NOW)


def fill(quota: Quota, hands: Hands, urgency: Urgency) -> int:
    """Tell one chat as much as there is room for at this moment; how much that was."""
    for told in range(100):
        try:
            quota.take("wrCHAT", 1, hands.now, urgency)
        except Crowded:
            return told
    raise AssertionError("no end")


def test_room_is_kept_for_answers_and_more_for_danger_to_people() -> None:
    hands, quota = Hands(), Quota()
    told = [fill(quota, hands, urgency) for urgency in reversed(Urgency)]
    assert told == [24, 0, 3, 3]
    hands.later(seconds=62)
    assert fill(quota, hands, Urgency.NOW) == 30


def test_what_finds_no_room_is_told_when_there_is_room_for_its_kind() -> None:
    hands, quota = Hands(), Quota()
    assert fill(quota, hands, Urgency.NOTICE) == 24
    hands.later(seconds=30)
    assert fill(quota, hands, Urgency.NOW) == 6
    with pytest.raises(Crowded) as later:
        quota.take("wrCHAT", 1, hands.now, Urgency.NOTICE)
    hands.later(seconds=later.value.pause.total_seconds())
    assert fill(quota, hands, Urgency.NOTICE) == 18


@pytest.mark.parametrize(
    ("act", "urgency", "most"),
    [
        (Act.SAY, Urgency.NOTICE, 24),
        (Act.ANSWER, Urgency.ANSWER, 27),
        (Act.SAY, Urgency.NOW, 30),
    ],
)
@pytest.mark.anyio
async def test_whatever_is_said_to_a_person_of_the_app_counts_and_nothing_is_said_beyond(
    act: Act, urgency: Urgency, most: int
) -> None:
    world = World()

    async def tell(to: Address = ZHANG) -> bool:
        try:
            await world.app.perform(Outgoing(act, to, Card("好"), "q1"), urgency)
        except Crowded:
            return False
        return True

    assert [await tell() for _ in range(40)].count(True) == most
    assert len(world.sent()) == most
    assert await tell(OTHER)


@pytest.mark.anyio
async def test_a_group_of_the_app_has_its_own_pace(anyio_backend: str) -> None:
    world = World()
    for _ in range(40):
        await world.say(Card("好"), REPS)
    assert len(world.sent("appchat/send")) == 40
