"""The commands for WeChat before a server of interfaces that knows its limits and that we did not write."""

import asyncio

import pytest

from tests.bot.cli.desk import Desk
from tests.bot.cli.test_wechat import CONFIG, CONFIGURED
from tests.bot.platforms.callbacks import weixin_api

pytestmark = [pytest.mark.anyio, pytest.mark.peer]


async def test_menu_codes_and_a_group_are_made_within_every_limit(desk: Desk) -> None:
    corps, accounts = {"ww1": "appSecret123"}, {"wx1": "oaSecret123"}
    async with weixin_api().FakeWeixin(corps=corps, accounts=accounts) as peer:
        desk.configures(CONFIG.format(url=peer.base_url.rstrip("/")))

        def setting_up() -> None:
            desk.has_a_roll()
            desk.done("wechat", "menu", "--commit", *CONFIGURED)
            desk.done("wechat", "qr", "--all", "--out", "codes", *CONFIGURED)
            desk.done(
                "wechat",
                "group",
                "3栋代表组",
                "--members",
                "zhangsan,lisi",
                "--as",
                "代表决议群",
                *CONFIGURED,
            )

        await asyncio.to_thread(setting_up)
        assert peer.count("menu/create") == 1
        assert peer.count("qrcode/create") == len(list((desk.folder / "codes").iterdir())) > 1
        (group,) = await asyncio.to_thread(desk.objects, "groups", "list", *CONFIGURED)
        assert group["address"].startswith("wecom_app:appchat:")
        assert peer.count("appchat/create") == 1
        assert peer.violations == []
        assert peer.advice == []
