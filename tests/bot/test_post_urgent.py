"""What need not wait: danger to people before all else, and answers to presses beside what is said in the chat."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.base import Crowded, TryLater
from storage.messages import Act, Card, Urgency
from storage.outbox import Letter
from tests.bot.machine import HOME, Machine, machine, say
from tests.storage.files import run

PAUSE = timedelta(seconds=20)
DANGER = say("leave the lift", urgency=Urgency.NOW)
PRESS = Letter(Act.ANSWER, HOME, Card("noted"), Urgency.ANSWER, "q1")


def story(path: Path, fault: TryLater, *later: Letter) -> tuple[list[str], list[str]]:
    """Three notices, the first of which is told to come later, then more: what is told at once, and all in the end."""

    async def told() -> tuple[list[str], list[str]]:
        async with machine(path) as made:
            made.console.faults = [fault]
            await made.letters(*(say(f"notice {number}", urgency=Urgency.NOTICE) for number in range(3)))
            await made.post.drain()
            await made.letters(*later)
            await made.post.drain()
            at_once = made.told()
            await made.later(seconds=PAUSE.total_seconds() + 1)
            return at_once, made.told()

    return run(told())


def test_danger_does_not_wait_where_our_own_count_holds_up_ordinary_letters(tmp_path: Path) -> None:
    at_once, all_told = story(tmp_path / "h.db", Crowded(PAUSE), say("answer"), DANGER)
    assert at_once == ["leave the lift", "answer"]
    assert all_told == ["leave the lift", "answer", "notice 0", "notice 1", "notice 2"]


def test_a_pause_the_platform_asks_for_is_kept_even_by_danger_which_is_told_first_after_it(
    tmp_path: Path,
) -> None:
    at_once, all_told = story(tmp_path / "h.db", TryLater(PAUSE), say("answer"), DANGER)
    assert at_once == []
    assert all_told == ["leave the lift", "answer", "notice 0", "notice 1", "notice 2"]


@pytest.mark.parametrize("fault", [TryLater(PAUSE), Crowded(PAUSE)])
def test_a_press_is_answered_while_what_is_said_in_the_chat_has_to_pause(
    tmp_path: Path, fault: TryLater
) -> None:
    at_once, all_told = story(tmp_path / "h.db", fault, PRESS)
    assert at_once == ["noted"]
    assert len(all_told) == 4


def test_answers_pause_when_one_of_them_was_told_to_and_only_then(tmp_path: Path) -> None:
    async def told() -> tuple[list[str], list[str]]:
        async with machine(tmp_path / "h.db") as made:
            made.console.faults = [TryLater(PAUSE)]
            await made.letters(PRESS)
            await made.post.drain()
            await made.letters(Letter(Act.ANSWER, HOME, Card("too"), Urgency.ANSWER, "q2"), say("said"))
            await made.post.drain()
            at_once = made.told()
            await made.later(seconds=PAUSE.total_seconds() + 1)
            return at_once, made.told()

    at_once, all_told = run(told())
    assert at_once == ["said"]
    assert sorted(all_told) == ["noted", "said", "too"]


def test_an_answer_without_room_keeps_no_other_answer_waiting(tmp_path: Path) -> None:
    async def told() -> Machine:
        async with machine(tmp_path / "h.db") as made:
            made.console.faults = [Crowded(PAUSE)]
            await made.letters(PRESS)
            await made.post.drain()
            await made.letters(Letter(Act.ANSWER, HOME, Card("too"), Urgency.ANSWER, "q2"))
            await made.post.drain()
            return made

    assert run(told()).told() == ["too"]
