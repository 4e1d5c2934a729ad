"""What every event is."""

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `unwritten` names fields that are for reactions only, not for the journal."""

    unwritten: ClassVar[frozenset[str]] = frozenset()

    @property
    def subject(self) -> str:
        """What it happened to, as "issue:12"."""
        first = fields(self)[0].name
        return f"{first.removesuffix('_id')}:{getattr(self, first)}"

    @property
    def detail(self) -> dict[str, int | str | None]:
        """The rest, as the journal keeps it."""
        rest = (field.name for field in fields(self)[1:] if field.name not in self.unwritten)
        return {name: getattr(self, name) for name in rest}
