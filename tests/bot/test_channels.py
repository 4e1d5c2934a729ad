"""Any set of channels is opened from one configuration."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels import any_other, is_called, open_channels
from bot.config import load_config
from bot.platforms.wechat_vault import OwnVault
from bot.platforms.wecom_aibot import WecomAibot
from bot.platforms.wecom_aibot_memory import HouseMemory
from bot.platforms.wecom_webhook import WecomWebhook
from handlers.settings import Settings
from storage.database import Database
from tests.bot.test_config_channels import ACCOUNT, APP
from tests.weixin import NOW, Disk

pytestmark = pytest.mark.anyio
AIBOT = '[wecom_aibot]\nbot_id = "BOT"\nsecret = "secret-of-bot"\n'
HOOKS = '[wecom_webhook]\nkeys = "群=693a91f6-7d"\n'


@pytest.mark.parametrize(
    ("said", "names", "paths"),
    [
        ("", [], []),
        (HOOKS, ["wecom_webhook"], []),
        (APP, ["wecom_app"], ["/wecom/app"]),
        (APP + HOOKS + ACCOUNT, ["wecom_app", "wecom_webhook", "wechat_oa"], ["/wecom/app", "/wechat/oa"]),
    ],
)
async def test_what_is_configured_is_open_and_nothing_else(
    tmp_path: Path, said: str, names: list[str], paths: list[str]
) -> None:
    (tmp_path / "config.toml").write_text(said, "utf-8")
    config = load_config(tmp_path / "config.toml", {})
    database = await Database.open(f"sqlite:///{tmp_path / 'house.db'}")
    channels = open_channels(config, lambda: NOW, OwnVault(), HouseMemory(database, Settings()))
    assert list(channels.platforms) == names
    assert list(channels.called) == paths
    assert (any_other(config), is_called(config)) == (bool(names), bool(paths))
    transport = httpx.ASGITransport(Starlette(routes=channels.routes(Disk().admit)))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
        for path in paths:
            assert (await http.get(path)).status_code == 403
            assert (await http.post(path, content=b"<xml/>")).status_code in {400, 403}
    await channels.close()
    await database.close()


async def test_the_ai_bot_calls_people_through_the_webhooks_where_there_are_any(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path / 'house.db'}")
    memory = HouseMemory(database, Settings())
    for said, is_rung in ((AIBOT, False), (AIBOT + HOOKS, True)):
        (tmp_path / "config.toml").write_text(said, "utf-8")
        channels = open_channels(load_config(tmp_path / "config.toml", {}), lambda: NOW, OwnVault(), memory)
        bot, hooks = channels.platforms["wecom_aibot"], channels.platforms.get("wecom_webhook")
        assert isinstance(bot, WecomAibot)
        assert (bot._around.ring is not None) is is_rung
        assert not hooks or (isinstance(hooks, WecomWebhook) and bot._around.ring == hooks.ring)
        await channels.close()
    await database.close()
