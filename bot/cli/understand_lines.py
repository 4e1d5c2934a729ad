"""Messages in, one JSON object a line out, in the same order."""

from typing import BinaryIO, TypedDict

from bot.chatfile import ChatFault, ChatLine, read_lines
from bot.cli.front import complain
from bot.cli.screen import show_json
from bot.config import Config
from handlers.intake.aliases import NONE, Aliases
from handlers.intake.following import Followed, Follower, Heard
from handlers.texts import term, text
from storage.records import Category

_MOST_FAULTS = 20


class Row(TypedDict):
    """What is told of one message. `line` counts messages from 0; `place` is "" and `unit` null where none is named."""

    line: int
    kind: str
    category: str
    place: str
    unit: str | None
    urgency: str
    also: list[str]
    duplicate_of: int | None
    resolves: int | None
    confidence: float
    why: str


def tell(lines: BinaryIO, config: Config, aliases: Aliases = NONE) -> int:
    """Print a row for every message and one with `error` for every line that is none; returns how many those were.

    Lines that are blank are passed over and not counted.
    """
    follower, faults, number = Follower(aliases), 0, -1
    for number, found in enumerate(read_lines(lines, config.community.timezone)):
        if isinstance(found, ChatFault):
            faults += 1
            _complain(found, faults)
            show_json({"line": number, "error": found.sentence})
        else:
            show_json(row(number, follower.hear(_heard(number, found))))
    if number < 0:
        complain(text("understand.nothing"))
    if faults > _MOST_FAULTS:
        complain(text("understand.bad_lines", count=faults))
    return faults


def _complain(fault: ChatFault, count: int) -> None:
    if count <= _MOST_FAULTS:
        complain(fault.sentence)


def _heard(number: int, line: ChatLine) -> Heard:
    return Heard(number, line.text, line.sender, line.at, line.group)


def row(number: int, followed: Followed) -> Row:
    """What was understood, in the words people use for it."""
    also = [followed.also.category] if followed.also else []
    return Row(
        line=number,
        kind=followed.kind.value,
        category=term("category", followed.category),
        place=followed.place.name,
        unit="/".join(followed.place.path) or None,
        urgency=followed.understood.urgency.level.upper(),
        also=[term("category", one) for one in also if one is not Category.NONE],
        duplicate_of=followed.duplicate_of,
        resolves=followed.resolves,
        confidence=followed.understood.confidence,
        why=followed.why,
    )
