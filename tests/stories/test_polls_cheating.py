"""Attempts to cheat in a poll, by the doors that everybody has: buttons, words, accounts, the roll."""

from pathlib import Path

import pytest

from storage.messages import Pressed
from tests.people import Person
from tests.stories.voting import at_the_vote, change, push, town, vote
from tests.world import Manner, World

GROUP = "代表决议群"
FORGED_NUMBERS = (
    "2",
    "0",
    "-1",
    "+1",
    " 1",
    "1 ",
    "1.0",
    "1e0",
    "²",
    "①",
    "一",
    "٣",
    "9" * 20,
    "9" * 5000,
    str(2**63),
)
FORGED_CHOICES = (
    "FOR",
    "yes",
    "赞成",
    "",
    "for ",
    "1",
    "-1",
    "for;against",
    '{"picks": {}}',
    "{}",
    "null",
    "\x00",
)


@pytest.mark.parametrize("press", [f"poll.cast:{number}:for" for number in FORGED_NUMBERS])
def test_a_button_that_names_no_poll_there_is_takes_no_ballot_and_breaks_nothing(
    world: World, press: str
) -> None:
    at_the_vote(world, voters=3)
    before = len(world.people["代表1"].told())
    _pressed(world, world.people["代表1"], press)
    assert _ballots(world) == []
    assert world.parked() == []
    assert len(world.people["代表1"].told()) == before + 1


@pytest.mark.parametrize("choice", FORGED_CHOICES)
def test_a_button_with_a_choice_that_was_not_offered_takes_no_ballot_and_breaks_nothing(
    world: World, choice: str
) -> None:
    at_the_vote(world, voters=3)
    _pressed(world, world.people["代表1"], f"poll.cast:1:{choice}")
    assert _ballots(world) == []
    assert world.parked() == []


def test_the_button_of_another_poll_casts_nothing_for_who_is_not_in_that_one(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=4)
    change(world, "DELETE FROM electors WHERE member_id = (SELECT id FROM members WHERE name = '代表1')")
    world.people["代表1"].presses("赞成", on=GROUP)
    world.people["代表2"].presses("赞成", on=GROUP)
    assert _voters(world) == ["代表2"]


def test_a_stranger_gains_nothing_from_a_card_that_was_passed_on_to_them(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    button = world.story.button(world.groups[GROUP], "赞成")
    stranger, neighbour = world.stranger("路人"), world.member("邻居", "居民")
    for somebody in (stranger, neighbour):
        for where in (somebody.private, world.groups["居民群"], world.groups[GROUP]):
            world.arrive(where, Pressed(button.press, button.message_id, f"q{where}"), somebody.sender)
        somebody.says("表决 议1 赞成")
        somebody.says("1", to=GROUP)
    stranger.replies("1", "🗳", on=GROUP)
    assert _ballots(world) == []
    assert world.rows("SELECT * FROM turnouts") == []


def test_an_account_that_takes_a_voters_name_is_still_nobody(world: World) -> None:
    at_the_vote(world, voters=3)
    double = Person(world, "代表1", "another-account")
    double.presses("赞成", on=GROUP)
    double.says("表决 议1 赞成")
    assert _ballots(world) == []


def test_the_roll_of_a_poll_is_that_of_its_opening_whatever_is_done_to_the_roles_later(
    any_world: World,
) -> None:
    world = any_world
    at_the_vote(world, voters=4)
    change(
        world, "DELETE FROM holdings WHERE member_id = (SELECT id FROM members WHERE name = '代表1')"
    )  # struck off
    late = [world.member(f"突击{number}", "居民代表") for number in range(5)]
    vote(world, yes=1, no=2)
    for one in late:
        one.presses("赞成", on=GROUP)
    assert _voters(world) == ["代表1", "代表2", "代表3"]
    world.later(days=3)
    assert world.rows("SELECT roll, outcome FROM polls") == [(4, "rejected")]


@pytest.mark.parametrize("manner", list(Manner))
def test_one_person_on_two_platforms_changes_their_ballot_and_has_no_second(
    tmp_path: Path, manner: Manner
) -> None:
    world = World(tmp_path, manner, platforms=("console", "wecom"))
    at_the_vote(world, voters=3)
    other = _other_account(world, "代表1")
    world.people["代表1"].presses("赞成", on=GROUP)
    other.says("表决 议1 反对")
    assert [choice for _, choice in _ballots(world)] == ["against"]
    world.people["代表1"].presses("弃权", on=GROUP)
    assert [choice for _, choice in _ballots(world)] == ["abstain"]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]
    world.close()


@pytest.mark.parametrize("manner", list(Manner))
def test_an_owner_casts_once_and_the_second_account_is_refused(tmp_path: Path, manner: Manner) -> None:
    world = World(tmp_path, manner, platforms=("console", "wecom"))
    at_the_vote(world, voters=3)
    change(world, "UPDATE polls SET body = 'owners'")
    other = _other_account(world, "代表1")
    world.people["代表1"].presses("赞成", on=GROUP)
    other.says("表决 议1 反对")
    other.says("表决 议1 赞成")
    world.people["代表1"].presses("反对", on=GROUP)
    assert [choice for _, choice in _ballots(world)] == ["for"]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]
    world.close()


