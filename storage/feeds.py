"""Calendars that phones subscribe to, and the meetings that stand in them."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Feed, Meeting
from storage.rows import many, one
from storage.tables import feeds, meetings, reminders

_BY_TOKEN = select(feeds).where(feeds.c.token == bindparam("token"))
_OF_BODY = select(feeds).where(
    feeds.c.community_id == bindparam("community"), feeds.c.body == bindparam("body")
)
_MEETINGS = (
    select(meetings)
    .where(
        meetings.c.community_id == bindparam("community"),
        meetings.c.body == bindparam("body"),
        meetings.c.starts_at >= bindparam("since"),
        meetings.c.notice_at.is_(None),
    )
    .order_by(meetings.c.starts_at, meetings.c.id)
)
_REMINDED = (
    select(reminders.c.minutes)
    .where(reminders.c.meeting_id == bindparam("meeting"), reminders.c.minutes > 0)
    .order_by(reminders.c.minutes.desc())
)
_PUT = insert(feeds)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["community_id", "body"],
    set_={"token": _PUT.excluded.token, "made_at": _PUT.excluded.made_at},
)


async def by_token(tx: Transaction, token: str) -> Feed | None:
    """The calendar behind a link."""
    return await one(tx, Feed, _BY_TOKEN, {"token": token})


async def of_body(tx: Transaction, community_id: int, body: str) -> Feed | None:
    """The calendar of a body, where somebody has asked for it."""
    return await one(tx, Feed, _OF_BODY, {"community": community_id, "body": body})


async def put(tx: Transaction, feed: Feed) -> None:
    """Give a body this calendar; the link it had before leads nowhere."""
    await tx.run(_PUT, {name: getattr(feed, name) for name in feeds.c.keys()})  # noqa: SIM118


async def meetings_in(tx: Transaction, feed: Feed, since: datetime) -> list[Meeting]:
    """The meetings of the body that people were called to, also cancelled ones, from a moment on."""
    values = {"community": feed.community_id, "body": feed.body, "since": since}
    return await many(tx, Meeting, _MEETINGS, values)


async def reminded(tx: Transaction, meeting_id: int) -> tuple[int, ...]:
    """How many minutes before a meeting its people are reminded, the earliest first."""
    return tuple(int(row[0]) for row in await tx.rows(_REMINDED, {"meeting": meeting_id}))
