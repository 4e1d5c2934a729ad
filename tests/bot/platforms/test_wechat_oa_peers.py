"""The account before judges other people wrote: a crypto of the community calls it, a server with all limits is called."""

from datetime import UTC, datetime

import httpx
import pytest

from bot.platforms.base import Silent
from bot.platforms.wechat_calls import Around
from bot.platforms.wechat_oa import WechatOa
from bot.platforms.wechat_oa_settings import Filling, TemplateField, WechatOaSettings
from bot.platforms.wechat_vault import OwnVault
from storage.messages import Act, Address, Card, Inbound, Outgoing, Urgency
from tests.bot.platforms.callbacks import calls, served, weixin_api
from tests.weixin import KEY, TOKEN

pytestmark = [pytest.mark.anyio, pytest.mark.peer]
OPENID = Address("wechat_oa", "oOPENID")
FIELDS = (TemplateField("thing1", Filling.TEXT), TemplateField("time3", Filling.TIME))


class House:
    """Answers every first saying; remembers what was admitted."""

    def __init__(self, key: str, base_url: str = "http://127.0.0.1:9/cgi-bin/") -> None:
        self.events: list[Inbound] = []
        around = Around(httpx.AsyncClient(trust_env=False), lambda: datetime.now(UTC), OwnVault())
        settings = WechatOaSettings("wx1", "SECRET", TOKEN, key, "TPL", FIELDS, base_url=base_url)
        self.account = WechatOa(settings, around)

    async def admit(self, events: list[Inbound]) -> None:
        known = {event.event_id for event in self.events}
        new = [event for event in events if event.event_id not in known]
        self.events += new
        if any(event.content.kind == "said" for event in new):
            await self.say(Card("已受理 ]]> & <b> 😀"))

    async def say(self, card: Card) -> str:
        return await self.account.perform(Outgoing(Act.SAY, OPENID, card), Urgency.NOTICE)


@pytest.mark.parametrize(("mode", "key"), [("plain", ""), ("aes", KEY)])
async def test_every_callback_is_answered_to_the_judges_satisfaction(mode: str, key: str) -> None:
    house = House(key)
    more = ("--mode", mode, "--key", KEY, "--appid", "wx1") if key else ("--mode", mode)

    async def called(url: str, command: str, *words: str) -> list[dict[str, object]]:
        arguments = (command, "--url", url, "--token", TOKEN, *more, *words)
        return await calls("wechat_oa_callbacks.mjs", "wechat-crypto", *arguments)

    async with served(house.account.endpoint(house.admit)) as url:
        await called(url, "verify")
        answers = await called(url, "text", "--repeat", "3")
        await called(url, "subscribe", "--scene", "b3")
        await called(url, "scan", "--scene", "b3")
        await called(url, "click")
        await called(url, "unsubscribe")
        await called(url, "template", "--status", "failed")
        before = len(house.events)
        await called(url, "text", "--bad-signature")
        await called(url, "text", "--garbage")
        assert len(house.events) == before
    await house.account.close()
    assert [event.content.kind for event in house.events] == [
        *("said", "presence", "said", "presence", "said", "said", "presence"),
    ]
    assert all("已受理 ]]> & <b> 😀" in str(answer) for answer in answers[:3])


async def test_the_windows_of_wechat_are_kept_and_the_template_is_one_it_takes() -> None:
    async with weixin_api().FakeWeixin(accounts={"wx1": "SECRET"}, templates={"TPL"}) as peer:
        house = House(KEY, peer.base_url)
        peer.interact("oOPENID")
        for number in range(5):
            await house.say(Card(f"第{number}条"))
        with pytest.raises(Silent):
            await house.say(Card("您的诉求〔2026〕12号 已经办结，请您评价一下办得怎么样\n详情见下"))
        assert peer.count("message/template/send") == 1
        peer.interact("oOPENID")
        peer.revoke_tokens()
        await house.say(Card("第一条\n" * 800))
        await house.account.close()
        assert peer.count("stable_token") == 2
        assert [one for one in peer.violations if "time limit" not in one and "count limit" not in one] == []
