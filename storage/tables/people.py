"""Units, members, roles, accounts, groups, and the numbers they count with."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from storage.records import GroupRole, GroupState, Role, UnitKind
from storage.tables.kinds import Exact, Moment, metadata, words

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("parent_id", ForeignKey("units.id"), index=True),
    Column("kind", words(UnitKind), nullable=False),
    Column("name", String, nullable=False),
    Column("path", String, nullable=False, unique=True),
    UniqueConstraint("parent_id", "name"),
)

members = Table(
    "members",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("door", String, nullable=False),
    Column("area", Exact),
    Column("phone", String, nullable=False),
    Column("code", String, nullable=False, index=True),
    Column("joined_at", Moment, nullable=False),
    Column("adult_at", Moment),
)

holdings = Table(
    "holdings",
    metadata,
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("role", words(Role), primary_key=True),
    Column("unit_id", ForeignKey("units.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

identities = Table(
    "identities",
    metadata,
    Column("platform", String, primary_key=True),
    Column("account", String, primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("private_chat", String, nullable=False),
    sqlite_with_rowid=False,
)

groups = Table(
    "groups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("role", words(GroupRole), nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("state", words(GroupState), nullable=False),
    UniqueConstraint("platform", "chat", "thread"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("community_id", ForeignKey("units.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)