@pytest.mark.parametrize("manner", list(Manner))
def test_both_accounts_of_one_person_in_one_moment_are_one_ballot(tmp_path: Path, manner: Manner) -> None:
    world = World(tmp_path, manner, platforms=("console", "wecom"))
    at_the_vote(world, voters=3)
    one, other = world.people["代表1"], _other_account(world, "代表1")
    world.arrive_together(
        [
            world.event(
                person.private, Pressed(f"poll.cast:1:{choice}", "x", "q"), person.sender, private=True
            )
            for person, choice in ((one, "for"), (other, "against"), (one, "for"), (other, "abstain"))
        ]
    )
    assert [choice for _, choice in _ballots(world)] == ["abstain"]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]
    world.close()


OFFICE_WORDS = (
    "截止表决 议1",
    "延长表决 议1 2天 我要再想想",
    "取消表决 议1 我不同意",
    "代录 议1 代表1 赞成 见证 老李",
    "发起表决 议1 3天 依据 规则第5条",
    "计票 议1 应到4 到会4 赞成4 反对0 弃权0",
    "还差 议1",
)


@pytest.mark.parametrize("words", OFFICE_WORDS)
def test_a_resident_or_a_voter_who_speaks_as_the_office_changes_nothing(world: World, words: str) -> None:
    at_the_vote(world, voters=4)
    vote(world, yes=2)
    somebody = world.member("邻居", "居民")
    before = _facts(world)
    for person in (somebody, world.people["代表3"], world.stranger("路人")):
        for where in ("", "居民群", GROUP, "两委群"):
            person.says(words, to=where)
            person.says(f"/{words}", to=where)
    assert _facts(world) == before
    assert world.parked() == []


def test_a_resident_who_presses_the_offices_buttons_moves_no_case(any_world: World) -> None:
    world = any_world
    town(world)
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    for outcome in ("accept", "done", "escalate"):
        push(world, outcome)
    before = world.rows("SELECT stage, state FROM cases")
    offered = [button for card in world.cards("两委群") for button in card.buttons]
    assert offered
    for button in offered:
        for who in (world.people["邻居0"].sender, world.stranger("路人").sender):
            world.arrive(world.groups["两委群"], Pressed(button.press, "x", f"q{who.account}"), who)
    assert world.rows("SELECT stage, state FROM cases") == before
    bring = world.people["文书小周"]
    bring.presses("按原定办法", on="两委群")
    assert world.rows("SELECT stage, state FROM cases") != before


def test_paper_and_chat_together_are_one_ballot_in_whatever_order(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=4)
    grid = world.people["网格员小王"]
    grid.says("代录 议1 代表1 赞成 见证 老李", to="网格员群")
    world.people["代表1"].presses("反对", on=GROUP)
    world.people["代表1"].says("表决 议1 反对")
    world.people["代表2"].presses("反对", on=GROUP)
    grid.says("代录 议1 代表2 赞成 见证 老李", to="网格员群")
    event = world.event(
        world.groups[GROUP], Pressed("poll.cast:1:against", "x", "q"), world.people["代表3"].sender
    )
    world.arrive_together([event])
    grid.says("代录 议1 代表3 赞成 见证 老李", to="网格员群")
    assert [choice for _, choice in _ballots(world)] == ["for", "against", "against"]
    assert world.rows("SELECT heads FROM turnouts") == [(3,)]


def test_a_recorder_writes_down_no_ballot_of_their_own(world: World) -> None:
    at_the_vote(world, voters=3)
    change(world, "INSERT INTO holdings SELECT id, 'grid_worker', unit_id FROM members WHERE name = '代表1'")
    world.people["代表1"].says("代录 议1 代表1 赞成 见证 老李", to="网格员群")
    assert _ballots(world) == []


def test_a_receipt_is_said_to_its_voter_and_never_in_a_group_before_the_close(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=6)
    vote(world, yes=2, no=1)
    world.people["代表4"].says("表决 议1 反对")
    world.people["代表5"].says("3", to=GROUP)
    world.people["代表6"].says("表决 议1 赞成", to=GROUP)
    receipts = {_receipt(line) for line in _told_alone(world) if "投票码" in line}
    assert len(receipts) >= 4
    groups = "".join("".join(world.heard(group)) for group in world.groups)
    assert "投票码" not in groups
    assert not any(receipt in groups for receipt in receipts)


def _pressed(world: World, person: Person, press: str) -> None:
    world.arrive(world.groups[GROUP], Pressed(press, "x", "q1"), person.sender)


def _ballots(world: World) -> list[tuple[int, str]]:
    return [
        (row[0], row[1]) for row in world.rows("SELECT member_id, choice FROM ballots ORDER BY member_id")
    ]


def _voters(world: World) -> list[str]:
    query = "SELECT name FROM ballots JOIN members ON members.id = member_id ORDER BY members.id"
    return [name for (name,) in world.rows(query)]


def _facts(world: World) -> list[tuple[object, ...]]:
    return [
        *world.rows("SELECT * FROM polls"),
        *world.rows("SELECT * FROM ballots"),
        *world.rows("SELECT * FROM turnouts"),
        *world.rows("SELECT stage, state FROM cases"),
    ]


def _other_account(world: World, name: str) -> Person:
    """The same person again on another platform, bound by their own code as anybody would."""
    known = world.people[name]
    other = Person(world, name, f"w-{known.account}", known.id, "wecom")
    other.says(f"绑定码 CODE{known.account.upper()}")
    assert world.rows("SELECT count(*) FROM identities WHERE member_id = ?", known.id) == [(2,)]
    return other


def _told_alone(world: World) -> list[str]:
    private = [line for person in world.people.values() for line in person.heard()]
    return [*private, *world.people["代表1"].told()]


def _receipt(line: str) -> str:
    return line.partition("投票码")[2].strip()[:7]
