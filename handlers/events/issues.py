"""What happens to issues."""

from dataclasses import dataclass

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class IssueReported(Event):
    """A resident's matter was written down; `state` is reported or candidate."""

    issue_id: int
    state: str


@dataclass(frozen=True, slots=True)
class IssueChanged(Event):
    """Text, category, level or place was changed; `what` names which, `old` keeps the words replaced."""

    issue_id: int
    what: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class IssueMoved(Event):
    """An issue went to another state; `note` is what was said with it (reason, party, number)."""

    issue_id: int
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class IssueMerged(Event):
    """An issue became part of another; it keeps its reporter, group and number."""

    issue_id: int
    into: int


@dataclass(frozen=True, slots=True)
class OfferDeclined(Event):
    """An issue was taken on by itself though its card had offered it as part of `other`."""

    issue_id: int
    other: int


@dataclass(frozen=True, slots=True)
class IssueClosed(Event):
    """An answer went to everybody; `result` is the closing word."""

    issue_id: int
    result: str


@dataclass(frozen=True, slots=True)
class AlertAcknowledged(Event):
    """Somebody on duty has taken an alarm."""

    issue_id: int
