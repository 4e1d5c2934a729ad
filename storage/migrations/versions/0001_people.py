"""Units, members, roles, accounts, groups, and the numbers they count with."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, UniqueConstraint

from storage.migrations.columns import words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make these tables."""
    _units()
    _members()
    _holdings()
    _identities()
    _groups()
    _numbers()


def _units() -> None:
    op.create_table(
        "units",
        Column("id", Integer, primary_key=True),
        Column("parent_id", Integer, ForeignKey("units.id"), index=True),
        Column("kind", words("unitkind", "street community grid stairwell"), nullable=False),
        Column("name", String, nullable=False),
        Column("path", String, nullable=False, unique=True),
        UniqueConstraint("parent_id", "name"),
    )


def _members() -> None:
    op.create_table(
        "members",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False, index=True),
        Column("name", String, nullable=False),
        Column("unit_id", Integer, ForeignKey("units.id"), nullable=False, index=True),
        Column("door", String, nullable=False),
        Column("area", String),
        Column("phone", String, nullable=False),
        Column("code", String, nullable=False, index=True),
        Column("joined_at", DateTime, nullable=False),
    )


def _holdings() -> None:
    op.create_table(
        "holdings",
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column(
            "role",
            words(
                "role",
                "resident household villager_rep resident_rep party_member party_probationary party_secretary committee grid_worker grid_lead stairwell_head supervisor owner owners_committee mediator property responder convener street secretary operator",
            ),
            primary_key=True,
        ),
        Column("unit_id", Integer, ForeignKey("units.id"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )


def _identities() -> None:
    op.create_table(
        "identities",
        Column("platform", String, primary_key=True),
        Column("account", String, primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), nullable=False, index=True),
        Column("name", String, nullable=False),
        Column("private_chat", String, nullable=False),
        sqlite_with_rowid=False,
    )


def _groups() -> None:
    op.create_table(
        "groups",
        Column("id", Integer, primary_key=True),
        Column("platform", String, nullable=False),
        Column("chat", String, nullable=False),
        Column("thread", String, nullable=False),
        Column(
            "role",
            words(
                "grouprole",
                "residents grid party_review rep_decision household_notice case_room committee responders street",
            ),
            nullable=False,
        ),
        Column("unit_id", Integer, ForeignKey("units.id"), nullable=False, index=True),
        Column("state", words("groupstate", "active lost"), nullable=False),
        UniqueConstraint("platform", "chat", "thread"),
    )


def _numbers() -> None:
    op.create_table(
        "numbers",
        Column("community_id", Integer, ForeignKey("units.id"), primary_key=True),
        Column("kind", String, primary_key=True),
        Column("year", Integer, primary_key=True),
        Column("last", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
