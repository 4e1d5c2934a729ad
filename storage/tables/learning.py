"""Lessons, names of places, models, second opinions, and when lessons are looked at."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.records import Aspect, Category, Kind
from storage.tables.kinds import Moment, metadata, words

lessons = Table(
    "lessons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", ForeignKey("issues.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("other_id", ForeignKey("issues.id", ondelete="CASCADE"), index=True),
    Column("aspect", words(Aspect), nullable=False),
    Column("understood", String, nullable=False),
    Column("decided", String, nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_lessons_class", lessons.c.aspect, lessons.c.understood)

place_names = Table(
    "place_names",
    metadata,
    Column("community_id", ForeignKey("units.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("meant", String, nullable=False),
    Column("given_by", ForeignKey("members.id")),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

models = Table(
    "models",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("lessons", Integer, nullable=False),
    Column("weights", String, nullable=False),
    Column("retired_at", Moment),
)

opinions = Table(
    "opinions",
    metadata,
    Column("issue_id", ForeignKey("issues.id", ondelete="CASCADE"), primary_key=True),
    Column("wanted_at", Moment, nullable=False),
    Column("asked_at", Moment, index=True),
    Column("answered_at", Moment),
    Column("shown_at", Moment),
    Column("kind", words(Kind)),
    Column("category", words(Category)),
)

reviews = Table(
    "reviews",
    metadata,
    Column("community_id", ForeignKey("units.id"), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
