"""What is due is read from state: one query over every row that has a moment."""

from datetime import datetime
from typing import Final

from sqlalchemy import Select, String, literal, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from storage.database import Transaction
from storage.messages import Due
from storage.records import (
    MeetingState,
    NoticeState,
    PollState,
    SearchState,
    SeriesState,
    SurveyState,
    TaskState,
)
from storage.tables import (
    cases,
    hands,
    issues,
    meetings,
    notices,
    objections,
    opinions,
    polls,
    reminders,
    reviews,
    searches,
    series,
    surveys,
    tasks,
    watches,
)


def _moment(
    what: str, key: ColumnElement[int], at: ColumnElement[datetime], *when: ColumnElement[bool]
) -> Select[str, int, datetime]:
    return select(literal(what, String).label("what"), key.label("subject"), at.label("moment")).where(
        at.is_not(None), *when
    )


_OPEN_POLL = polls.c.state == PollState.OPEN
_OPEN_TASK = tasks.c.state == TaskState.OPEN
MOMENTS: Final = (
    _moment("issue.alert", issues.c.id, issues.c.alert_at),
    _moment("issue.due", issues.c.id, issues.c.due_at),
    _moment("case.due", cases.c.id, cases.c.due_at),
    _moment("poll.open", polls.c.id, polls.c.open_at, _OPEN_POLL),
    _moment("poll.final", polls.c.id, polls.c.final_at),
    _moment("poll.close", polls.c.id, polls.c.closes_at, _OPEN_POLL),
    _moment("poll.remind", polls.c.id, polls.c.remind_at, _OPEN_POLL),
    _moment("series.prepare", series.c.id, series.c.next_at, series.c.state == SeriesState.RUNNING),
    _moment("body.watch", watches.c.id, watches.c.at),
    _moment("search.end", searches.c.id, searches.c.ends_at, searches.c.state == SearchState.OPEN),
    _moment("meeting.notice", meetings.c.id, meetings.c.notice_at, meetings.c.state == MeetingState.CALLED),
    _moment("hand.end", hands.c.id, hands.c.ends_at, hands.c.over_at.is_(None)),
    _moment("meeting.remind", reminders.c.id, reminders.c.at),
    _moment("notice.end", notices.c.id, notices.c.ends_at, notices.c.state == NoticeState.POSTED),
    _moment("objection.remind", objections.c.id, objections.c.remind_at),
    _moment("task.remind", tasks.c.id, tasks.c.remind_at, _OPEN_TASK),
    _moment("task.report", tasks.c.id, tasks.c.report_at, _OPEN_TASK),
    _moment("lessons.review", reviews.c.community_id, reviews.c.at),
    _moment("opinion.heard", opinions.c.issue_id, opinions.c.answered_at, opinions.c.shown_at.is_(None)),
    _moment("survey.ask", surveys.c.id, surveys.c.ask_at, surveys.c.state == SurveyState.PLANNED),
    _moment("survey.end", surveys.c.id, surveys.c.ends_at, surveys.c.state == SurveyState.ASKING),
)
_ALL = union_all(*MOMENTS).subquery()
_ORDER = select(_ALL).order_by(_ALL.c.moment, _ALL.c.what, _ALL.c.subject)


async def until(tx: Transaction, now: datetime) -> list[Due]:
    """Everything whose moment has come, in the order of the moments."""
    rows = await tx.rows(_ORDER.where(_ALL.c.moment <= now))
    return [Due(row.what, row.subject, row.moment) for row in rows]


async def coming(tx: Transaction, count: int) -> list[Due]:
    """The next moments, due or not."""
    rows = await tx.rows(_ORDER.limit(count))
    return [Due(row.what, row.subject, row.moment) for row in rows]
