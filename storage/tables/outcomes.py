"""What follows a decision: notices and objections, tasks and reports, surveys and answers."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.records import Answer, NoticeState, SurveyState, TaskState
from storage.tables.kinds import Exact, Moment, metadata, words

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("topic_id", ForeignKey("topics.id"), index=True),
    Column("step_id", ForeignKey("steps.id"), unique=True),
    Column("title", String, nullable=False),
    Column("text", String, nullable=False),
    Column("days", Integer, nullable=False),
    Column("state", words(NoticeState), nullable=False),
    Column("approved_by", ForeignKey("members.id")),
    Column("posted_at", Moment),
    Column("ends_at", Moment),
    UniqueConstraint("community_id", "year", "number"),
    CheckConstraint(
        "state != 'posted' OR (posted_at IS NOT NULL AND ends_at IS NOT NULL)", name="posted_has_days"
    ),
    CheckConstraint("state != 'posted' OR approved_by IS NOT NULL", name="posted_by_a_persons_word"),
)
Index("ix_notices_posted", notices.c.ends_at, sqlite_where=text("state = 'posted'"))

objections = Table(
    "objections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice_id", ForeignKey("notices.id"), nullable=False, index=True),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("text", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("remind_at", Moment),
    Column("answer", String, nullable=False),
    Column("answered_by", ForeignKey("members.id")),
    Column("answered_at", Moment),
    CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_says_what"),
)
Index("ix_objections_remind", objections.c.remind_at, sqlite_where=objections.c.remind_at.is_not(None))

tasks = Table(
    "tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("topic_id", ForeignKey("topics.id"), index=True),
    Column("step_id", ForeignKey("steps.id"), index=True),
    Column("title", String, nullable=False),
    Column("owner_id", ForeignKey("members.id"), index=True),
    Column("party", String, nullable=False),
    Column("due_on", Date),
    Column("budget", Exact),
    Column("spent", Exact),
    Column("percent", Integer, nullable=False),
    Column("state", words(TaskState), nullable=False),
    Column("remind_at", Moment),
    Column("report_at", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("community_id", "year", "number"),
    CheckConstraint("percent BETWEEN 0 AND 100", name="a_percentage"),
)
Index("ix_tasks_remind", tasks.c.remind_at, sqlite_where=text("state = 'open'"))
Index("ix_tasks_report", tasks.c.report_at, sqlite_where=text("state = 'open'"))

task_reports = Table(
    "task_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", ForeignKey("tasks.id"), nullable=False, index=True),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("percent", Integer, nullable=False),
    Column("spent", Exact),
    Column("text", String, nullable=False),
    Column("at", Moment, nullable=False),
)

surveys = Table(
    "surveys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", ForeignKey("issues.id"), index=True),
    Column("topic_id", ForeignKey("topics.id"), index=True),
    Column("step_id", ForeignKey("steps.id"), unique=True),
    Column("ask_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("state", words(SurveyState), nullable=False),
    CheckConstraint("(issue_id IS NULL) != (topic_id IS NULL)", name="about_one_matter"),
)
Index("ix_surveys_planned", surveys.c.ask_at, sqlite_where=text("state = 'planned'"))
Index("ix_surveys_asking", surveys.c.ends_at, sqlite_where=text("state = 'asking'"))

followups = Table(
    "followups",
    metadata,
    Column("survey_id", ForeignKey("surveys.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("answer", words(Answer), nullable=False),
    sqlite_with_rowid=False,
)
