"""Meetings, agendas, invitations and reminders."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.records import GroupRole, MeetingState, ReminderKind, Reply
from storage.tables.kinds import Moment, metadata, words

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", String, nullable=False),
    Column("name", String, nullable=False),
    Column("group_id", ForeignKey("groups.id")),
    Column("place", String, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("state", words(MeetingState), nullable=False),
    Column("called_by", ForeignKey("members.id")),
    Column("short_notice", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("series_id", Integer),
    Column("length", Integer, nullable=False, server_default="0"),
    Column("link", String, nullable=False, server_default=""),
    Column("remote_basis", String, nullable=False, server_default=""),
    Column("chair_id", Integer),
    Column("recorder_id", Integer),
    Column("code_key", String, nullable=False, server_default=""),
    Column("notice_at", Moment),
    Column("begun_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("community_id", "year", "number"),
)
Index("ix_meetings_called", meetings.c.starts_at, sqlite_where=text("state = 'called'"))

agenda = Table(
    "agenda",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), index=True),
    Column("title", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("internal", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("note", String, nullable=False),
    UniqueConstraint("meeting_id", "topic_id"),
    CheckConstraint("(topic_id IS NULL) = (title != '')", name="a_topic_or_a_title"),
    sqlite_with_rowid=False,
)

invitations = Table(
    "invitations",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("reply", words(Reply), nullable=False),
    Column("reason", String, nullable=False),
    Column("told_until", Moment),
    sqlite_with_rowid=False,
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False),
    Column("kind", words(ReminderKind), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("at", Moment, index=True),
    UniqueConstraint("meeting_id", "kind", "minutes"),
)

waits = Table(
    "waits",
    metadata,
    Column("step_id", ForeignKey("steps.id"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), nullable=False, index=True),
    Column("body", String, nullable=False),
    Column("name", String, nullable=False),
    Column("group_role", words(GroupRole)),
    Column("rule", String, nullable=False),
    Column("limit_at", Moment),
    Column("days", Integer, nullable=False),
    Column("basis", String, nullable=False),
    Column("private", String, nullable=False),
    Column("since", Moment, nullable=False),
    Column("over_at", Moment),
)

# What a member wants of reminders: minutes before the start, with commas; "" is none at all.
reminder_wishes = Table(
    "reminder_wishes",
    metadata,
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("minutes", String, nullable=False),
    sqlite_with_rowid=False,
)
