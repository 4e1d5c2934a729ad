"""What platforms have given us for a while: passes to speak, codes to change a message with."""

from sqlalchemy import Column, String, Table

from storage.tables.kinds import Moment, metadata

tokens = Table(
    "tokens",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)
