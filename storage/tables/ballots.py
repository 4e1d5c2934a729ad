"""What stands beside the ballots: who votes for whom, who may not, what was served, what was questioned."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from storage.records import ChallengeState, Heads, UnitUse
from storage.tables.kinds import Exact, Moment, metadata, words

properties = Table(
    "properties",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("door", String, nullable=False),
    Column("use", words(UnitUse), nullable=False),
    Column("area", Exact, nullable=False),
    Column("count", Integer, nullable=False),
    UniqueConstraint("community_id", "door"),
)

ownerships = Table(
    "ownerships",
    metadata,
    Column("property_id", ForeignKey("properties.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True, index=True),
    Column("since", Moment, nullable=False),
    sqlite_with_rowid=False,
)

joinings = Table(
    "joinings",
    metadata,
    Column("property_id", ForeignKey("properties.id"), primary_key=True),
    Column("other_id", ForeignKey("properties.id"), primary_key=True),
    Column("heads", words(Heads), nullable=False),
    Column("reason", String, nullable=False),
    Column("decided_by", ForeignKey("members.id")),
    Column("at", Moment, nullable=False),
    CheckConstraint("property_id < other_id", name="told_once"),
    sqlite_with_rowid=False,
)

proxies = Table(
    "proxies",
    metadata,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("holder_id", ForeignKey("members.id"), nullable=False, index=True),
    Column("paper", String, nullable=False),
    Column("recorded_by", ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

recusals = Table(
    "recusals",
    metadata,
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("reason", String, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

services = Table(
    "services",
    metadata,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("how", String, nullable=False),
    Column("recorded_by", ForeignKey("members.id")),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

challenges = Table(
    "challenges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("poll_id", ForeignKey("polls.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("text", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", words(ChallengeState), nullable=False),
    Column("answer", String, nullable=False),
    UniqueConstraint("poll_id", "number"),
)
