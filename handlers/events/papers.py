"""What happens to papers."""

from dataclasses import dataclass

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class PaperFiled(Event):
    """A paper was made and kept under its number; `reason` says why it replaces the version before, "" for a first."""

    paper_id: int
    kind: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class PaperPublished(Event):
    """Somebody who had seen what would be public let it be."""

    paper_id: int


@dataclass(frozen=True, slots=True)
class PaperWithdrawn(Event):
    """A paper no longer holds."""

    paper_id: int
    reason: str
