"""The records of the house, as rows for people and for machines. No phone numbers, and nothing of a mediation."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.cli.front import Refused
from bot.cli.screen import Record, local, plain
from handlers.intake.masking import mask
from handlers.labels import issue_label, label
from handlers.texts import term, text
from storage import journal, members, units
from storage.database import Transaction
from storage.listings import cases_of, numbered
from storage.records import Case, Issue, IssueState, Meeting, Notice, Poll, Task, Topic, Unit

_SHOWN = 40
_WORDS = ("text", "title", "question", "place", "reason", "result", "note", "party", "name")
_PACKED = ("rule", "verdict")

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "issues": ("number", "state", "level", "category", "place", "text", "filed_at"),
        "topics": ("number", "state", "title", "raised_at"),
        "polls": ("number", "state", "outcome", "question", "closes_at"),
        "tasks": ("number", "state", "percent", "title", "party", "due_on"),
        "notices": ("number", "state", "title", "posted_at", "ends_at"),
        "meetings": ("number", "state", "name", "place", "starts_at"),
    }
)
CASES = ("topic", "state", "stage", "ended_as", "started_at", "due_at")
_Counted = Issue | Topic | Poll | Task | Notice | Meeting
_RECORDS: Mapping[str, type[_Counted]] = MappingProxyType(
    {
        "issues": Issue,
        "topics": Topic,
        "polls": Poll,
        "tasks": Task,
        "notices": Notice,
        "meetings": Meeting,
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown: the noun, one number or all, one unit or all, and how many at most."""

    noun: str
    number: int | None
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A record: its cells for a table, its row for a machine, and, when it was asked for by number, what befell it."""

    cells: tuple[object, ...]
    row: dict[str, object]
    more: tuple[str, ...]


async def gather(tx: Transaction, asked: Asked, zone: ZoneInfo) -> list[Fact]:
    """Read what was asked for. Refused for a community that is not there."""
    community = await _community(tx, asked.unit)
    if asked.noun == "cases":
        pairs = await cases_of(tx, community, asked.number, asked.count)
        return [await _fact_of_case(tx, case, topic, asked, zone) for case, topic in pairs]
    record = _RECORDS[asked.noun]
    found = await numbered(tx, record, community, asked.number, asked.count)
    return [await _fact(tx, one, asked, zone) for one in found]


async def _community(tx: Transaction, name: str) -> int | None:
    if not name:
        return None
    for unit in await units.named(tx, name):
        above: Unit | None = await units.community_of(tx, unit)
        if above:
            return above.id
    raise Refused(text("cli.unknown_unit", unit=name))


async def _fact(tx: Transaction, one: _Counted, asked: Asked, zone: ZoneInfo) -> Fact:
    row = _guarded(plain(one))
    singular = asked.noun.removesuffix("s")
    shown = {name: _cell(one, name, row, zone) for name in COLUMNS[asked.noun]}
    shown["number"] = issue_label(one) if isinstance(one, Issue) else label(singular, one)
    private = row.get("state") == IssueState.MEDIATE
    more = () if private else await _history(tx, f"{singular}:{row['id']}", asked, zone)
    return Fact(tuple(shown.values()), row, more)


async def _fact_of_case(tx: Transaction, case: Case, topic: int, asked: Asked, zone: ZoneInfo) -> Fact:
    row = _guarded(plain(case)) | {"topic_number": topic}
    cells = (
        text("labels.topic", number=topic),
        term("case_state", case.state),
        case.stage,
        case.ended_as,
        local(case.started_at, zone),
        local(case.due_at, zone),
    )
    return Fact(cells, row, await _history(tx, f"case:{case.id}", asked, zone))


_SECRET = frozenset({"receipt_key"})
"""Of a poll: whoever has it can tell whose receipt is whose."""


def _guarded(row: dict[str, object]) -> dict[str, object]:
    """The row without phone numbers; of a mediation only that there is one."""
    if row.get("state") == IssueState.MEDIATE:
        row = {name: value for name, value in row.items() if name not in _WORDS and name != "reporter_id"}
    row = {name: value for name, value in row.items() if name not in _SECRET}
    unpacked = {name: json.loads(str(row[name])) for name in _PACKED if row.get(name)}
    masked = {name: mask(str(row[name])) for name in _WORDS if row.get(name)}
    return {**row, **masked, **unpacked}


def _cell(one: Record, name: str, row: Mapping[str, object], zone: ZoneInfo) -> object:
    value = getattr(one, name)
    written = _WRITTEN.get(name)
    if written:
        return written(one, value)
    if name.endswith("_at"):
        return local(value, zone)
    said = str(row.get(name, "") if name in _WORDS else value if value is not None else "")
    return said if len(said) <= _SHOWN else said[:_SHOWN] + "…"


def _state(one: Record, value: object) -> str:
    return term(f"{type(one).__name__.lower()}_state", str(value))


def _outcome(_one: Record, value: object) -> str:
    return term("outcome", str(value)) if value else ""


_WRITTEN: Mapping[str, Callable[[Record, object], str]] = MappingProxyType(
    {
        "state": _state,
        "outcome": _outcome,
        "level": lambda _, value: term("level", str(value)),
        "category": lambda _, value: term("category", str(value)),
    }
)


async def _history(tx: Transaction, subject: str, asked: Asked, zone: ZoneInfo) -> tuple[str, ...]:
    """What the journal says of it, when it was asked for by number."""
    if asked.number is None:
        return ()
    lines = []
    for entry in await journal.of(tx, subject):
        actor = (await members.get(tx, entry.actor_id)).name if entry.actor_id else ""
        said = text("cli.history", at=local(entry.at, zone), event=entry.event, actor=actor)
        lines.append(f"{said} {mask(entry.detail) if entry.detail != '{}' else ''}".rstrip())
    return tuple(lines)
