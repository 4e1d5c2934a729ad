"""What was settled of owners who stand under several heads."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Integer, String

from storage.migrations.columns import words

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add this table."""
    op.create_table(
        "joinings",
        Column("property_id", Integer, ForeignKey("properties.id"), primary_key=True),
        Column("other_id", Integer, ForeignKey("properties.id"), primary_key=True),
        Column("heads", words("heads", "one apart"), nullable=False),
        Column("reason", String, nullable=False),
        Column("decided_by", Integer, ForeignKey("members.id")),
        Column("at", DateTime, nullable=False),
        CheckConstraint("property_id < other_id", name="told_once"),
        sqlite_with_rowid=False,
    )
