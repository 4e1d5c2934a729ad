"""What platforms give for a while and every process may use."""

from alembic import op
from sqlalchemy import Column, DateTime, String

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add this table."""
    op.create_table(
        "tokens",
        Column("name", String, primary_key=True),
        Column("value", String, nullable=False),
        Column("expires_at", DateTime, nullable=False, index=True),
        sqlite_with_rowid=False,
    )
