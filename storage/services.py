"""To whom the ballot of a poll demonstrably came."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Service
from storage.rows import many
from storage.tables import services


async def add(tx: Transaction, service: Service) -> bool:
    """The ballot reached somebody; False when that was known already, and the first proof stands."""
    fields = {name: getattr(service, name) for name in services.c.keys()}  # noqa: SIM118
    return bool(await tx.run(insert(services).on_conflict_do_nothing(), fields))


async def of_poll(tx: Transaction, poll_id: int) -> list[Service]:
    """Every proof of service in a poll."""
    return await many(tx, Service, select(services).where(services.c.poll_id == poll_id))
