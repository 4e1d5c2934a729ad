"""What happens to the minutes of a meeting."""

from dataclasses import dataclass

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class MinutesMade(Event):
    """There is a new version; `why` is first, facts (something was recorded since) or words (somebody edited)."""

    meeting_id: int
    minutes_id: int
    why: str


@dataclass(frozen=True, slots=True)
class PromiseReadBack(Event):
    """Who promised something says that the minutes have it right.

    `said` is the promise as it was read back, `how` is self or desk (confirmed by word, entered by the office).
    """

    meeting_id: int
    task_id: int
    said: str
    how: str


@dataclass(frozen=True, slots=True)
class CorrectionAsked(Event):
    """Somebody says that the minutes are not right; who and what stands with the correction alone."""

    meeting_id: int
    number: int


@dataclass(frozen=True, slots=True)
class CorrectionAnswered(Event):
    """A correction has its answer; `outcome` is taken or declined."""

    meeting_id: int
    number: int
    outcome: str


@dataclass(frozen=True, slots=True)
class MinutesApproved(Event):
    """The chair approved a version: it becomes a paper with a number."""

    meeting_id: int
    minutes_id: int


@dataclass(frozen=True, slots=True)
class MinutesPublished(Event):
    """A person saw what will be public and let it be published."""

    meeting_id: int
    minutes_id: int
