"""What is decided about notices without looking anything up."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from handlers.refusals import Refusal
from handlers.words import narrow
from storage.records import NoticeState, Objection

# 村民委员会组织法 35, 居民委员会组织法 34.
STATUTORY_DAYS: Final = 15
ANSWER_DAYS: Final = 5
LONGEST_DAYS: Final = 365
WARNING: Final = timedelta(days=1)
AGAIN: Final = timedelta(days=3)
OVER: Final = frozenset({NoticeState.CLOSED, NoticeState.WITHDRAWN})
_DAYS: Final = re.compile(r"(\d{1,4})\s*[天日]")
_DISMISSED: Final = ("不成立",)
_UPHELD: Final = ("成立",)
_TOPIC: Final = re.compile(r"\s*(?:[〔\[(（]20\d\d[〕\])）]\s*)?议")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to an objection: `outcome` is upheld or dismissed."""

    outcome: str
    text: str


def read_answer(written: str) -> Answer:
    """Read 成立 … or 不成立 …. Refusal when the word or the reasons are missing."""
    said = written.strip()
    for outcome, words in (("dismissed", _DISMISSED), ("upheld", _UPHELD)):
        for word in words:
            reasons = said.removeprefix(word).strip(" ，,。:：")
            if said.startswith(word) and reasons:
                return Answer(outcome, reasons)
    raise Refusal("notices.answer_usage")


def read_days(written: str) -> int | None:
    """Read 20天; None when nothing is said. Refusal for anything else."""
    said = narrow(written).strip()
    if not said:
        return None
    match = _DAYS.fullmatch(said)
    if match is None or not 1 <= int(match[1]) <= LONGEST_DAYS:
        raise Refusal("notices.usage")
    return int(match[1])


def names_topic(written: str) -> bool:
    """Whether a number is that of a topic (议7) rather than of a notice."""
    return _TOPIC.match(written) is not None


def first_reminder(due_at: datetime) -> datetime:
    """When the office is first reminded of an objection."""
    return due_at - WARNING


def next_reminder(objection: Objection, now: datetime) -> datetime:
    """When the office is reminded again of one that waits: at its last moment, then every three days."""
    return objection.due_at if now < objection.due_at else now + AGAIN


def clears(state: NoticeState, open_objections: int) -> bool:
    """Whether the matter may go on: the days are over and every objection is answered."""
    return state is NoticeState.CLOSED and open_objections == 0
