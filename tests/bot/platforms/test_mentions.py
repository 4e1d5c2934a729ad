"""A card that calls people, on each channel: whom it names, in which of its messages, and what else it still says."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
import structlog

from bot.platforms.telegram_calls import Called, SayFile, SayText
from bot.platforms.telegram_cut import units
from bot.platforms.telegram_render import in_words, render
from bot.platforms.wecom_webhook import WecomWebhook
from bot.platforms.wecom_webhook_settings import WecomWebhookSettings
from storage.messages import Card, Mention, Urgency
from tests.bot.platforms.cards import PHOTO, PLACE, ROWS, say
from tests.bot.platforms.wecom_app_world import REPS, ZHANG, World
from tests.fakes import FakeBotApi
from tests.weixin import FakeWeixin

pytestmark = pytest.mark.anyio
ZHAO, LI = Mention("5001", "赵长😀"), Mention("5002", "李四")
LISI, WANG = Mention("lisi", "李四"), Mention("wang.wu@x", "王五")
KEY = "1b2c3d4e-5f60"


def shown(text: SayText) -> list[str]:
    """What each call of a text covers, in the units Telegram counts."""
    coded = text.text.encode("utf-16-le")
    return [coded[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le") for one in text.called]


def texts(card: Card) -> Sequence[SayText]:
    return [call for call in render(say(card)) if isinstance(call, SayText)]


def test_telegram_calls_each_by_account_under_the_name_of_the_account() -> None:
    (text,) = texts(Card("⚠️ 危急 😀 5号楼", ROWS, mentions=(ZHAO, LI)))
    assert text.text == "⚠️ 危急 😀 5号楼\n@赵长😀 @李四"
    assert [one.account for one in text.called] == [5001, 5002]
    assert shown(text) == ["@赵长😀", "@李四"]
    assert text.keyboard is not None


def test_of_a_long_text_the_last_message_calls_and_none_is_too_long() -> None:
    found = texts(Card("第一条\n" * 1364, mentions=(ZHAO, LI)))
    assert len(found) == 2
    assert all(units(one.text) <= 4096 for one in found)
    assert [bool(one.called) for one in found] == [False, True]
    assert shown(found[-1]) == ["@赵长😀", "@李四"]


def test_pictures_and_places_go_before_the_text_that_calls() -> None:
    calls = render(say(Card("灯坏了", ROWS, (PHOTO,), PLACE, (LI,))))
    assert isinstance(calls[-1], SayText)
    assert calls[-1].called == (Called(5002, "@李四", 4, 3),)
    assert any(isinstance(call, SayFile) and not call.caption for call in calls)
    bare = in_words(say(Card("灯坏了", ROWS, (PHOTO,), None, (LI,))))
    assert bare.card.mentions == (LI,)


def test_fifty_people_with_long_names_still_fit_one_message_and_accounts_of_elsewhere_are_left_out() -> None:
    crowd = tuple(Mention(str(at), "名字很长的人😀" * 12) for at in range(1, 61))
    (text,) = texts(Card("集合", mentions=(*crowd, LISI)))
    assert len(text.called) == 50
    assert units(text.text) <= 4096
    (alone,) = texts(Card("集合", mentions=(LISI,)))
    assert (alone.text, alone.called) == ("集合", ())


def test_somebody_without_a_name_is_called_by_account() -> None:
    (text,) = texts(Card("集合", mentions=(Mention("77", " \n "),)))
    assert text.text == "集合\n@77"


async def test_telegram_is_told_of_a_mention_by_account() -> None:
    api = FakeBotApi()
    await api.telegram().perform(say(Card("集合", mentions=(LI,))), Urgency.NOW)
    await api.telegram().perform(say(Card("散了")), Urgency.NOW)
    first, second = api.sent("sendMessage")
    (entity,) = first["entities"] if isinstance(first["entities"], list) else json.loads(first["entities"])
    assert (entity["type"], entity["offset"], entity["length"]) == ("text_mention", 3, 3)
    assert (entity["user"]["id"], entity["user"]["is_bot"]) == (5002, False)
    assert "entities" not in second


async def test_a_group_of_the_app_is_called_in_its_last_message_within_the_limit() -> None:
    world = World()
    await world.say(Card("各位邻居\n" * 200, mentions=(LISI, WANG, Mention("<@all>", "x"))), REPS)
    bodies = [body["text"] for body in world.sent("appchat/send")]
    assert all(len(body["content"].encode()) <= 2048 for body in bodies)
    assert ["mentioned_list" in body for body in bodies] == [False] * (len(bodies) - 1) + [True]
    assert bodies[-1]["mentioned_list"] == ["lisi", "wang.wu@x"]
    assert bodies[-1]["content"].endswith("\n<@lisi> <@wang.wu@x>")


async def test_one_to_one_the_app_calls_nobody() -> None:
    world = World()
    await world.say(Card("您好", mentions=(LISI,)), ZHANG)
    assert world.sent()[0]["text"] == {"content": "您好"}


def hooks(api: FakeWeixin) -> WecomWebhook:
    return WecomWebhook(
        WecomWebhookSettings({"楼长群": KEY}, "https://fake/cgi-bin/", {"wrCHAT": "楼长群"}), api.around()
    )


async def rung(api: FakeWeixin, chat: str, card: Card) -> list[dict[str, Any]]:
    await hooks(api).ring(chat, card)
    return [body["text"] for body in api.sent("webhook/send")]


async def test_a_webhook_calls_for_the_ai_bot_in_the_group_where_both_are() -> None:
    card = Card("⚠️ 危急 〔2026〕1号 5号楼着火\n请马上去看", ROWS, mentions=(LISI, WANG))
    (said,) = await rung(FakeWeixin(), "wrCHAT", card)
    assert said["mentioned_list"] == ["lisi", "wang.wu@x"]
    assert said["content"].startswith("⚠️ 危急 〔2026〕1号 5号楼着火\n")
    assert "智能机器人" in said["content"]
    assert "请马上去看" not in said["content"]


@pytest.mark.parametrize(
    ("chat", "people"), [("wrOTHER", (LISI,)), ("wrCHAT", ()), ("wrCHAT", (Mention("张三", "张三"),))]
)
async def test_elsewhere_and_for_nobody_it_stays_silent(chat: str, people: tuple[Mention, ...]) -> None:
    assert not await rung(FakeWeixin(), chat, Card("x", mentions=people))


async def test_a_webhook_that_fails_spoils_no_card_and_shows_no_key() -> None:
    api = FakeWeixin()
    api.fail("webhook/send", 93000)
    with structlog.testing.capture_logs() as logs:
        assert not await rung(api, "wrCHAT", Card("x", mentions=(LISI,)))
    assert [one["log_level"] for one in logs] == ["warning"]
    assert KEY not in str(logs)
