"""A program that receives into a database and does nothing else; it is there to be killed.

python -m tests.bot.platforms.receiver BASE_URL TOKEN DATABASE
"""

import asyncio
import sqlite3
import sys

from bot.platforms.telegram import Telegram
from bot.platforms.telegram_settings import TelegramSettings
from storage.messages import Inbound


async def receive(base_url: str, token: str, path: str) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS inbox (event_id TEXT PRIMARY KEY, seen INT DEFAULT 1)")

    async def admit(events: list[Inbound]) -> None:
        database.execute("BEGIN IMMEDIATE")
        for event in events:
            # Slow enough that a kill falls into the middle of a batch.
            await asyncio.sleep(0.01)
            database.execute(
                "INSERT INTO inbox (event_id) VALUES (?) ON CONFLICT DO UPDATE SET seen = seen + 1",
                (event.event_id,),
            )
        database.execute("COMMIT")

    await Telegram(TelegramSettings(token, base_url)).listen(admit)


if __name__ == "__main__":
    asyncio.run(receive(*sys.argv[1:]))
