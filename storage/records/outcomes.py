"""What follows a decision: notices, objections, tasks, surveys."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class NoticeState(StrEnum):
    """A notice is drafted, posted after a human's word, closed when its days are over, or withdrawn."""

    DRAFT = "draft"
    POSTED = "posted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Notice:
    """公示 with its days; `days` calendar days unless `day_kind` is "work"."""

    id: int
    community_id: int
    year: int
    number: int
    topic_id: int | None
    step_id: int | None
    title: str
    text: str
    days: int
    state: NoticeState
    approved_by: int | None
    posted_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Objection:
    """异议: private to staff; publicly only counted."""

    id: int
    notice_id: int
    member_id: int
    text: str
    made_at: datetime
    due_at: datetime
    remind_at: datetime | None
    answer: str
    answered_by: int | None
    answered_at: datetime | None


class TaskState(StrEnum):
    """A task is open, done, or dropped."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Task:
    """落实事项 with owner, date and money (yuan). `overdue_at` is set once it has been escalated."""

    id: int
    community_id: int
    year: int
    number: int
    topic_id: int | None
    step_id: int | None
    title: str
    owner_id: int | None
    party: str
    due_on: date | None
    budget: Decimal | None
    spent: Decimal | None
    percent: int
    state: TaskState
    remind_at: datetime | None
    report_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TaskReport:
    """进展: what an owner said of a task, and when."""

    id: int
    task_id: int
    member_id: int
    percent: int
    spent: Decimal | None
    text: str
    at: datetime


class SurveyState(StrEnum):
    """Planned, asking, or done."""

    PLANNED = "planned"
    ASKING = "asking"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Survey:
    """回访: everyone who raised or supported a matter is asked 解决了吗. One of `issue_id`, `topic_id` is set."""

    id: int
    issue_id: int | None
    topic_id: int | None
    step_id: int | None
    ask_at: datetime
    ends_at: datetime
    state: SurveyState


class Answer(StrEnum):
    """The answer to 解决了吗."""

    NONE = "none"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One person's answer to a survey."""

    survey_id: int
    member_id: int
    answer: Answer
