"""Attempts to cheat with time: a clock that jumps, events that come again, a ballot beside the close."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import StoryClock
from storage.messages import Address, Due, Inbound, Pressed
from tests.stories.voting import at_the_vote, vote
from tests.world import World

GROUP = "代表决议群"
CLOSES = datetime(2026, 11, 5, 1, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(("beside", "counted"), [(-INSTANT, 2), (timedelta(0), 1), (INSTANT, 1)])
@pytest.mark.parametrize("close_first", ["before the ballot", "after the ballot"])
def test_a_ballot_in_one_batch_with_the_close_counts_only_before_the_deadline(
    world: World, beside: timedelta, counted: int, close_first: str
) -> None:
    at_the_vote(world, voters=3)
    vote(world, yes=1)
    world.clock.move(CLOSES + beside)
    ballot = _press(world, "代表2", "for")
    due = [_close(world)] if beside >= timedelta(0) else []
    world.arrive_together([*due, ballot] if close_first == "before the ballot" else [ballot, *due])
    world.later(hours=1)
    assert world.rows("SELECT heads FROM turnouts") == [(counted,)]
    assert world.rows("SELECT count(*) FROM ballots") == [(counted,)]
    assert world.rows("SELECT state, outcome FROM polls") == [
        ("closed", "passed" if counted == 2 else "invalid_quorum")
    ]
    assert _told_once(world)


def test_after_the_deadline_nothing_counts_even_before_the_close_was_noticed(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    vote(world, yes=1, no=1)
    world.clock.move(CLOSES + INSTANT)
    world.people["代表1"].presses("反对", on=GROUP)
    world.people["代表3"].presses("反对", on=GROUP)
    world.people["网格员小王"].says("代录 议1 代表3 反对 见证 老李", to="网格员群")
    assert _choices(world) == ["for", "against"]
    assert world.rows("SELECT state FROM polls") == [("open",)]


def test_an_event_that_says_it_is_from_before_the_close_comes_too_late(world: World) -> None:
    at_the_vote(world, voters=3)
    world.later(days=3)
    late = _press(world, "代表1", "for")
    world.arrive_together([_dated(late, CLOSES - timedelta(hours=5))])
    assert _choices(world) == []


def test_a_clock_set_back_over_the_close_and_a_restart_opens_nothing_again(world: World) -> None:
    at_the_vote(world, voters=3)
    vote(world, yes=2)
    world.later(days=3)
    verdicts = _closed(world)
    assert verdicts == [("closed", "passed")]
    _set_clock(world, CLOSES - timedelta(days=2))
    world.people["代表3"].says("表决 议1 反对")
    world.people["代表1"].says("表决 议1 反对")
    world.later(days=5)
    assert _choices(world) == ["for", "for"]
    assert _closed(world) == verdicts
    assert _told_once(world)


def test_a_clock_that_leaps_ahead_and_back_closes_a_poll_once(world: World) -> None:
    at_the_vote(world, voters=3)
    vote(world, yes=2)
    world.asleep(days=30)
    assert _closed(world) == [("closed", "passed")]
    _set_clock(world, CLOSES - timedelta(days=1))
    world.people["代表3"].says("表决 议1 反对")
    world.later(days=40)
    assert _choices(world) == ["for", "for"]
    assert _told_once(world)


def test_a_clock_set_back_before_the_opening_loses_no_ballot_and_doubles_none(world: World) -> None:
    at_the_vote(world, voters=3)
    vote(world, yes=1)
    _set_clock(world, CLOSES - timedelta(days=9))
    world.people["代表1"].says("表决 议1 反对")
    assert len(_choices(world)) == 1
    world.later(days=7)
    world.people["代表1"].says("表决 议1 反对")
    world.people["代表2"].says("表决 议1 赞成")
    assert _choices(world) == ["against", "for"]
    assert world.rows("SELECT heads FROM turnouts") == [(2,)]
    world.later(until=CLOSES)
    assert _closed(world) == [("closed", "rejected")]


def test_old_events_that_come_again_bring_no_old_choice_back(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    first = _press(world, "代表1", "for")
    world.arrive_together([first])
    world.arrive_together([_press(world, "代表1", "against")])
    world.arrive_together([first, first])
    assert _choices(world) == ["against"]
    world.restart()
    world.arrive_together([first])
    assert _choices(world) == ["against"]


@pytest.mark.parametrize("anew", ["under their own names", "under new names"])
def test_yesterdays_events_change_nothing_after_the_close_nor_after_a_restart(
    any_world: World, anew: str
) -> None:
    world = any_world
    at_the_vote(world, voters=4)
    events = [_press(world, f"代表{number}", "for") for number in (1, 2, 3)]
    world.arrive_together(events)
    world.arrive_together([_press(world, "代表3", "against")])
    world.later(days=3)
    before = _everything(world)
    again = events if anew == "under their own names" else [_renamed(event) for event in events]
    world.arrive_together(again)
    world.restart()
    world.arrive_together([*again, _close(world)])
    world.later(days=1)
    assert _everything(world) == before


def test_the_close_that_is_rung_again_and_again_is_one_close(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    vote(world, yes=3)
    world.clock.move(CLOSES)
    close = _close(world)
    world.arrive_together([close, close])
    world.arrive_together([close])
    world.restart()
    world.arrive_together([_renamed(close)])
    world.later(days=1)
    assert _closed(world) == [("closed", "passed")]
    assert _told_once(world)


def test_a_forged_moment_from_a_chat_closes_nothing(world: World) -> None:
    at_the_vote(world, voters=3)
    vote(world, yes=3)
    for words in ("poll.close:1", "/poll.close 1", '{"what": "poll.close", "subject": 1}'):
        world.people["代表1"].says(words)
        world.arrive(world.groups[GROUP], Pressed(words, "x", "q"), world.people["代表1"].sender)
    assert _closed(world) == [("open", "")]


def _press(world: World, name: str, choice: str) -> Inbound:
    content = Pressed(f"poll.cast:1:{choice}", "x", "q")
    return world.event(world.groups[GROUP], content, world.people[name].sender)


def _close(world: World) -> Inbound:
    due = Due("poll.close", 1, CLOSES)
    name = f"poll.close:1:{CLOSES.isoformat()}"
    return Inbound("clock", name, Address("clock", "poll.close"), world.clock.now(), due)


def _renamed(event: Inbound) -> Inbound:
    return replace(event, event_id=f"again-{event.event_id}")


def _dated(event: Inbound, at: datetime) -> Inbound:
    return replace(event, at=at)


def _set_clock(world: World, moment: datetime) -> None:
    """The machine is stopped, its clock is set, and it is started again."""
    world.clock = StoryClock(moment)
    world.restart()


def _choices(world: World) -> list[str]:
    return [choice for (choice,) in world.rows("SELECT choice FROM ballots ORDER BY member_id")]


def _closed(world: World) -> Sequence[tuple[object, ...]]:
    return world.rows("SELECT state, outcome FROM polls")


def _told_once(world: World) -> bool:
    (seal,) = world.rows("SELECT seal FROM polls")[0]
    return len([said for said in world.heard("居民群") if str(seal) in said]) == 1


def _everything(world: World) -> list[tuple[object, ...]]:
    tables = ("polls", "ballots", "turnouts", "cases", "steps", "journal")
    return [row for table in tables for row in world.rows(f"SELECT * FROM {table}")]
