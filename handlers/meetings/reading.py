"""What a secretary types: a move, the outcome of an item. Pure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from handlers.dates import names_day, read_day, read_when
from handlers.events import Promise
from handlers.intake.masking import mask
from handlers.labels import read_mention
from handlers.meetings.particulars import take_particulars
from handlers.moments import day as day_text
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow

NAME_LIMIT = 30
PLACE_LIMIT = 60
NOTE_LIMIT = 1000
ANYWAY = "仍要"
_URGENT = re.compile(r"紧急理由[\s:：]*(.*)\Z", re.DOTALL)
_PLACE = re.compile(r"(?:地点|地址)[\s:：]*")
_OURS = re.compile(r"\s*(?:会议?\s*\d|[〔\[(（]?\d)")
_COUNTS = {
    "present": re.compile(r"(?:到会|实到|出席)\s*[:：]?\s*(\d{1,6})\s*[人名]?"),
    "yes": re.compile(r"(?:赞成|同意)\s*[:：]?\s*(\d{1,6})\s*[人名票]?"),
    "no": re.compile(r"(?:反对|不同意)\s*[:：]?\s*(\d{1,6})\s*[人名票]?"),
    "abstain": re.compile(r"弃权\s*[:：]?\s*(\d{1,6})\s*[人名票]?"),
}
_CONDITION = re.compile(r"(?:附?条件)\s*[:：]\s*")
_OWNER = re.compile(r"[,，\s]*(?:责任人|负责人|由谁办)\s*[:：]?\s*([^\s,，;；。]+)")
_BREAK = re.compile(r"[;；\n]+")
EDGES = " \t\n,，;；。、:："


class Outcome(StrEnum):
    """What a meeting makes of an item, in a procedure's words."""

    PASSED = "passed"
    CONDITIONAL = "conditional"
    SEND_BACK = "send_back"
    REJECTED = "rejected"
    INVALID_QUORUM = "invalid_quorum"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting's new time and place, None for what stays; `anyway` is "yes" when a taken room is wanted all the same."""

    at: datetime | None
    place: str | None
    short_notice: str
    anyway: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Heads as they were called out; None for a number nobody gave."""

    present: int | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an item. `note` is fit for a group: it names nobody who has to do something."""

    word: Outcome | None
    counts: Counts
    note: str
    promises: tuple[Promise, ...]


def read_move(rest: str, now: datetime, zone: ZoneInfo) -> Move:
    """Read 11月29日19:00 [地点]; only 地点 三楼 leaves the time. Refusal with an example."""
    body, urgent = split_urgent(rest)
    particulars, body = take_particulars(body)
    if not names_day(body) and _PLACE.match(body):
        at, place = None, read_place(body)
    else:
        when = read_when(body, now, zone)
        at, place = when.at, read_place(f"{when.before} {when.after}")
    if len(place) > PLACE_LIMIT:
        raise Refusal("meetings.too_long", name=NAME_LIMIT, place=PLACE_LIMIT)
    return Move(at, place or None, urgent, particulars.anyway)


def names_meeting(rest: str) -> bool:
    """Whether it begins with the number of a meeting: 会2, 会议 2, 2."""
    return bool(_OURS.match(narrow(rest)))


def read_number(rest: str, usage: str) -> tuple[int, str]:
    """The meeting's number at the beginning, and what follows. Refusal with the sentence `usage`."""
    if not names_meeting(rest):
        raise Refusal(usage)
    mention = read_mention(rest, usage)
    return mention.number, mention.rest


def read_topic(rest: str) -> tuple[int | None, str]:
    """The topic's number, when the text begins with 议7, and what follows."""
    match = re.match(r"\s*议题?\s*(\d{1,6})\s*号?", narrow(rest))
    return (int(match[1]), rest[match.end() :]) if match else (None, rest)


def read_result(rest: str, now: datetime, zone: ZoneInfo) -> Result:
    """Read 通过 到会34 赞成21 反对9 弃权4 说明. Refusal for a promise whose day cannot be."""
    counts, left = _take_counts(rest)
    word, left = _take_word(left.strip(EDGES))
    left = left.strip(EDGES)
    if len(left) > NOTE_LIMIT:
        raise Refusal("meetings.note_too_long", limit=NOTE_LIMIT)
    if word in (Outcome.CONDITIONAL, Outcome.SEND_BACK) or _OWNER.search(left):
        remark, promises = _promises(left, now, zone)
        lines = [remark, *(promise_line(promise) for promise in promises)]
        return Result(word, counts, "\n".join(line for line in lines if line), promises)
    return Result(word, counts, left, ())


def promise_line(promise: Promise) -> str:
    """What is to be done and by when, without saying by whom."""
    if promise.due_on is None:
        return text("meetings.promise", title=promise.title)
    return text("meetings.promise_by", title=promise.title, day=day_text(promise.due_on))


def split_urgent(rest: str) -> tuple[str, str]:
    """The text, and the reason for short notice that stands at its end. Refusal for a reason without words."""
    match = _URGENT.search(rest)
    if match is None:
        return rest.strip(), ""
    reason = match[1].strip(EDGES)
    if not reason:
        raise Refusal("meetings.urgent_without_reason")
    body = rest[: match.start()].strip()
    if reason.endswith(ANYWAY):
        reason, body = reason.removesuffix(ANYWAY).strip(EDGES), f"{body} {ANYWAY}"
    return body, mask(reason[:NOTE_LIMIT])


def read_place(written: str) -> str:
    """A place without the word for it."""
    return _PLACE.sub("", " ".join(written.split()), count=1).strip(EDGES)


def _take_counts(rest: str) -> tuple[Counts, str]:
    plain, found = narrow(rest), dict[str, int]()
    for name in ("present", "no", "yes", "abstain"):
        if match := _COUNTS[name].search(plain):
            found[name] = int(match[1])
            gap = " " * (match.end() - match.start())
            plain = plain[: match.start()] + gap + plain[match.end() :]
            rest = rest[: match.start()] + gap + rest[match.end() :]
    return Counts(**found), re.sub(r"[ \t]+", " ", rest)


@cache
def _outcome_words() -> tuple[tuple[str, Outcome], ...]:
    table: Mapping[str, list[str]] = tomllib.loads(
        files(__package__).joinpath("outcomes.toml").read_text("utf-8")
    )
    words = [(word, Outcome(outcome)) for outcome, said in table.items() for word in said]
    return tuple(sorted(words, key=lambda entry: -len(entry[0])))


def _take_word(left: str) -> tuple[Outcome | None, str]:
    for word, outcome in _outcome_words():
        if left.startswith(word):
            return outcome, left[len(word) :]
    return None, left


def _promises(left: str, now: datetime, zone: ZoneInfo) -> tuple[str, tuple[Promise, ...]]:
    """What was said before the first 条件：, and each thing to be done."""
    head, *conditions = _CONDITION.split(left)
    listed = conditions or [head]
    made = [
        promise for part in listed for piece in _BREAK.split(part) if (promise := _promise(piece, now, zone))
    ]
    return (head.strip(EDGES) if conditions else ""), tuple(made)


def _promise(piece: str, now: datetime, zone: ZoneInfo) -> Promise | None:
    owner = _OWNER.search(piece)
    title = _OWNER.sub("", piece, count=1).strip(EDGES)
    if not title:
        return None
    if not names_day(title):
        return Promise(title, owner[1] if owner else "", None)
    due = read_day(title, now, zone)
    rest = f"{due.before} {due.after.removeprefix('前').removeprefix('以前')}".strip(EDGES)
    return Promise(rest or title, owner[1] if owner else "", due.day)
