"""The Official Account: what comes in, what goes back in the same breath, and what has to wait."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
import xmltodict
from wechatpy.crypto import WeChatCrypto

from bot.platforms import wechat_oa_breath
from bot.platforms.base import Doubtful, Rejected, Silent, Unavailable, Unreachable
from bot.platforms.wechat_oa import WechatOa
from bot.platforms.wechat_oa_settings import Filling, TemplateField, WechatOaSettings
from storage.messages import (
    Act,
    Address,
    Button,
    Card,
    File,
    FileKind,
    Inbound,
    Location,
    Made,
    Outgoing,
    Presence,
    Said,
    Urgency,
)
from tests.weixin import KEY, TOKEN, Caller, Disk, FakeWeixin, xml

pytestmark = pytest.mark.anyio
WANG = Address("wechat_oa", "oWANG")
ROWS = ((Button("赞成", "ballot:7:yes"), Button("反对", "ballot:7:no")),)
FIELDS = (
    TemplateField("thing1", Filling.TEXT),
    TemplateField("time3", Filling.TIME),
    TemplateField("phrase2", Filling.FIXED, "待查看"),
)


@dataclass
class World:
    """The account between its platform and a disk; `answer` is what the house says to whatever comes in."""

    api: FakeWeixin = field(default_factory=FakeWeixin)
    disk: Disk = field(default_factory=Disk)
    answer: Card | None = None
    template: str = ""

    def __post_init__(self) -> None:
        settings = WechatOaSettings(
            "wx1", "SECRET", TOKEN, KEY, self.template, FIELDS, base_url="https://fake/cgi-bin/"
        )
        self.account = WechatOa(settings, self.api.around())
        self.wechat = Caller(self.account.endpoint(self.admit), "wx1", lambda: self.api.now)

    async def admit(self, events: list[Inbound]) -> None:
        known = len(self.disk.events)
        await self.disk.admit(events)
        if self.answer and len(self.disk.events) > known:
            await self.say(self.answer)

    async def say(self, card: Card, *made: Made) -> str:
        return await self.account.perform(Outgoing(Act.SAY, WANG, card, "", made), Urgency.NOTICE)

    def sent(self) -> list[dict[str, Any]]:
        return self.api.sent("message/custom/send")


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wechat_oa_breath, "PATIENCE", 0.05)


@pytest.fixture
def world() -> World:
    return World()


def message(**fields: object) -> str:
    return xml(ToUserName="gh_1", FromUserName="oWANG", CreateTime=1795165800, **fields)


def text(words: str, number: str = "71") -> str:
    return message(MsgType="text", Content=words, MsgId=number)


def opened(answer: httpx.Response) -> dict[str, Any]:
    """The reply, unsealed by the library itself."""
    outer = xmltodict.parse(answer.text)["xml"]
    crypto = WeChatCrypto(TOKEN, KEY, "wx1")
    plain = crypto.decrypt_message(answer.text, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
    return dict(xmltodict.parse(plain)["xml"])


async def test_the_answer_goes_back_with_the_message_and_is_the_same_for_its_repetitions(
    world: World,
) -> None:
    world.answer = Card("已受理 ]]> & <b>")
    answers = [opened(await world.wechat.post(text("3栋噪音"))) for _ in range(3)]
    assert [one["Content"] for one in answers] == ["已受理 ]]> & <b>"] * 3
    assert (answers[0]["ToUserName"], answers[0]["FromUserName"]) == ("oWANG", "gh_1")
    assert not world.sent()
    assert len(world.disk.events) == 1


async def test_what_is_said_after_the_answer_is_a_message_of_its_own(world: World) -> None:
    world.answer = Card("第一条\n" * 800)
    assert opened(await world.wechat.post(text("x")))["Content"].startswith("第一条")
    assert len(world.sent()) == 3
    await world.say(Card("后来的"))
    assert world.sent()[-1] == {"touser": "oWANG", "msgtype": "text", "text": {"content": "后来的"}}
    assert all(len(body["text"]["content"].encode()) <= 2048 for body in world.sent())


async def test_a_message_nobody_answers_in_time_gets_an_empty_200_and_the_rest_comes_later(
    world: World,
) -> None:
    answer = await world.wechat.post(text("x"))
    assert (answer.status_code, answer.content) == (200, b"")
    await world.say(Card("晚了一步"))
    assert len(world.sent()) == 1


async def test_while_the_disk_is_full_wechat_is_asked_to_repeat_and_then_answered(world: World) -> None:
    world.disk.full, world.answer = True, Card("已受理")
    assert (await world.wechat.post(text("x"))).status_code == 503
    world.disk.full = False
    assert opened(await world.wechat.post(text("x")))["Content"] == "已受理"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"Event": "subscribe", "EventKey": "qrscene_b3", "Ticket": "gQ"}, "/start b3"),
        ({"Event": "subscribe", "EventKey": ""}, "/start"),
        ({"Event": "SCAN", "EventKey": "b3", "Ticket": "gQ"}, "/start b3"),
    ],
)
async def test_following_and_scanning_is_coming_in_with_the_code_in_hand(
    world: World, event: dict[str, str], words: str
) -> None:
    await world.wechat.post(message(MsgType="event", **event))
    came, said = world.disk.events
    assert came.content == Presence("inside")
    assert said.content.text == words
    assert came.event_id != said.event_id


async def test_a_menu_item_is_the_command_it_names_and_leaving_is_leaving(world: World) -> None:
    await world.wechat.post(message(MsgType="event", Event="CLICK", EventKey="我的"))
    await world.wechat.post(message(MsgType="event", Event="unsubscribe", EventKey=""))
    await world.wechat.post(message(MsgType="event", Event="TEMPLATESENDJOBFINISH", MsgID=1, Status="failed"))
    await world.wechat.post(message(MsgType="event", Event="VIEW", EventKey="https://x"))
    assert [event.content.kind for event in world.disk.events] == ["said", "presence"]
    assert world.disk.events[0].content.text == "我的"


async def test_a_recording_comes_with_its_transcript_and_pictures_and_places_are_heard(world: World) -> None:
    await world.wechat.post(message(MsgType="voice", MediaId="V", Recognition="三栋电梯坏了", MsgId=1))
    await world.wechat.post(message(MsgType="image", MediaId="P", PicUrl="http://x", MsgId=2))
    await world.wechat.post(
        message(MsgType="location", Location_X="30.27", Location_Y="120.15", Label="桂花里", MsgId=3)
    )
    voice, picture, place = (event.content for event in world.disk.events)
    assert (voice.text, voice.files) == ("三栋电梯坏了", (File(FileKind.VOICE, "wechat_oa:V"),))
    assert picture.files == (File(FileKind.PHOTO, "wechat_oa:P"),)
    assert place == Said("3", "桂花里", addressed=True, location=Location("30.272312", "120.145278"))


async def test_cards_are_numbered_lines_and_pictures_are_shown(world: World) -> None:
    picture = Made(FileKind.PHOTO, "made:picture:7", "公示.png", b"PNG")
    card = Card(
        "🗳 加装电梯",
        ROWS,
        (File(FileKind.PHOTO, picture.ref), File(FileKind.DOCUMENT, "made:paper:7", "公示.docx")),
    )
    await world.say(card, picture)
    words, shown = world.sent()
    assert "1. 赞成\n2. 反对\n请回数字选择。" in words["text"]["content"]
    assert "附件 1 份（公示.docx）" in words["text"]["content"]
    assert shown == {"touser": "oWANG", "msgtype": "image", "image": {"media_id": "MEDIA1"}}


async def test_what_may_not_be_pushed_waits_and_the_person_is_asked_once_a_day_to_write() -> None:
    world = World(template="TPL")
    for code in (45015, 45047, 45015):
        world.api.fail("message/custom/send", code)
        with pytest.raises(Silent):
            await world.say(Card("您的诉求〔2026〕12号已经办结，请您评价一下办得怎么样\n详情…"))
    (nudge,) = world.api.sent("message/template/send")
    assert nudge["data"] == {
        "thing1": {"value": "您的诉求〔2026〕12号已经办结，请…"},
        "time3": {"value": "2026-11-20 17:10"},
        "phrase2": {"value": "待查看"},
    }
    world.api.now += timedelta(days=1, minutes=1)
    world.api.fail("message/custom/send", 45015)
    with pytest.raises(Silent):
        await world.say(Card("还有一条"))
    assert len(world.api.sent("message/template/send")) == 2


async def test_without_a_template_it_only_waits(world: World) -> None:
    world.api.fail("message/custom/send", 45015)
    with pytest.raises(Silent, match="until the person writes"):
        await world.say(Card("x"))
    assert not world.api.sent("message/template/send")


async def test_who_has_left_is_out_of_reach() -> None:
    world = World(template="TPL")
    world.api.fail("message/custom/send", 45015)
    world.api.fail("message/template/send", 43004)
    with pytest.raises(Unreachable):
        await world.say(Card("x"))


async def test_a_card_whose_end_may_not_be_told_is_doubtful(world: World) -> None:
    world.answer = None
    world.api.fail("message/custom/send", 45047)
    coming = asyncio.ensure_future(world.wechat.post(text("x")))
    await asyncio.sleep(0.01)
    with pytest.raises(Doubtful):
        await world.say(Card("第一条\n" * 400))
    assert "第一条" in opened(await coming)["Content"]


@pytest.mark.parametrize(("code", "kind"), [(40164, Unavailable), (40003, Unreachable), (45002, Rejected)])
async def test_other_refusals_say_what_they_mean(world: World, code: int, kind: type[Exception]) -> None:
    world.api.fail("message/custom/send", code)
    with pytest.raises(kind):
        await world.say(Card("x"))


async def test_nothing_said_can_be_changed_here(world: World) -> None:
    changed = await world.account.perform(Outgoing(Act.EDIT, WANG, Card("y"), "oa-1"), Urgency.COUNTER)
    assert changed == "oa-1"
    assert await world.account.perform(Outgoing(Act.RETRACT, WANG, Card(""), "oa-1"), Urgency.ANSWER) == ""
    assert not world.api.calls


async def test_what_is_forged_old_or_unsealed_gets_nowhere(world: World) -> None:
    good = text("x")
    envelope = world.wechat.seal(good)
    stranger = Caller(world.wechat.endpoint, "wx2", lambda: world.api.now)
    refused = [
        await world.wechat.post(good, msg_signature="0" * 40),
        await stranger.post(good),
        await world.wechat.raw(good.encode(), **world.wechat.query(envelope)),
        await world.wechat.raw(b"<xml>" + b"a" * 70_000),
    ]
    world.api.now += timedelta(minutes=6)
    body = f"<xml><Encrypt>{envelope['Encrypt']}</Encrypt></xml>".encode()
    refused.append(await world.wechat.raw(body, **world.wechat.query(envelope)))
    assert [one.status_code for one in refused] == [403, 403, 403, 413, 403]
    assert not world.disk.events


def test_no_secret_shows_when_settings_are_printed() -> None:
    settings = WechatOaSettings("wx1", "SECRET", TOKEN, KEY)
    assert not any(secret in repr(settings) + repr(settings.badge()) for secret in ("SECRET", TOKEN, KEY))
