"""A version of minutes as it is kept: what a person wrote, what was promised, and both papers word for word."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter, ValidationError

from handlers.papers.model import Paper


class Mode(StrEnum):
    """SET stands instead of what was there, ADD besides it."""

    SET = "set"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a person in one field; `item` is the item's position, 0 for the meeting as a whole."""

    item: int
    field: str
    mode: Mode
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as these minutes have it."""

    task_id: int
    owner_id: int | None
    owner: str
    said: str


@dataclass(frozen=True, slots=True)
class KeptMinutes:
    """`public` is None where nothing of the meeting may be published; `gaps` are required fields still empty."""

    changes: tuple[Change, ...]
    promises: tuple[Promised, ...]
    gaps: str
    full: Paper
    public: Paper | None


@cache
def _adapter() -> TypeAdapter[KeptMinutes]:
    return TypeAdapter(KeptMinutes)


def dump_minutes(kept: KeptMinutes) -> str:
    """Return JSON in UTF-8; equal versions give equal text."""
    return _adapter().dump_json(kept).decode()


def parse_minutes(body: str) -> KeptMinutes:
    """Read what `dump_minutes` wrote. Raises ValueError for anything else."""
    try:
        return _adapter().validate_json(body, strict=True)
    except ValidationError as error:
        raise ValueError(f"not minutes: {error.error_count()} faults") from error
