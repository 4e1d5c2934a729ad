"""Kinds of polls, owners' property, proxies, recusals, service and challenges; who came of age when."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Integer, String, UniqueConstraint

from storage.migrations.columns import words

revision = "0008"
down_revision = "0007"

_ROLES = (
    "resident household villager_rep resident_rep party_member party_probationary party_secretary "
    "party_committee committee grid_worker grid_lead stairwell_head supervisor owner owners_committee mediator "
    "property responder convener street secretary operator"
)
_SAYS_SOMETHING = "choice IN ('for', 'against', 'abstain') OR choice LIKE '{%}'"


def upgrade() -> None:
    """Add these columns and tables; widen what a role and a ballot may say."""
    _polls()
    _people()
    _ballots()
    _turnouts()
    _property()
    _beside()


def _polls() -> None:
    for name in ("ask", "matter", "early", "deemed", "void"):
        op.add_column("polls", Column(name, String, nullable=False, server_default=""))
    op.add_column("polls", Column("open_at", DateTime))
    op.add_column("polls", Column("final_at", DateTime))
    op.add_column("electors", Column("entry_id", Integer, nullable=False, server_default="0"))
    op.add_column("electors", Column("barred", String, nullable=False, server_default=""))
    op.execute("UPDATE electors SET entry_id = member_id")


def _people() -> None:
    op.add_column("members", Column("adult_at", DateTime))
    op.rename_table("holdings", "holdings_before")
    op.drop_index("ix_holdings_unit_id")
    op.create_table(
        "holdings",
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("role", words("role", _ROLES), primary_key=True),
        Column("unit_id", Integer, ForeignKey("units.id"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO holdings SELECT member_id, role, unit_id FROM holdings_before")
    op.drop_table("holdings_before")


def _ballots() -> None:
    op.rename_table("ballots", "ballots_before")
    op.create_table(
        "ballots",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("choice", String, nullable=False),
        Column("cast_at", DateTime, nullable=False),
        Column("witness", String, nullable=False),
        Column("cast_by", Integer, ForeignKey("members.id")),
        CheckConstraint(_SAYS_SOMETHING, name="says_something"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO ballots SELECT poll_id, member_id, choice, cast_at, witness, NULL FROM ballots_before"
    )
    op.drop_table("ballots_before")
    op.rename_table("secret_ballots", "secret_ballots_before")
    op.create_table(
        "secret_ballots",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("receipt", String, primary_key=True),
        Column("choice", String, nullable=False),
        CheckConstraint(_SAYS_SOMETHING, name="says_something"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO secret_ballots SELECT poll_id, receipt, choice FROM secret_ballots_before")
    op.drop_table("secret_ballots_before")


def _turnouts() -> None:
    op.create_table(
        "turnouts",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("heads", Integer, nullable=False),
        CheckConstraint("heads >= 0", name="never_below_none"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO turnouts SELECT poll_id, SUM(heads) FROM tallies GROUP BY poll_id")
    op.drop_table("tallies")


def _property() -> None:
    op.create_table(
        "properties",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("door", String, nullable=False),
        Column("use", words("unituse", "flat unsold parking"), nullable=False),
        Column("area", String, nullable=False),
        Column("count", Integer, nullable=False),
        UniqueConstraint("community_id", "door"),
    )
    op.create_table(
        "ownerships",
        Column("property_id", Integer, ForeignKey("properties.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True, index=True),
        Column("since", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )


def _beside() -> None:
    op.create_table(
        "proxies",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("holder_id", Integer, ForeignKey("members.id"), nullable=False, index=True),
        Column("paper", String, nullable=False),
        Column("recorded_by", Integer, ForeignKey("members.id"), nullable=False),
        Column("at", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recusals",
        Column("topic_id", Integer, ForeignKey("topics.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("reason", String, nullable=False),
        Column("at", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "services",
        Column("poll_id", Integer, ForeignKey("polls.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
        Column("how", String, nullable=False),
        Column("recorded_by", Integer, ForeignKey("members.id")),
        Column("at", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "challenges",
        Column("id", Integer, primary_key=True),
        Column("poll_id", Integer, ForeignKey("polls.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
        Column("text", String, nullable=False),
        Column("at", DateTime, nullable=False),
        Column("state", words("challengestate", "open upheld dismissed"), nullable=False),
        Column("answer", String, nullable=False),
        UniqueConstraint("poll_id", "number"),
    )
