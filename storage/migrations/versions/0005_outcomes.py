"""What follows a decision: notices and objections, tasks and reports, surveys and answers."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
    text,
)

from storage.migrations.columns import words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make these tables."""
    _notices()
    _objections()
    _tasks()
    _task_reports()
    _surveys()
    _followups()


def _notices() -> None:
    op.create_table(
        "notices",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("topic_id", Integer, ForeignKey("topics.id"), index=True),
        Column("step_id", Integer, ForeignKey("steps.id"), unique=True),
        Column("title", String, nullable=False),
        Column("text", String, nullable=False),
        Column("days", Integer, nullable=False),
        Column("state", words("noticestate", "draft posted closed withdrawn"), nullable=False),
        Column("approved_by", Integer, ForeignKey("members.id")),
        Column("posted_at", DateTime),
        Column("ends_at", DateTime),
        UniqueConstraint("community_id", "year", "number"),
        CheckConstraint(
            "state != 'posted' OR (posted_at IS NOT NULL AND ends_at IS NOT NULL)", name="posted_has_days"
        ),
        CheckConstraint("state != 'posted' OR approved_by IS NOT NULL", name="posted_by_a_persons_word"),
    )
    op.create_index("ix_notices_posted", "notices", ["ends_at"], sqlite_where=text("state = 'posted'"))


def _objections() -> None:
    op.create_table(
        "objections",
        Column("id", Integer, primary_key=True),
        Column("notice_id", Integer, ForeignKey("notices.id"), nullable=False, index=True),
        Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
        Column("text", String, nullable=False),
        Column("made_at", DateTime, nullable=False),
        Column("due_at", DateTime, nullable=False),
        Column("remind_at", DateTime),
        Column("answer", String, nullable=False),
        Column("answered_by", Integer, ForeignKey("members.id")),
        Column("answered_at", DateTime),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_says_what"),
    )
    op.create_index(
        "ix_objections_remind", "objections", ["remind_at"], sqlite_where=text("remind_at IS NOT NULL")
    )


def _tasks() -> None:
    op.create_table(
        "tasks",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("topic_id", Integer, ForeignKey("topics.id"), index=True),
        Column("step_id", Integer, ForeignKey("steps.id"), index=True),
        Column("title", String, nullable=False),
        Column("owner_id", Integer, ForeignKey("members.id"), index=True),
        Column("party", String, nullable=False),
        Column("due_on", Date),
        Column("budget", String),
        Column("spent", String),
        Column("percent", Integer, nullable=False),
        Column("state", words("taskstate", "open done dropped"), nullable=False),
        Column("remind_at", DateTime),
        Column("report_at", DateTime),
        Column("created_at", DateTime, nullable=False),
        UniqueConstraint("community_id", "year", "number"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="a_percentage"),
    )
    op.create_index("ix_tasks_remind", "tasks", ["remind_at"], sqlite_where=text("state = 'open'"))
    op.create_index("ix_tasks_report", "tasks", ["report_at"], sqlite_where=text("state = 'open'"))


def _task_reports() -> None:
    op.create_table(
        "task_reports",
        Column("id", Integer, primary_key=True),
        Column("task_id", Integer, ForeignKey("tasks.id"), nullable=False, index=True),
        Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
        Column("percent", Integer, nullable=False),
        Column("spent", String),
        Column("text", String, nullable=False),
        Column("at", DateTime, nullable=False),
    )


def _surveys() -> None:
    op.create_table(
        "surveys",
        Column("id", Integer, primary_key=True),
        Column("issue_id", Integer, ForeignKey("issues.id"), index=True),
        Column("topic_id", Integer, ForeignKey("topics.id"), index=True),
        Column("step_id", Integer, ForeignKey("steps.id"), unique=True),
        Column("ask_at", DateTime, nullable=False),
        Column("ends_at", DateTime, nullable=False),
        Column("state", words("surveystate", "planned asking done"), nullable=False),
        CheckConstraint("(issue_id IS NULL) != (topic_id IS NULL)", name="about_one_matter"),
    )
    op.create_index("ix_surveys_asking", "surveys", ["ends_at"], sqlite_where=text("state = 'asking'"))
    op.create_index("ix_surveys_planned", "surveys", ["ask_at"], sqlite_where=text("state = 'planned'"))


def _followups() -> None:
    op.create_table(
        "followups",
        Column("survey_id", Integer, ForeignKey("surveys.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("answer", words("answer", "none yes partly no"), nullable=False),
        sqlite_with_rowid=False,
    )
