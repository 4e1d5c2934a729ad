"""Who may cast whose ballot in a poll."""

from sqlalchemy import and_, delete, select

from storage.database import Transaction
from storage.records import Proxy
from storage.rows import many, one
from storage.tables import electors, proxies


async def add(tx: Transaction, proxy: Proxy) -> None:
    """Let the holder cast the ballot of the member; a member has at most one holder in a poll."""
    await tx.run(proxies.insert(), {name: getattr(proxy, name) for name in proxies.c.keys()})  # noqa: SIM118


async def of_member(tx: Transaction, poll_id: int, member_id: int) -> Proxy | None:
    """The proxy somebody has given in a poll."""
    mine = select(proxies).where(proxies.c.poll_id == poll_id, proxies.c.member_id == member_id)
    return await one(tx, Proxy, mine)


async def of_entry(tx: Transaction, poll_id: int, entry_id: int) -> list[Proxy]:
    """The proxies given by anybody who shares an entry of the electorate."""
    mine = (
        select(proxies)
        .join(
            electors,
            and_(electors.c.poll_id == proxies.c.poll_id, electors.c.member_id == proxies.c.member_id),
        )
        .where(proxies.c.poll_id == poll_id, electors.c.entry_id == entry_id)
    )
    return await many(tx, Proxy, mine)


async def of_poll(tx: Transaction, poll_id: int) -> list[Proxy]:
    """Every proxy of a poll."""
    return await many(tx, Proxy, select(proxies).where(proxies.c.poll_id == poll_id))


async def held_by(tx: Transaction, poll_id: int, holder_id: int) -> list[Proxy]:
    """The proxies somebody holds in a poll, in the order of those who gave them."""
    mine = select(proxies).where(proxies.c.poll_id == poll_id, proxies.c.holder_id == holder_id)
    return await many(tx, Proxy, mine.order_by(proxies.c.member_id))


async def withdraw(tx: Transaction, poll_id: int, member_id: int) -> None:
    """The member's proxy is no more."""
    await tx.run(delete(proxies).where(proxies.c.poll_id == poll_id, proxies.c.member_id == member_id))
