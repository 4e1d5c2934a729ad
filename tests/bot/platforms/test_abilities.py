"""What is claimed of a channel is what its adapter does, and what the README says."""

from pathlib import Path

import pytest

from bot.platforms import wecom_webhook
from bot.platforms.abilities import (
    ABILITIES,
    TABLE,
    URL,
    Abilities,
    Edits,
    Groups,
    Hears,
    Push,
    Rings,
    Sent,
    Unit,
)
from bot.platforms.base import Rejected, SendError, Silent
from bot.platforms.splitting import size
from bot.platforms.telegram_cut import units
from storage.messages import (
    Act,
    Address,
    Button,
    Card,
    File,
    FileKind,
    Made,
    Mention,
    Outgoing,
    Said,
    Urgency,
)
from tests.bot.platforms.channel_table import markdown
from tests.bot.platforms.trials import DONE, WORK, Seen, Trial, show, tell
from tests.bot.platforms.trials_aibot import on_the_line
from tests.bot.platforms.trials_others import trying

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[3]
each = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.channel)
VOTE = Card(
    "🗳 加装电梯",
    (tuple(Button(word, f"poll.cast:7:{word_id}") for word, word_id in (("赞成", "yes"), ("反对", "no"))),),
)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wecom_webhook, "_PAUSE", 0.0)


def somewhere(trial: Trial) -> Address:
    found = trial.one or trial.group
    assert found is not None
    return found


def many(count: int) -> Card:
    """A question with so many answers."""
    return Card("选一个", tuple((Button(f"第{at}项", f"pick:7:{at}"),) for at in range(count)))


def counted(row: Abilities, said: str) -> int:
    return size(said) if row.unit is Unit.BYTES else units(said)


def test_the_readme_has_exactly_this_table() -> None:
    assert markdown(TABLE) in (ROOT / "README.md").read_text("utf-8")


