"""The journal, the inbox, the outbox and the cards posted."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from storage.messages import Act, Urgency
from storage.records import InboxState, OutboxState
from storage.tables.kinds import Moment, metadata, words

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", ForeignKey("members.id")),
    Column("event", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("detail", String, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("platform", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("state", words(InboxState), nullable=False),
    Column("body", String, nullable=False),
    Column("error", String, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_inbox_parked", inbox.c.state, sqlite_where=text("state = 'parked'"))

cards = Table(
    "cards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("message_id", String, nullable=False),
    Column("presses", String, nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_cards_message", cards.c.platform, cards.c.chat, cards.c.message_id)
Index("ix_cards_numbers", cards.c.platform, cards.c.chat, cards.c.id, sqlite_where=cards.c.presses != "[]")

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("act", words(Act), nullable=False),
    Column("urgency", words(Urgency), nullable=False),
    Column("once", String, unique=True),
    Column("card_id", ForeignKey("cards.id")),
    Column("message_id", String, nullable=False),
    Column("body", String, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("not_after", Moment),
    Column("state", words(OutboxState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", String, nullable=False),
)
Index("ix_outbox_waiting", outbox.c.id, sqlite_where=text("state IN ('waiting', 'sending')"))
# One edit at most waits for each card: a newer text takes the older one's place.
Index(
    "ix_outbox_one_edit",
    outbox.c.card_id,
    unique=True,
    sqlite_where=text("act = 'edit' AND state = 'waiting'"),
)
