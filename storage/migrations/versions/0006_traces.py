"""The journal, which is only ever added to, the inbox, the outbox and the cards posted."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, text

from storage.migrations.columns import words

revision = "0006"
down_revision = "0005"

APPEND_ONLY = """
CREATE TRIGGER journal_{verb} BEFORE {verb} ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END
"""


def upgrade() -> None:
    """Make these tables."""
    _journal()
    _inbox()
    _cards()
    _outbox()
    for verb in ("UPDATE", "DELETE"):
        op.execute(APPEND_ONLY.format(verb=verb))


def _journal() -> None:
    op.create_table(
        "journal",
        Column("id", Integer, primary_key=True),
        Column("at", DateTime, nullable=False),
        Column("actor_id", Integer, ForeignKey("members.id")),
        Column("event", String, nullable=False),
        Column("subject", String, nullable=False, index=True),
        Column("detail", String, nullable=False),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        Column("platform", String, primary_key=True),
        Column("event_id", String, primary_key=True),
        Column("at", DateTime, nullable=False, index=True),
        Column("state", words("inboxstate", "done parked"), nullable=False),
        Column("body", String, nullable=False),
        Column("error", String, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_parked", "inbox", ["state"], sqlite_where=text("state = 'parked'"))


def _cards() -> None:
    op.create_table(
        "cards",
        Column("id", Integer, primary_key=True),
        Column("platform", String, nullable=False),
        Column("chat", String, nullable=False),
        Column("thread", String, nullable=False),
        Column("subject", String, nullable=False, index=True),
        Column("message_id", String, nullable=False),
        Column("presses", String, nullable=False),
        Column("at", DateTime, nullable=False),
    )
    op.create_index("ix_cards_message", "cards", ["platform", "chat", "message_id"])
    op.create_index(
        "ix_cards_numbers", "cards", ["platform", "chat", "id"], sqlite_where=text("presses != '[]'")
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        Column("id", Integer, primary_key=True),
        Column("platform", String, nullable=False),
        Column("chat", String, nullable=False),
        Column("thread", String, nullable=False),
        Column("act", words("act", "say edit answer retract"), nullable=False),
        Column("urgency", words("urgency", "now answer notice counter"), nullable=False),
        Column("once", String, unique=True),
        Column("card_id", Integer, ForeignKey("cards.id")),
        Column("message_id", String, nullable=False),
        Column("body", String, nullable=False),
        Column("written_at", DateTime, nullable=False),
        Column("not_before", DateTime, nullable=False),
        Column("not_after", DateTime),
        Column("state", words("outboxstate", "waiting sending sent failed dropped doubtful"), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("error", String, nullable=False),
    )
    op.create_index(
        "ix_outbox_one_edit",
        "outbox",
        ["card_id"],
        unique=True,
        sqlite_where=text("act = 'edit' AND state = 'waiting'"),
    )
    op.create_index(
        "ix_outbox_waiting", "outbox", ["id"], sqlite_where=text("state IN ('waiting', 'sending')")
    )
