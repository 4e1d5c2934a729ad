"""Meetings, agendas, invitations and reminders."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, UniqueConstraint, text

from storage.migrations.columns import words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make these tables."""
    _meetings()
    _agenda()
    _invitations()
    _reminders()
    _waits()


def _meetings() -> None:
    op.create_table(
        "meetings",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("body", String, nullable=False),
        Column("name", String, nullable=False),
        Column("group_id", Integer, ForeignKey("groups.id")),
        Column("place", String, nullable=False),
        Column("starts_at", DateTime, nullable=False),
        Column("state", words("meetingstate", "called held cancelled"), nullable=False),
        Column("called_by", Integer, ForeignKey("members.id")),
        Column("short_notice", String, nullable=False),
        Column("reason", String, nullable=False),
        UniqueConstraint("community_id", "year", "number"),
    )
    op.create_index("ix_meetings_called", "meetings", ["starts_at"], sqlite_where=text("state = 'called'"))


def _agenda() -> None:
    op.create_table(
        "agenda",
        Column("meeting_id", Integer, ForeignKey("meetings.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("topic_id", Integer, ForeignKey("topics.id"), nullable=False, index=True),
        Column("outcome", String, nullable=False),
        Column("note", String, nullable=False),
        UniqueConstraint("meeting_id", "topic_id"),
        sqlite_with_rowid=False,
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        Column("meeting_id", Integer, ForeignKey("meetings.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("reply", words("reply", "none coming leave"), nullable=False),
        Column("reason", String, nullable=False),
        sqlite_with_rowid=False,
    )


def _reminders() -> None:
    op.create_table(
        "reminders",
        Column("id", Integer, primary_key=True),
        Column("meeting_id", Integer, ForeignKey("meetings.id"), nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("at", DateTime, index=True),
        UniqueConstraint("meeting_id", "minutes"),
    )


def _waits() -> None:
    op.create_table(
        "waits",
        Column("step_id", Integer, ForeignKey("steps.id"), primary_key=True),
        Column("topic_id", Integer, ForeignKey("topics.id"), nullable=False, index=True),
        Column("body", String, nullable=False),
        Column("name", String, nullable=False),
        Column(
            "group_role",
            words(
                "grouprole",
                "residents grid party_review rep_decision household_notice case_room committee responders street",
            ),
        ),
        Column("rule", String, nullable=False),
        Column("limit_at", DateTime),
        Column("days", Integer, nullable=False),
        Column("basis", String, nullable=False),
        Column("private", String, nullable=False),
        Column("since", DateTime, nullable=False),
        Column("over_at", DateTime),
    )
