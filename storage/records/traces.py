"""What the machine keeps of its own work: journal, inbox, outbox, posted cards."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal 台账; `detail` is JSON without private data."""

    id: int
    at: datetime
    actor_id: int | None
    event: str
    subject: str
    detail: str


class InboxState(StrEnum):
    """Done, or set aside for the operator."""

    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Received:
    """An admitted event; its body is kept only while it is parked."""

    platform: str
    event_id: str
    at: datetime
    state: InboxState
    body: str
    error: str


class OutboxState(StrEnum):
    """Waiting, being told, told, given up, dropped by the operator, or perhaps told (nobody knows)."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class PostedCard:
    """A card we said: its subject ("issue:12"), where it stands, and the presses behind its numbers."""

    id: int
    platform: str
    chat: str
    thread: str
    subject: str
    message_id: str
    presses: str
    at: datetime