@each
async def test_as_many_buttons_as_claimed_can_be_pressed_and_more_are_numbered(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        if row.buttons:
            got = await show(trial, many(row.buttons), somewhere(trial))
            assert {f"pick:7:{at}" for at in range(row.buttons)} <= got.presses
        card = many(row.buttons + 1)
        got = await _numbered(trial, card)
        assert not got.presses
        if got.texts:
            assert all(button.label in "".join(got.texts) for button in card.buttons)


async def _numbered(trial: Trial, card: Card) -> Seen:
    """What people get of too many buttons; nothing where the channel would rather not say it at all."""
    try:
        return await show(trial, card, somewhere(trial))
    except Rejected:
        return Seen()


@each
async def test_a_vote_is_a_card_of_its_own_where_that_is_claimed(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        got = await show(trial, VOTE, somewhere(trial))
        assert ("vote_interaction" in got.kinds) is row.vote_card


@each
async def test_a_message_is_as_long_as_claimed_and_a_longer_one_is_cut(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        whole = await show(trial, Card("x" * row.length), somewhere(trial))
        assert [counted(row, said) for said in whole.texts] == [row.length]
        if row.push is Push.NOBODY:
            with pytest.raises(SendError):  # one answer is all there is, and it does not hold more
                await show(trial, Card("x" * (row.length + 1)), somewhere(trial))
        else:
            lines = [f"第{at}条 各位邻居" for at in range(row.length // 8)]
            cut = await show(trial, Card("\n".join(lines)), somewhere(trial))
            assert len(cut.texts) > 1
            assert len((await show(trial, Card("x" * (row.length + 1)), somewhere(trial))).texts) == 2
            assert all(counted(row, said) <= row.length for said in cut.texts)
            assert "\n".join(said.strip() for said in cut.texts).split("\n") == lines


@each
async def test_a_message_is_changed_when_that_is_claimed_and_at_no_other_time(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        where = (trial.group if row.edits is Edits.AFTER_A_PRESS else None) or somewhere(trial)
        shown = await tell(trial, WORK, where)
        edit = Outgoing(Act.EDIT, where, DONE, shown)
        if row.channel != URL:
            await trial.platform.perform(edit, Urgency.COUNTER)
        assert trial.changes() == (1 if row.edits is Edits.ANY_TIME else 0)
        await trial.press(shown)
        pressed = 0 if row.edits is Edits.NEVER else 1
        for _ in range(2 if row.edits in {Edits.ONCE_A_PRESS, Edits.NEVER} else 1):
            if row.channel != URL and row.edits is not Edits.ANY_TIME:
                await trial.platform.perform(edit, Urgency.COUNTER)
        assert trial.changes() == pressed


async def test_a_card_of_the_ai_bot_is_no_longer_changed_six_seconds_after_the_press() -> None:
    async with on_the_line() as trial:
        assert trial.group
        shown = await tell(trial, WORK, trial.group)
        await trial.press(shown)
        trial.server.hands.later(seconds=6)
        await trial.platform.perform(Outgoing(Act.EDIT, trial.group, DONE, shown), Urgency.COUNTER)
        assert trial.changes() == 0


@each
async def test_what_was_said_is_taken_back_only_where_that_is_claimed(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        where = somewhere(trial)
        shown = await tell(trial, Card("写错了"), where)
        before = trial.removals()
        if row.channel != URL:
            try:
                await trial.platform.perform(Outgoing(Act.RETRACT, where, Card(""), shown), Urgency.ANSWER)
            except Rejected:
                assert row.takes_back is None
        assert trial.removals() - before == (1 if row.takes_back else 0)


@each
async def test_people_are_called_in_a_group_where_that_is_claimed(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        if trial.group is None:
            assert row.groups is Groups.NONE
            assert row.rings is Rings.NO
            return
        people = (Mention("5001", "张三"), Mention("5002", "李四"))
        got = await show(trial, Card("⚠️ 5号楼着火", mentions=people), trial.group)
        assert got.called == (["5001", "5002"] if row.rings is Rings.YES else [])
        assert trial.rung() == ([trial.group.chat] if row.rings is Rings.BY_WEBHOOK else [])
        if trial.one:
            await show(trial, Card("您好", mentions=people), trial.one)
            assert len(trial.rung()) == (row.rings is Rings.BY_WEBHOOK)


@each
async def test_nobody_is_called_by_a_message_that_calls_nobody(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        got = await show(trial, Card("<@all> @张三 快来"), trial.group or somewhere(trial))
        assert not got.called
        assert "<@" not in "".join(got.texts) or row.unit is Unit.UTF16


@each
@pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.VIDEO, FileKind.VOICE, FileKind.DOCUMENT])
async def test_what_the_house_has_made_is_shown_or_named(row: Abilities, kind: FileKind) -> None:
    async with trying(row.channel) as trial:
        made = Made(kind, "made:paper:7", "公示.png", b"PK" * 200)
        card = Card("📄 公示", (), (File(kind, made.ref, made.name),))
        got = await show(trial, card, trial.one or somewhere(trial), made)
        assert got.files == (1 if kind in row.files else 0)
        if kind not in row.files:
            assert made.name in "".join(got.texts)


@each
async def test_of_what_people_send_that_is_heard_which_is_claimed(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        for sent in row.sent:
            event = trial.sends(sent.value)
            assert event is not None, sent
            assert isinstance(event.content, Said)
            got = event.content
            if sent is Sent.TRANSCRIPT:
                assert got.text
                assert not got.files
            else:
                assert got.location if sent is Sent.PLACE else got.files


@each
async def test_words_reach_us_from_where_that_is_claimed(row: Abilities) -> None:
    async with trying(row.channel) as trial:
        assert row.private is (trial.one is not None)
        event = trial.sends("text")
        if event is None:
            assert (row.private, row.hears) == (False, Hears.NOTHING)
            assert not hasattr(trial.platform, "endpoint")
            return
        assert isinstance(event.content, Said)
        assert event.private is (row.hears is Hears.NOTHING)
        assert event.content.addressed is (row.hears is not Hears.ALL)


@each
async def test_whoever_has_not_spoken_is_spoken_to_where_that_is_claimed(row: Abilities) -> None:
    refusals = {Push.ONCE_SPOKEN: SendError, Push.LATELY_SPOKEN: Silent, Push.NOBODY: Rejected}
    async with trying(row.channel) as trial:
        stranger = trial.stranger()
        if row.push is Push.ANYBODY:
            await trial.unasked(Card("您的12号办好了"), stranger)
            assert trial.seen().texts
            return
        with pytest.raises(refusals[row.push]) as caught:
            await trial.unasked(Card("您的12号办好了"), stranger)
        assert isinstance(caught.value, Silent) is (row.push is Push.LATELY_SPOKEN)


def test_every_channel_stands_once_in_the_table_and_can_be_spoken_to_somewhere() -> None:
    assert [row.channel for row in TABLE] == list(ABILITIES)
    assert len(TABLE) == 6
    for row in TABLE:
        assert row.private or row.groups is not Groups.NONE
