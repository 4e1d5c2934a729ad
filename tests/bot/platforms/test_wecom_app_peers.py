"""The app before judges other people wrote: Tencent's own crypto calls it, a server with all limits is called by it."""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from bot.platforms.base import TryLater
from bot.platforms.wechat_calls import Around
from bot.platforms.wechat_vault import OwnVault
from bot.platforms.wecom_app import WecomApp
from bot.platforms.wecom_app_settings import WecomAppSettings
from storage.messages import Act, Address, Button, Card, Outgoing, Pressed, Urgency
from tests.bot.platforms.callbacks import calls, served, weixin_api
from tests.weixin import KEY, TOKEN, Disk

pytestmark = [pytest.mark.anyio, pytest.mark.peer]
ROWS = ((Button("赞成", "ballot:7:yes"), Button("反对", "ballot:7:no")),)
ZHANG = Address("wecom_app", "zhangsan")
PAGES = "https://yishi.example.org/p/"


def the_app(base_url: str = "http://127.0.0.1:9/cgi-bin/") -> WecomApp:
    client = httpx.AsyncClient(timeout=10, trust_env=False)
    around = Around(client, lambda: datetime.now(UTC), OwnVault())
    return WecomApp(WecomAppSettings("ww1", 1000002, "SECRET", TOKEN, KEY, base_url, PAGES), around)


async def called(url: str, command: str, *more: str) -> None:
    arguments = (command, "--url", url, "--token", TOKEN, "--key", KEY, "--corp", "ww1", *more)
    assert await calls("wecom_callbacks.mjs", "@wecom/crypto", *arguments)


async def test_tencents_crypto_is_satisfied_with_every_callback() -> None:
    app, disk = the_app(), Disk()
    async with served(app.endpoint(disk.admit)) as url:
        await called(url, "app-verify")
        await called(url, "app-text", "--text", "3栋电梯坏了]]>&", "--repeat", "3")
        await called(url, "app-card", "--task", "y1", "--select", "q=ballot:7:yes", "--response-code", "RC")
        await called(url, "app-enter")
    await app.close()
    assert [event.content.kind for event in disk.events] == ["said", "pressed", "presence"]
    assert disk.events[0].content.text == "3栋电梯坏了]]>&"
    assert disk.events[1].content == Pressed("ballot:7:yes", "vote_interaction@y1", disk.events[1].event_id)


@pytest.mark.parametrize("forgery", ["--bad-signature", "--wrong-id", "--garbage"])
async def test_a_forged_callback_is_refused(forgery: str) -> None:
    app, disk = the_app(), Disk()
    async with served(app.endpoint(disk.admit)) as url:
        await called(url, "app-text", forgery)
    await app.close()
    assert not disk.events


async def test_no_limit_of_wecom_is_broken_by_what_is_said() -> None:
    async with weixin_api().FakeWeixin(corps={"ww1": "SECRET"}) as peer:
        app = the_app(peer.base_url)

        async def do(act: Act, card: Card, to: Address = ZHANG, message: str = "") -> str:
            return await app.perform(Outgoing(act, to, card, message), Urgency.NOTICE)

        shown = await do(Act.SAY, Card("🗳 是否同意加装电梯", ROWS))
        await do(Act.SAY, Card(f"📄 {'长' * 40}\n{'文' * 160}\n核对：{PAGES}K7M2QX9A"))
        assert [body["msgtype"] for body in peer.sent("message/send")] == ["template_card", "textcard"]
        await do(Act.SAY, Card("第一条 邻居们注意😀\n" * 300, ROWS), Address("wecom_app", "lisi"))
        await do(Act.EDIT, Card("🗳 是否同意加装电梯\n已截止"), ZHANG, shown)
        assert peer.count("message/update_template_card") == 1
        peer.expire_tokens()
        people = (Address("wecom_app", f"u{n}") for n in range(50))
        await asyncio.gather(*(do(Act.SAY, Card("开会了"), person) for person in people))
        peer.revoke_tokens()
        await do(Act.RETRACT, Card(""), ZHANG, shown)
        peer.fail("message/send", 45009)
        with pytest.raises(TryLater):
            await do(Act.SAY, Card("x"))
        await app.close()
        assert peer.count("gettoken") == 3
        assert peer.count("message/recall") >= 1
        assert peer.violations == []
        assert peer.advice == []
