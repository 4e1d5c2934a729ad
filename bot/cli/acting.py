"""What the operator does to the house: one transaction, through the handlers, with its lines in the journal."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar
from uuid import uuid4

from bot.hearing import learn_to_hear
from handlers.house import all_routes
from handlers.settings import Settings
from handlers.work import House, Work, write_down
from storage.database import Database, Transaction
from storage.messages import Address, Inbound, Said

T = TypeVar("T")


def house_of(settings: Settings) -> House:
    """The house without its platforms: who follows whom, and who draws what."""
    routes = all_routes()
    return House(routes.reactions, routes.drawings, settings)


async def listening_house(database: Database, settings: Settings) -> House:
    """The same, hearing people with all it has learned."""
    house = house_of(settings)
    await learn_to_hear(database, settings, house.hearings)
    return house


async def act(database: Database, settings: Settings, job: Callable[[Work], Awaitable[T]]) -> T:
    """Do `job` in a transaction of its own and write down what it said and recorded."""
    now = datetime.now(UTC)
    event = Inbound("cli", uuid4().hex, Address("cli", "operator"), now, Said("", ""))

    async def whole(tx: Transaction) -> T:
        work = Work(tx, house_of(settings), event, now)
        result = await job(work)
        await write_down(tx, [work], now)
        return result

    return await database.write(whole)
