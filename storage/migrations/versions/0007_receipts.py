"""Receipts and the seal of a poll; ballots given on paper or by word."""

from alembic import op
from sqlalchemy import Column, String

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add these columns; what was there before has neither receipts nor paper."""
    op.add_column("polls", Column("receipt_key", String, nullable=False, server_default=""))
    op.add_column("polls", Column("seal", String, nullable=False, server_default=""))
    op.add_column("ballots", Column("witness", String, nullable=False, server_default=""))
