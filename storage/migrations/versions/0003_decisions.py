"""Topics, the procedures they run under, cases and polls."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Integer, String, UniqueConstraint, text

from storage.migrations.columns import words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make these tables."""
    _topics()
    _topic_issues()
    _procedures()
    _cases()
    _steps()
    _polls()
    _electors()
    _ballots()
    _participations()
    _secret_ballots()
    _tallies()


def _topics() -> None:
    op.create_table(
        "topics",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("title", String, nullable=False),
        Column("text", String, nullable=False),
        Column("state", words("topicstate", "open ended"), nullable=False),
        Column("raised_by", Integer, ForeignKey("members.id")),
        Column("raised_at", DateTime, nullable=False),
        UniqueConstraint("community_id", "year", "number"),
    )


def _topic_issues() -> None:
    op.create_table(
        "topic_issues",
        Column("topic_id", Integer, ForeignKey("topics.id"), primary_key=True),
        Column("issue_id", Integer, ForeignKey("issues.id"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )


def _procedures() -> None:
    op.create_table(
        "procedures",
        Column("digest", String, primary_key=True),
        Column("id", String, nullable=False),
        Column("name", String, nullable=False),
        Column("source", String, nullable=False),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        Column("id", Integer, primary_key=True),
        Column("topic_id", Integer, ForeignKey("topics.id"), nullable=False, index=True),
        Column("digest", String, ForeignKey("procedures.digest"), nullable=False),
        Column("state", words("casestate", "running asking ended"), nullable=False),
        Column("stage", String, nullable=False),
        Column("step_id", Integer, ForeignKey("steps.id")),
        Column("due_at", DateTime),
        Column("ended_as", String, nullable=False),
        Column("started_at", DateTime, nullable=False),
        CheckConstraint("(state = 'ended') = (ended_as != '')", name="ended_says_how"),
    )
    op.create_index("ix_cases_due", "cases", ["due_at"], sqlite_where=text("due_at IS NOT NULL"))
    op.create_index(
        "ix_cases_one_at_a_time", "cases", ["topic_id"], unique=True, sqlite_where=text("state != 'ended'")
    )


def _steps() -> None:
    op.create_table(
        "steps",
        Column("id", Integer, primary_key=True),
        Column("case_id", Integer, ForeignKey("cases.id"), nullable=False, index=True),
        Column("stage", String, nullable=False),
        Column("entered_at", DateTime, nullable=False),
        Column("left_at", DateTime),
        Column("outcome", String, nullable=False),
        Column("note", String, nullable=False),
    )


def _polls() -> None:
    op.create_table(
        "polls",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("topic_id", Integer, ForeignKey("topics.id"), index=True),
        Column("step_id", Integer, ForeignKey("steps.id"), unique=True),
        Column("question", String, nullable=False),
        Column("body", String, nullable=False),
        Column("roll", Integer, nullable=False),
        Column("roll_area", String),
        Column("rule", String, nullable=False),
        Column("secrecy", words("secrecy", "open secret"), nullable=False),
        Column("group_id", Integer, ForeignKey("groups.id")),
        Column("opened_by", Integer, ForeignKey("members.id")),
        Column("opens_at", DateTime, nullable=False),
        Column("closes_at", DateTime, nullable=False),
        Column("remind_at", DateTime),
        Column("state", words("pollstate", "open closed cancelled"), nullable=False),
        Column("outcome", String, nullable=False),
        Column("verdict", String, nullable=False),
        UniqueConstraint("community_id", "year", "number"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint("(state = 'closed') = (outcome != '')", name="closed_says_how"),
    )
    op.create_index("ix_polls_open", "polls", ["closes_at"], sqlite_where=text("state = 'open'"))


def _electors() -> None:
    op.create_table(
        "electors",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True, index=True),
        Column("reason", String, nullable=False),
        Column("area", String),
        sqlite_with_rowid=False,
    )


def _ballots() -> None:
    op.create_table(
        "ballots",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("choice", words("choice", "for against abstain"), nullable=False),
        Column("cast_at", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )


def _participations() -> None:
    op.create_table(
        "participations",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        sqlite_with_rowid=False,
    )


def _secret_ballots() -> None:
    op.create_table(
        "secret_ballots",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("receipt", String, primary_key=True),
        Column("choice", words("choice", "for against abstain"), nullable=False),
        sqlite_with_rowid=False,
    )


def _tallies() -> None:
    op.create_table(
        "tallies",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("choice", words("choice", "for against abstain"), primary_key=True),
        Column("heads", Integer, nullable=False),
        CheckConstraint("heads >= 0", name="never_below_none"),
        sqlite_with_rowid=False,
    )
