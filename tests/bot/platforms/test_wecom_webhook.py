"""Group webhooks: they speak, call people by name, and that is all."""

import httpx
import pytest

from bot.platforms import wecom_webhook
from bot.platforms.base import Doubtful, Rejected, SendError, TryLater, Unreachable
from bot.platforms.wechat_calls import Around
from bot.platforms.wecom_webhook import WecomWebhook
from bot.platforms.wecom_webhook_settings import WecomWebhookSettings
from storage.messages import Act, Address, Button, Card, File, FileKind, Outgoing, Urgency
from tests.bot.platforms.callbacks import weixin_api
from tests.weixin import FakeWeixin

pytestmark = pytest.mark.anyio
KEYS = {"3栋居民群": "693a91f6-7xxx-4bc4", "楼长群": "1b2c3d4e-5f60"}
GROUP = Address("wecom_webhook", "3栋居民群")


@pytest.fixture
def api() -> FakeWeixin:
    return FakeWeixin()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wecom_webhook, "_PAUSE", 0.0)


def channel(api: FakeWeixin, base_url: str = "https://fake/cgi-bin/") -> WecomWebhook:
    return WecomWebhook(WecomWebhookSettings(KEYS, base_url), api.around())


async def say(hooks: WecomWebhook, card: Card, to: Address = GROUP) -> str:
    return await hooks.perform(Outgoing(Act.SAY, to, card), Urgency.NOTICE)


async def test_a_reminder_calls_those_its_address_names(api: FakeWeixin) -> None:
    assert await say(channel(api), Card("今晚19:00 代表会"), Address("wecom_webhook", "楼长群", "lisi, @all"))
    (body,) = api.sent("webhook/send")
    assert body == {
        "msgtype": "text",
        "text": {"content": "今晚19:00 代表会", "mentioned_list": ["lisi", "@all"]},
        "key": KEYS["楼长群"],
    }
    assert not api.passes


async def test_nobody_is_called_by_what_a_resident_wrote(api: FakeWeixin) -> None:
    await say(channel(api), Card("<@all> 快来"))
    (body,) = api.sent("webhook/send")
    assert body["text"] == {"content": "＜@all> 快来"}


async def test_a_long_notice_is_cut_by_bytes_and_calls_once(api: FakeWeixin) -> None:
    lines = [f"第{number}条 各位邻居" for number in range(300)]
    await say(channel(api), Card("\n".join(lines)), Address("wecom_webhook", "楼长群", "lisi"))
    bodies = [body["text"] for body in api.sent("webhook/send")]
    assert all(len(body["content"].encode()) <= 2048 for body in bodies)
    assert "\n".join(body["content"] for body in bodies).split("\n") == lines
    assert [index for index, body in enumerate(bodies) if "mentioned_list" in body] == [len(bodies) - 1]


async def test_buttons_and_files_are_told_of_in_words(api: FakeWeixin) -> None:
    card = Card("🗳 加装电梯", ((Button("赞成", "b:1"),),), (File(FileKind.DOCUMENT, "made:1", "方案.docx"),))
    await say(channel(api), card)
    words = api.sent("webhook/send")[0]["text"]["content"]
    assert "1. 赞成" in words
    assert "方案.docx" in words
    assert "到与应用的单聊里办理" in words


async def test_what_was_said_can_neither_be_changed_nor_taken_back(api: FakeWeixin) -> None:
    hooks = channel(api)
    assert await hooks.perform(Outgoing(Act.EDIT, GROUP, Card("y"), "m"), Urgency.COUNTER) == "m"
    assert await hooks.perform(Outgoing(Act.RETRACT, GROUP, Card(""), "m"), Urgency.ANSWER) == ""
    assert not api.calls


@pytest.mark.parametrize(("code", "kind"), [(45009, TryLater), (93000, Unreachable), (40058, Rejected)])
async def test_a_refusal_says_what_it_means_without_the_key(
    api: FakeWeixin, code: int, kind: type[SendError]
) -> None:
    api.fail("webhook/send", code)
    with pytest.raises(kind) as caught:
        await say(channel(api), Card("x"))
    assert KEYS["3栋居民群"] not in f"{caught.value} {WecomWebhookSettings(KEYS)!r}"


async def test_a_name_nobody_configured_is_out_of_reach(api: FakeWeixin) -> None:
    with pytest.raises(Unreachable):
        await say(channel(api), Card("x"), Address("wecom_webhook", "别的群"))


async def test_an_end_that_does_not_come_through_is_tried_again_and_then_doubtful(api: FakeWeixin) -> None:
    hooks = channel(api)
    api.fail("webhook/send", None, 45009)
    await say(hooks, Card("一" * 1000))
    assert len(api.sent("webhook/send")) == 2
    api.fail("webhook/send", None, *[45009] * 10)
    with pytest.raises(Doubtful):
        await say(hooks, Card("一" * 1000))


@pytest.mark.peer
async def test_twenty_a_minute_satisfy_the_peers_server(api: FakeWeixin) -> None:
    async with weixin_api().FakeWeixin(webhooks=set(KEYS.values())) as peer:
        around = Around(httpx.AsyncClient(trust_env=False), api.around().clock, api.around().vault)
        hooks = WecomWebhook(WecomWebhookSettings(KEYS, peer.base_url), around)
        for number in range(20):
            await say(hooks, Card(f"第{number}条"), Address("wecom_webhook", "楼长群", "lisi"))
        assert peer.violations == []
        await hooks.close()
        assert hooks.pace(GROUP).chat == 20
