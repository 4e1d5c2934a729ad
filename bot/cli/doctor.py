"""What the doctor looks at, and in which order. Looking changes nothing."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from bot.channels import WECHAT_OA, WECOM_AIBOT, WECOM_APP, any_other, around
from bot.cli import ailments
from bot.cli.ailments import Found, Level
from bot.cli.opening import outdated
from bot.cli.understand_eval import automation
from bot.config import Config
from bot.config.handed import (
    telegram_settings,
    wechat_oa_settings,
    wecom_aibot_settings,
    wecom_app_settings,
    wecom_webhook_settings,
)
from bot.platforms.telegram_settings import PLATFORM
from bot.platforms.wechat_calls import Around
from bot.platforms.wechat_vault import OwnVault
from handlers.texts import text
from storage import groups
from storage.database import Database, Transaction, sqlite_path
from storage.messages import Address
from storage.standing import Standing, damage, is_running, look


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
    found += await _others(config)
    if config.second_opinion.url:
        from bot.cli.advised import second_opinion

        found += await second_opinion(config)
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
            *[Found("understanding", Level.OK, said) for said in await automation(tx, config, now)],
        ]

    for one in await database.read(everything):
        yield one
    bound += [groups.address_of(group) for group in await database.read(groups.everywhere)]


async def _telegram(config: Config, bound: Sequence[Address]) -> list[Found]:
    if not config.telegram.configured:
        quiet = any_other(config)
        return [] if quiet else [Found("telegram", Level.WARNING, text("cli_check.no_token"))]
    from bot.platforms.telegram import Telegram

    telegram = Telegram(telegram_settings(config))
    try:
        findings = await telegram.examine([address for address in bound if address.platform == PLATFORM])
    finally:
        await telegram.close()
    return [Found("telegram", Level(finding.level.value), finding.sentence) for finding in findings]


async def _others(config: Config) -> list[Found]:
    """The channels of WeChat; each asks for a pass of its own and leaves nothing behind."""
    found = []
    if config.wecom_aibot.configured:
        found += await _aibot(config)
    if config.wecom_app.configured:
        found += await _app(config)
    if config.wechat_oa.configured:
        found += await _account(config)
    if config.wecom_webhook.configured:
        found += _hooks(config)
    return [*found, *await _called(config)]


async def _called(config: Config) -> list[Found]:
    """Whether the addresses that platforms call lead here."""
    from bot.cli.reaching import reached
    from bot.platforms.wecom_aibot_settings import Mode

    called = {
        WECOM_AIBOT: config.wecom_aibot.configured and config.wecom_aibot.mode is Mode.URL,
        WECOM_APP: config.wecom_app.configured,
        WECHAT_OA: config.wechat_oa.configured,
    }
    addresses = [_reached(config, path) for path, is_open in called.items() if is_open]
    return [await reached("address", address) for address in addresses if address]


async def _app(config: Config) -> list[Found]:
    from bot.platforms.wecom_app import WecomApp

    app = WecomApp(wecom_app_settings(config), _afresh())
    try:
        findings = await app.examine(_reached(config, WECOM_APP))
    finally:
        await app.close()
    return [Found(app.name, Level(finding.level.value), finding.sentence) for finding in findings]


async def _account(config: Config) -> list[Found]:
    from bot.platforms.wechat_oa import WechatOa

    account = WechatOa(wechat_oa_settings(config), _afresh())
    try:
        findings = await account.examine(_reached(config, WECHAT_OA))
    finally:
        await account.close()
    return [Found(account.name, Level(finding.level.value), finding.sentence) for finding in findings]


def _hooks(config: Config) -> list[Found]:
    """To try a key would be to speak in its group."""
    hooks = wecom_webhook_settings(config)
    names = "、".join(hooks.keys)
    unknown = "、".join(name for name in hooks.rings.values() if name not in hooks.keys)
    found = [Found("wecom_webhook", Level.OK, text("wechat.webhook_names", names=names))]
    if unknown:
        said = text("wechat.webhook_unknown", names=unknown)
        found.append(Found("wecom_webhook", Level.WARNING, said))
    return found


def _afresh() -> Around:
    return around(lambda: datetime.now(UTC), OwnVault())


async def _aibot(config: Config) -> list[Found]:
    """Connecting puts whoever is connected off the line: while the program runs, it is left alone."""
    from bot.platforms import wecom_aibot_examine
    from bot.platforms.wecom_aibot_settings import PLATFORM as AIBOT

    settings = wecom_aibot_settings(config)
    if is_running(sqlite_path(config.storage.url)):
        findings = wecom_aibot_examine.running()
    else:
        findings = await wecom_aibot_examine.examine(settings, _reached(config, WECOM_AIBOT))
    return [Found(AIBOT, Level(finding.level.value), finding.sentence) for finding in findings]


def _reached(config: Config, path: str) -> str:
    return f"{config.web.public_url}{path}" if config.web.public_url else ""
