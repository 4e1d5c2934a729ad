"""A bot on the line of a server of our own: what the tests of the AI bot begin with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from bot.platforms.wecom_aibot import WecomAibot
from bot.platforms.wecom_aibot_keeping import Condition
from bot.platforms.wecom_aibot_settings import PLATFORM
from storage.messages import Act, Address, Card, Outgoing
from tests.peers import eventually
from tests.wecom_line import Hands, Hearer, Remembered, WecomLine

GROUP = Address(PLATFORM, "wrCHAT")


@asynccontextmanager
async def running(bot: WecomAibot, hearer: Hearer) -> AsyncIterator[asyncio.Future[None]]:
    listening = asyncio.ensure_future(bot.listen(hearer.admit))
    try:
        yield listening
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        await bot.close()


@asynccontextmanager
async def talking(
    memory: Remembered | None = None, **settings: Any
) -> AsyncIterator[tuple[WecomLine, WecomAibot, Hearer]]:
    """A server, a bot that is subscribed there, and where its events go."""
    async with WecomLine(Hands()) as server:
        bot, hearer = server.bot(memory, **settings), Hearer()
        async with running(bot, hearer):
            await eventually(lambda: server.connected)
            await eventually(lambda: bot.condition is Condition.CONNECTED)
            yield server, bot, hearer


def say(text: str, chat: Address = GROUP, reply_to: str = "") -> Outgoing:
    return Outgoing(Act.SAY, chat, Card(text), reply_to)


async def heard(hearer: Hearer, count: int) -> None:
    await eventually(lambda: len(hearer.events) >= count)
