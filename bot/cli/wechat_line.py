"""The line of the Official Account and of the app, for commands: whatever goes wrong there ends in a sentence."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.channels import around
from bot.cli.front import Refused
from bot.config import Config
from bot.config.handed import wechat_oa_settings, wecom_app_settings
from bot.platforms import wechat_calls, wechat_oa_examine, wecom_app_examine
from bot.platforms.base import SendError
from bot.platforms.findings import Finding
from bot.platforms.wechat_badge import Badge
from bot.platforms.wechat_calls import Line
from bot.platforms.wechat_vault import OwnVault
from handlers.texts import sentences, text

Explain = Callable[[wechat_calls.Refused], Finding]


@asynccontextmanager
async def account_line(config: Config) -> AsyncIterator[Line]:
    """The line of the Official Account. Refused without one, and with what WeChat's errcodes mean."""
    if not config.wechat_oa.configured:
        raise Refused(text("wechat_cli.no_account"))
    settings = wechat_oa_settings(config)
    async with _line(settings.base_url, settings.badge(), wechat_oa_examine.why) as line:
        yield line


@asynccontextmanager
async def app_line(config: Config) -> AsyncIterator[Line]:
    """The line of the self-built app. Refused without one, and with what WeCom's errcodes mean."""
    if not config.wecom_app.configured:
        raise Refused(text("wechat_cli.no_app"))
    settings = wecom_app_settings(config)
    async with _line(settings.base_url, settings.badge(), wecom_app_examine.why) as line:
        yield line


@asynccontextmanager
async def _line(base_url: str, badge: Badge, why: Explain) -> AsyncIterator[Line]:
    """A pass is asked for afresh and left behind nowhere."""
    world = around(lambda: datetime.now(UTC), OwnVault())
    try:
        yield Line(base_url, badge, world)
    except wechat_calls.Refused as no:
        raise Refused(_explained(no, why)) from None
    except SendError as fault:
        raise Refused(text("wechat_cli.no_answer", reason=fault)) from None
    finally:
        await world.client.aclose()


def _explained(no: wechat_calls.Refused, why: Explain) -> str:
    """What a command can say of a code, else what the doctor says of it."""
    key = f"wechat_cli.errcode_{no.code}"
    return text(key) if key in sentences() else why(no).sentence
