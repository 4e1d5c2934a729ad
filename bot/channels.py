"""Which channels of WeChat the configuration opens, and under which addresses they are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

import httpx
from starlette.routing import Route

from bot.config import Config
from bot.config.handed import (
    wechat_oa_settings,
    wecom_aibot_settings,
    wecom_app_settings,
    wecom_webhook_settings,
)
from bot.platforms.base import Admit, Platform, Ring
from bot.platforms.telegram_settings import hush_wire_logs
from bot.platforms.wechat_calls import Around
from bot.platforms.wechat_vault import Vault
from bot.platforms.wecom_aibot_memory import Memory
from bot.platforms.wecom_aibot_settings import Mode
from bot.web import Endpoint

WECOM_APP = "/wecom/app"
WECHAT_OA = "/wechat/oa"
WECOM_AIBOT = "/wecom/aibot"
_METHODS = ["GET", "POST"]
_PATIENCE = httpx.Timeout(20, connect=10)


class Called(Protocol):
    """A channel that is called from outside."""

    def endpoint(self, admit: Admit) -> Endpoint:
        """What answers there."""
        ...


@dataclass(frozen=True, slots=True)
class Channels:
    """The open channels by name, and those among them that are called, by path."""

    platforms: Mapping[str, Platform] = field(default_factory=lambda: MappingProxyType({}))
    called: Mapping[str, Called] = field(default_factory=lambda: MappingProxyType({}))

    def routes(self, admit: Admit) -> list[Route]:
        """The pages the platforms call."""
        return [
            Route(path, channel.endpoint(admit), methods=_METHODS) for path, channel in self.called.items()
        ]

    def stopped(self) -> list[str]:
        """The channels that hear nothing until the program is started anew."""
        return [name for name, channel in self.platforms.items() if getattr(channel, "is_stopped", False)]

    async def close(self) -> None:
        """Let go of every line."""
        for platform in self.platforms.values():
            await platform.close()


def is_called(config: Config) -> bool:
    """Whether any channel can work only while it can be called from outside."""
    called = (config.wecom_app, config.wechat_oa)
    others = bool(config.telegram.webhook_url) or _is_called_aibot(config)
    return others or any(channel.configured for channel in called)


def any_other(config: Config) -> bool:
    """Whether any channel but Telegram is configured."""
    others = (config.wecom_aibot, config.wecom_app, config.wecom_webhook, config.wechat_oa)
    return any(channel.configured for channel in others)


def _is_called_aibot(config: Config) -> bool:
    return config.wecom_aibot.configured and config.wecom_aibot.mode is Mode.URL


def open_channels(config: Config, clock: Callable[[], datetime], vault: Vault, memory: Memory) -> Channels:
    """Open what is configured. The parts of a channel are loaded when it is."""
    platforms: dict[str, Platform] = {}
    ring: Ring | None = None
    called: dict[str, Called] = {}
    hush_wire_logs()
    if config.wecom_app.configured:
        from bot.platforms.wecom_app import WecomApp  # noqa: PLC0415 - brings wechatpy

        app = WecomApp(wecom_app_settings(config), around(clock, vault))
        platforms[app.name] = called[WECOM_APP] = app
    if config.wecom_webhook.configured:
        from bot.platforms.wecom_webhook import WecomWebhook  # noqa: PLC0415 - the same

        hooks = WecomWebhook(wecom_webhook_settings(config), around(clock, vault))
        platforms[hooks.name], ring = hooks, hooks.ring
    if config.wechat_oa.configured:
        from bot.platforms.wechat_oa import WechatOa  # noqa: PLC0415 - the same

        account = WechatOa(wechat_oa_settings(config), around(clock, vault))
        platforms[account.name] = called[WECHAT_OA] = account
    if config.wecom_aibot.configured:
        from bot.platforms.wecom_aibot import Surroundings, WecomAibot  # noqa: PLC0415 - brings websockets

        aibot = WecomAibot(wecom_aibot_settings(config), Surroundings(memory, clock, ring=ring))
        platforms[aibot.name] = aibot
        if _is_called_aibot(config):
            called[WECOM_AIBOT] = aibot
    return Channels(platforms, called)


def around(clock: Callable[[], datetime], vault: Vault) -> Around:
    """What lies between a channel and the world, the real one."""
    return Around(httpx.AsyncClient(timeout=_PATIENCE), clock, vault)
