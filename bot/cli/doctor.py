"""What the doctor looks at, and in which order. Looking changes nothing."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from bot.cli import ailments
from bot.cli.ailments import Found, Level
from bot.cli.opening import outdated
from bot.config import Config
from bot.config.handed import telegram_settings
from bot.platforms.telegram_settings import PLATFORM
from handlers.texts import text
from storage import groups
from storage.database import Database, Transaction, sqlite_path
from storage.messages import Address
from storage.standing import Standing, damage, look


async def examine(config: Config) -> list[Found]:
    """Everything about this installation, one finding a line."""
    found = [Found("config", Level.OK, text("cli_check.config_fine")), *ailments.operators(config)]
    found += ailments.time_zone(config, datetime.now(UTC))
    found += ailments.disk(sqlite_path(config.storage.url))
    bound: list[Address] = []
    async for one in _database(config, bound):
        found.append(one)
    found += ailments.procedures()
    found += await _telegram(config, bound)
    return found


async def _database(config: Config, bound: list[Address]) -> AsyncIterator[Found]:
    path = sqlite_path(config.storage.url)
    standing = look(path)
    if standing in {Standing.MISSING, Standing.EMPTY}:
        yield Found("database", Level.WARNING, text("cli_check.database_none", path=path))
        return
    reasons = _unfit(standing, config)
    if reasons:
        for reason in reasons:
            yield Found("database", Level.ERROR, reason)
        return
    try:
        database = await Database.open(config.storage.url)
    except sqlite3.Error as fault:
        yield Found("database", Level.ERROR, text("cli.database_broken", reason=str(fault)))
        return
    try:
        async for one in _inside(database, config, bound):
            yield one
    finally:
        await database.close()


def _unfit(standing: Standing, config: Config) -> Sequence[str]:
    path = sqlite_path(config.storage.url)
    if standing is not Standing.OURS:
        return [text(f"cli.database_{standing.value}", path=path)]
    return [text("cli_check.database_damaged", what=what) for what in damage(path)]


async def _inside(database: Database, config: Config, bound: list[Address]) -> AsyncIterator[Found]:
    old = await outdated(database)
    if old:
        yield Found("schema", Level.ERROR, old)
        return
    yield Found("database", Level.OK, text("cli_check.database_fine", path=database.path))
    now, zone = datetime.now(UTC), config.community.timezone

    async def everything(tx: Transaction) -> list[Found]:
        return [
            *await ailments.clock(tx, now, zone),
            *await ailments.traces(tx, now),
            *await ailments.bindings(tx),
            *await ailments.roll(tx),
        ]

    for one in await database.read(everything):
        yield one
    bound += [groups.address_of(group) for group in await database.read(groups.everywhere)]


async def _telegram(config: Config, bound: Sequence[Address]) -> list[Found]:
    if not config.telegram.configured:
        return [Found("telegram", Level.WARNING, text("cli_check.no_token"))]
    from bot.platforms.telegram import Telegram

    telegram = Telegram(telegram_settings(config))
    try:
        findings = await telegram.examine([address for address in bound if address.platform == PLATFORM])
    finally:
        await telegram.close()
    return [Found("telegram", Level(finding.level.value), finding.sentence) for finding in findings]
