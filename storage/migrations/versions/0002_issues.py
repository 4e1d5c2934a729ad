"""Issues, who supports them, and what belongs to them."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Integer, String, UniqueConstraint, text

from storage.migrations.columns import words

revision = "0002"
down_revision = "0001"
_STATES = (
    "candidate reported filed dispatched processing fed_back "
    "escalated consult mediate merged refused cancelled closed"
)
_CATEGORIES = (
    "sanitation public_works building utilities traffic noise fire_safety security "
    "illegal_building property neighbours welfare greenery animals village none"
)


def upgrade() -> None:
    """Make these tables."""
    _issues()
    _supports()
    _attachments()
    _remarks()
    _assignments()


def _issues() -> None:
    op.create_table(
        "issues",
        Column("id", Integer, primary_key=True),
        Column("community_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("year", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        Column("state", words("issuestate", _STATES), nullable=False),
        Column(
            "kind",
            words("kind", "urgent dispute issue wish suggestion question thanks ad chatter"),
            nullable=False,
        ),
        Column("category", words("category", _CATEGORIES), nullable=False),
        Column("level", words("level", "u0 u1 u2 u3"), nullable=False),
        Column("place", String, nullable=False),
        Column("text", String, nullable=False),
        Column("reason", String, nullable=False),
        Column("reporter_id", Integer, ForeignKey("members.id"), index=True),
        Column("group_id", Integer, ForeignKey("groups.id")),
        Column("message_id", String, nullable=False),
        Column("filed_at", DateTime, nullable=False),
        Column("unit_id", Integer, ForeignKey("units.id"), nullable=False),
        Column("handler_id", Integer, ForeignKey("members.id")),
        Column("party", String, nullable=False),
        Column("due_at", DateTime),
        Column("alert_at", DateTime),
        Column("merged_into", Integer, ForeignKey("issues.id"), index=True),
        Column("result", String, nullable=False),
        Column("closed_at", DateTime),
        UniqueConstraint("community_id", "year", "number"),
        CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="merged_says_into_which"),
        CheckConstraint("merged_into IS NULL OR merged_into != id", name="not_into_itself"),
    )
    op.create_index("ix_issues_alert", "issues", ["alert_at"], sqlite_where=text("alert_at IS NOT NULL"))
    op.create_index("ix_issues_due", "issues", ["due_at"], sqlite_where=text("due_at IS NOT NULL"))
    op.create_index("ix_issues_message", "issues", ["group_id", "message_id"])
    op.create_index("ix_issues_recent", "issues", ["community_id", "filed_at"])


def _supports() -> None:
    op.create_table(
        "supports",
        Column("issue_id", Integer, ForeignKey("issues.id"), primary_key=True),
        Column("member_id", Integer, ForeignKey("members.id"), primary_key=True, index=True),
        Column("since", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )


def _attachments() -> None:
    op.create_table(
        "attachments",
        Column("id", Integer, primary_key=True),
        Column("subject", String, nullable=False, index=True),
        Column("platform", String, nullable=False),
        Column("kind", String, nullable=False),
        Column("ref", String, nullable=False),
        Column("name", String, nullable=False),
    )


def _remarks() -> None:
    op.create_table(
        "remarks",
        Column("id", Integer, primary_key=True),
        Column("issue_id", Integer, ForeignKey("issues.id"), nullable=False, index=True),
        Column("member_id", Integer, ForeignKey("members.id")),
        Column("text", String, nullable=False),
        Column("at", DateTime, nullable=False),
    )


def _assignments() -> None:
    op.create_table(
        "assignments",
        Column("issue_id", Integer, ForeignKey("issues.id"), primary_key=True),
        Column("party", String, nullable=False),
        Column("given_by", Integer, ForeignKey("members.id")),
        Column("given_at", DateTime, nullable=False),
        Column("extended_at", DateTime),
        Column("overdue_at", DateTime),
    )
