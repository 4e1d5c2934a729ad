"""What follows: notices, objections, tasks, surveys."""

from dataclasses import dataclass

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class NoticePosted(Event):
    """A person approved a notice and it went out."""

    notice_id: int


@dataclass(frozen=True, slots=True)
class NoticeClosed(Event):
    """A notice's days are over."""

    notice_id: int


@dataclass(frozen=True, slots=True)
class NoticeWithdrawn(Event):
    """A person took a notice back before its days were over, for a reason that is shown."""

    notice_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ObjectionMade(Event):
    """Somebody objected; who and what is for staff only."""

    notice_id: int


@dataclass(frozen=True, slots=True)
class ObjectionAnswered(Event):
    """An objection has its answer; `outcome` is upheld or dismissed."""

    notice_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class TaskOpened(Event):
    """Something decided has an owner."""

    task_id: int


@dataclass(frozen=True, slots=True)
class TaskReported(Event):
    """An owner said how far it is."""

    task_id: int
    percent: int


@dataclass(frozen=True, slots=True)
class TaskClosed(Event):
    """A task is done or dropped."""

    task_id: int
    state: str


@dataclass(frozen=True, slots=True)
class TaskOverdue(Event):
    """A task's day has passed; it was escalated."""

    task_id: int


@dataclass(frozen=True, slots=True)
class SurveyAsked(Event):
    """Everyone who raised or supported a matter was asked whether it is solved."""

    survey_id: int


@dataclass(frozen=True, slots=True)
class SurveyClosed(Event):
    """The answers are in; `outcome` is ok or reopen."""

    survey_id: int
    outcome: str
