"""Meetings that recur, times that are looked for, what happens in the room, minutes and papers."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from storage.records import (
    AttendedBy,
    Capacity,
    CorrectionState,
    MinutesState,
    SearchState,
    SeriesState,
    SlotAnswer,
    SpeechKind,
)
from storage.tables.kinds import Moment, metadata, words

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("body", String, nullable=False),
    Column("name", String, nullable=False),
    Column("place", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("topics_most", Integer, nullable=False),
    Column("called_by", ForeignKey("members.id")),
    Column("state", words(SeriesState), nullable=False),
    Column("reason", String, nullable=False),
    Column("next_at", Moment),
)
Index("ix_series_next", series.c.next_at, sqlite_where=text("state = 'running'"))

watches = Table(
    "watches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("body", String, nullable=False),
    Column("last_at", Moment),
    Column("at", Moment, index=True),
    UniqueConstraint("community_id", "body"),
)

searches = Table(
    "searches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", String, nullable=False),
    Column("name", String, nullable=False),
    Column("place", String, nullable=False),
    Column("called_by", ForeignKey("members.id")),
    Column("state", words(SearchState), nullable=False),
    Column("ends_at", Moment, index=True),
    UniqueConstraint("community_id", "number"),
)

slots = Table(
    "slots",
    metadata,
    Column("search_id", ForeignKey("searches.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("starts_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

slot_answers = Table(
    "slot_answers",
    metadata,
    Column("search_id", ForeignKey("searches.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("answer", words(SlotAnswer), nullable=False),
    sqlite_with_rowid=False,
)

attendances = Table(
    "attendances",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("capacity", words(Capacity), nullable=False),
    Column("way", words(AttendedBy), nullable=False),
    Column("came_at", Moment, nullable=False),
    Column("left_at", Moment),
    sqlite_with_rowid=False,
)

speeches = Table(
    "speeches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", words(SpeechKind), nullable=False),
    Column("speaker", String, nullable=False),
    Column("member_id", ForeignKey("members.id")),
    Column("text", String, nullable=False),
    Column("at", Moment, nullable=False),
)

hands = Table(
    "hands",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False, index=True),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("called_at", Moment),
    Column("ends_at", Moment, index=True),
    Column("over_at", Moment),
)

minutes = Table(
    "minutes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", words(MinutesState), nullable=False),
    Column("body", String, nullable=False),
    Column("made_by", ForeignKey("members.id")),
    Column("made_at", Moment, nullable=False),
    Column("approved_by", ForeignKey("members.id")),
    Column("approved_at", Moment),
    UniqueConstraint("meeting_id", "version"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("text", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", words(CorrectionState), nullable=False),
    Column("answer", String, nullable=False),
    UniqueConstraint("meeting_id", "number"),
)

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("body", String, nullable=False),
    Column("code", String, nullable=False, unique=True),
    Column("made_by", ForeignKey("members.id")),
    Column("made_at", Moment, nullable=False),
    Column("approved_by", ForeignKey("members.id")),
    Column("approved_at", Moment),
    UniqueConstraint("community_id", "year", "number", "version"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("token", String, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("body", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("community_id", "body"),
    sqlite_with_rowid=False,
)
