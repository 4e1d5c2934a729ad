"""Meetings that recur, times looked for, what happens in the room, minutes, papers, calendars."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Integer, String, UniqueConstraint, text

from storage.migrations.columns import words

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add these columns and tables; let an item be without a topic and an answer say 线上."""
    _meetings()
    _agenda()
    _invitations()
    _reminders()
    _series()
    _searches()
    _room()
    _minutes()
    _papers()


def _meetings() -> None:
    op.add_column("meetings", Column("series_id", Integer))
    op.add_column("meetings", Column("length", Integer, nullable=False, server_default="0"))
    for name in ("link", "remote_basis", "code_key"):
        op.add_column("meetings", Column(name, String, nullable=False, server_default=""))
    for name in ("chair_id", "recorder_id"):
        op.add_column("meetings", Column(name, Integer))
    for name in ("notice_at", "begun_at", "ended_at"):
        op.add_column("meetings", Column(name, DateTime))
    op.create_table(
        "reminder_wishes",
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("minutes", String, nullable=False),
        sqlite_with_rowid=False,
    )


def _agenda() -> None:
    op.rename_table("agenda", "agenda_before")
    op.drop_index("ix_agenda_topic_id")
    op.create_table(
        "agenda",
        Column("meeting_id", Integer, ForeignKey("meetings.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("topic_id", Integer, ForeignKey("topics.id"), index=True),
        Column("title", String, nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("internal", String, nullable=False),
        Column("outcome", String, nullable=False),
        Column("note", String, nullable=False),
        UniqueConstraint("meeting_id", "topic_id"),
        CheckConstraint("(topic_id IS NULL) = (title != '')", name="a_topic_or_a_title"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO agenda SELECT meeting_id, position, topic_id, '', 0, '', outcome, note FROM agenda_before"
    )
    op.drop_table("agenda_before")


def _invitations() -> None:
    op.rename_table("invitations", "invitations_before")
    op.create_table(
        "invitations",
        Column("meeting_id", Integer, ForeignKey("meetings.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("reply", words("reply", "none coming online leave"), nullable=False),
        Column("reason", String, nullable=False),
        Column("told_until", DateTime),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO invitations SELECT meeting_id, member_id, reply, reason, NULL FROM invitations_before"
    )
    op.drop_table("invitations_before")


def _reminders() -> None:
    op.rename_table("reminders", "reminders_before")
    op.drop_index("ix_reminders_at")
    op.create_table(
        "reminders",
        Column("id", Integer, primary_key=True),
        Column("meeting_id", Integer, ForeignKey("meetings.id"), nullable=False),
        Column("kind", words("reminderkind", "meeting wish quorum begin outcomes"), nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("at", DateTime, index=True),
        UniqueConstraint("meeting_id", "kind", "minutes"),
    )
    op.execute(
        "INSERT INTO reminders (meeting_id, kind, minutes, at) "
        "SELECT meeting_id, CASE WHEN minutes > 0 THEN 'meeting' ELSE 'outcomes' END, minutes, at "
        "FROM reminders_before ORDER BY id"
    )
    op.drop_table("reminders_before")


def _series() -> None:
    op.create_table(
        "series",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False, index=True),
        Column("body", String, nullable=False),
        Column("name", String, nullable=False),
        Column("place", String, nullable=False),
        Column("rule", String, nullable=False),
        Column("topics_most", Integer, nullable=False),
        Column("called_by", Integer, ForeignKey("members.id")),
        Column("state", words("seriesstate", "running ended"), nullable=False),
        Column("reason", String, nullable=False),
        Column("next_at", DateTime),
    )
    op.create_index("ix_series_next", "series", ["next_at"], sqlite_where=text("state = 'running'"))
    op.create_table(
        "watches",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("body", String, nullable=False),
        Column("last_at", DateTime),
        Column("at", DateTime, index=True),
        UniqueConstraint("community_id", "body"),
    )


def _searches() -> None:
    op.create_table(
        "searches",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("body", String, nullable=False),
        Column("name", String, nullable=False),
        Column("place", String, nullable=False),
        Column("called_by", Integer, ForeignKey("members.id")),
        Column("state", words("searchstate", "open settled cancelled"), nullable=False),
        Column("ends_at", DateTime, index=True),
        UniqueConstraint("community_id", "number"),
    )
    op.create_table(
        "slots",
        Column("search_id", Integer, ForeignKey("searches.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("starts_at", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slot_answers",
        Column("search_id", Integer, ForeignKey("searches.id"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("answer", words("slotanswer", "can hardly cannot"), nullable=False),
        sqlite_with_rowid=False,
    )


def _room() -> None:
    op.create_table(
        "attendances",
        Column("meeting_id", Integer, ForeignKey("meetings.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("capacity", words("capacity", "voter observer"), nullable=False),
        Column("way", words("attendedby", "code list remote"), nullable=False),
        Column("came_at", DateTime, nullable=False),
        Column("left_at", DateTime),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "speeches",
        Column("id", Integer, primary_key=True),
        Column("meeting_id", Integer, ForeignKey("meetings.id"), nullable=False, index=True),
        Column("position", Integer, nullable=False),
        Column("kind", words("speechkind", "remark motion amendment dissent"), nullable=False),
        Column("speaker", String, nullable=False),
        Column("member_id", Integer, ForeignKey("members.id")),
        Column("text", String, nullable=False),
        Column("at", DateTime, nullable=False),
    )
    op.create_table(
        "hands",
        Column("id", Integer, primary_key=True),
        Column("meeting_id", Integer, ForeignKey("meetings.id"), nullable=False, index=True),
        Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
        Column("raised_at", DateTime, nullable=False),
        Column("called_at", DateTime),
        Column("ends_at", DateTime, index=True),
        Column("over_at", DateTime),
    )


def _minutes() -> None:
    op.create_table(
        "minutes",
        Column("id", Integer, primary_key=True),
        Column("meeting_id", Integer, ForeignKey("meetings.id"), nullable=False),
        Column("version", Integer, nullable=False),
        Column("state", words("minutesstate", "draft read_back approved published"), nullable=False),
        Column("body", String, nullable=False),
        Column("made_by", Integer, ForeignKey("members.id")),
        Column("made_at", DateTime, nullable=False),
        Column("approved_by", Integer, ForeignKey("members.id")),
        Column("approved_at", DateTime),
        UniqueConstraint("meeting_id", "version"),
    )
    op.create_table(
        "corrections",
        Column("id", Integer, primary_key=True),
        Column("meeting_id", Integer, ForeignKey("meetings.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
        Column("text", String, nullable=False),
        Column("at", DateTime, nullable=False),
        Column("state", words("correctionstate", "open taken declined"), nullable=False),
        Column("answer", String, nullable=False),
        UniqueConstraint("meeting_id", "number"),
    )


def _papers() -> None:
    op.create_table(
        "papers",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("version", Integer, nullable=False),
        Column("kind", String, nullable=False),
        Column("subject", String, nullable=False, index=True),
        Column("title", String, nullable=False),
        Column("body", String, nullable=False),
        Column("code", String, nullable=False, unique=True),
        Column("made_by", Integer, ForeignKey("members.id")),
        Column("made_at", DateTime, nullable=False),
        Column("approved_by", Integer, ForeignKey("members.id")),
        Column("approved_at", DateTime),
        UniqueConstraint("community_id", "year", "number", "version"),
    )
    op.create_table(
        "feeds",
        Column("token", String, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("body", String, nullable=False),
        Column("made_at", DateTime, nullable=False),
        UniqueConstraint("community_id", "body"),
        sqlite_with_rowid=False,
    )
