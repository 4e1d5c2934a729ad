"""The app of WeCom: what is said to people and to its groups."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from bot.platforms.base import Rejected, SendError, TryLater, Unavailable, Unreachable
from storage.messages import (
    Act,
    Address,
    Button,
    Card,
    File,
    FileKind,
    Location,
    Made,
)
from tests.bot.platforms.wecom_app_world import ACTIONS, REPS, ROWS, ZHANG, World, a_press

pytestmark = pytest.mark.anyio


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("to", [ZHANG, REPS])
async def test_a_long_text_is_cut_by_bytes_between_lines_and_none_is_lost(world: World, to: Address) -> None:
    lines = [f"第{number}条 各位邻居请注意😀" for number in range(200)]
    await world.say(Card("\n".join(lines)), to)
    path = "message/send" if to is ZHANG else "appchat/send"
    told = [body["text"]["content"] for body in world.sent(path)]
    assert len(told) > 2
    assert all(len(piece.encode()) <= 2048 for piece in told)
    assert "\n".join(told).split("\n") == lines


async def test_a_poll_becomes_a_card_whose_options_are_the_presses(world: World) -> None:
    shown = await world.say(Card("🗳 是否同意加装电梯", ROWS))
    (body,) = world.sent()
    card = body["template_card"]
    assert (body["touser"], body["agentid"], card["card_type"]) == ("zhangsan", 1000002, "vote_interaction")
    assert [one["id"] for one in card["checkbox"]["option_list"]] == [b.press for b in ROWS[0]]
    assert shown == f"vote_interaction@{card['task_id']}"
    again = await world.say(Card("🗳 是否同意加装电梯", ROWS))
    assert again != shown


async def test_what_a_card_cannot_show_whole_is_told_in_a_message_before_it(world: World) -> None:
    await world.say(Card("🗳 表决\n" + "方案正文，" * 100, ROWS))
    assert [body["msgtype"] for body in world.sent()] == ["text", "template_card"]
    assert "方案正文" * 1 in world.sent()[0]["text"]["content"]


async def test_more_buttons_than_any_card_carries_become_numbered_lines(world: World) -> None:
    many = tuple((Button(f"第{n}项", f"verb{n}:{n}"),) for n in range(1, 24))
    await world.say(Card("选一个", many))
    (body,) = world.sent()
    assert body["msgtype"] == "text"
    assert "1. 第1项\n2. 第2项" in body["text"]["content"]
    assert body["text"]["content"].endswith("请回数字选择。")


async def test_in_a_group_of_the_app_cards_are_lines_and_it_says_where_to_go(world: World) -> None:
    assert await world.say(Card("🗳 加装电梯", ROWS), REPS)
    (body,) = world.sent("appchat/send")
    assert (body["chatid"], body["msgtype"]) == ("b3reps", "text")
    assert "1. 赞成\n2. 反对\n3. 弃权\n本群里点不了" in body["text"]["content"]


async def test_what_a_resident_wrote_is_neither_a_link_nor_a_call(world: World) -> None:
    await world.say(Card('<a href="http://x">领奖</a> <@all> a<b'))
    assert world.sent()[0]["text"]["content"] == '＜a href="http://x">领奖＜/a> ＜@all> a<b'


async def test_files_are_handed_over_sent_or_mentioned(world: World) -> None:
    card = Card(
        "公示",
        (),
        (
            File(FileKind.DOCUMENT, "made:paper:7", "公示.docx"),
            File(FileKind.PHOTO, "wecom_app:M1"),
            File(FileKind.PHOTO, "telegram:X"),
        ),
        Location("30.2", "120.1"),
    )
    await world.perform(
        Act.SAY, card, ZHANG, "", Made(FileKind.DOCUMENT, "made:paper:7", "公示.docx", b"PK-docx")
    )
    assert [body["msgtype"] for body in world.sent()] == ["file", "image", "text"]
    assert b"PK-docx" in world.api.uploads[0]
    assert world.sent()[0]["file"] == {"media_id": "MEDIA1"}
    text = world.sent()[2]["text"]["content"]
    assert "北纬 30.2" in text
    assert "附件 1 份（照片）" in text


async def test_a_card_is_changed_once_after_each_press_and_the_first_code_is_saved_for_its_end(
    world: World,
) -> None:
    shown = await world.say(Card("🗳 加装电梯", ROWS))
    counted, over = Card("🗳 加装电梯\n已投 1", ROWS), Card("🗳 加装电梯\n已截止")
    assert await world.perform(Act.EDIT, counted, ZHANG, shown) == shown
    assert not world.sent("message/update_template_card")
    code = world.api.press()
    await world.wecom.post(a_press(shown, code, "ballot:7:yes"))
    await world.perform(Act.EDIT, counted, ZHANG, shown)
    (update,) = world.sent("message/update_template_card")
    assert (update["response_code"], update["userids"]) == (code, ["zhangsan"])
    await world.perform(Act.EDIT, over, ZHANG, shown)
    assert len(world.sent("message/update_template_card")) == 1
    other = await world.say(Card("🗳 加装电梯", ROWS))
    await world.perform(Act.EDIT, over, ZHANG, other)
    last = world.sent("message/update_template_card")[-1]["template_card"]
    assert last["checkbox"]["disable"] is True


async def test_a_code_that_is_too_old_leaves_the_card_as_it_was(world: World) -> None:
    shown = await world.say(Card("受理？", ACTIONS))
    world.api.now += timedelta(hours=73)
    assert await world.perform(Act.EDIT, Card("已受理"), ZHANG, shown) == shown
    assert not world.sent("message/update_template_card")


async def test_a_refused_change_is_no_failure(world: World) -> None:
    shown = await world.say(Card("受理？", ACTIONS))
    world.api.codes.clear()
    assert await world.perform(Act.EDIT, Card("已受理"), ZHANG, shown) == shown


async def test_a_message_is_taken_back_by_its_id(world: World) -> None:
    shown = await world.say(Card("受理？", ACTIONS))
    text = await world.say(Card("路灯已修好"))
    await world.perform(Act.RETRACT, Card(""), ZHANG, shown)
    await world.perform(Act.RETRACT, Card(""), ZHANG, text)
    assert [body["msgid"] for body in world.sent("message/recall")] == ["M1", "M2"]


async def test_the_presser_is_answered_in_words(world: World) -> None:
    assert await world.perform(Act.ANSWER, Card("已记：赞成"), ZHANG, "q") == ""
    assert world.sent()[0]["text"]["content"] == "已记：赞成"


async def test_fifty_at_once_ask_for_one_pass_and_renew_it_once(world: World) -> None:
    everybody = [Address(ZHANG.platform, f"u{number}") for number in range(50)]
    await asyncio.gather(*(world.say(Card("好"), one) for one in everybody))
    assert world.api.passes["gettoken"] == 1
    world.api.expire()
    await asyncio.gather(*(world.say(Card("好"), one) for one in everybody))
    assert world.api.passes["gettoken"] == 2
    assert len(world.sent()) == 100


async def test_a_pass_that_stays_bad_is_tried_twice_and_no_more(world: World) -> None:
    world.api.fail("message/send", 40014, 40014, 40014)
    with pytest.raises(Unavailable):
        await world.say(Card("x"))
    assert world.api.passes["gettoken"] == 2
    assert len(world.api._failures["message/send"]) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (45009, TryLater),
        (81013, Unreachable),
        (60011, Unreachable),
        (60020, Unavailable),
        (-1, Unavailable),
        (40058, Rejected),
        (httpx.ConnectError("https://fake?access_token=PASS-0"), Unavailable),
    ],
)
async def test_every_refusal_says_what_it_means_and_none_tells_a_secret(
    world: World, fault: int | Exception, kind: type[SendError]
) -> None:
    world.api.fail("message/send", fault)
    with pytest.raises(kind) as caught:
        await world.say(Card("x"))
    assert "PASS" not in str(caught.value)
    if isinstance(caught.value, TryLater):
        assert caught.value.pause == timedelta(seconds=60)


async def test_a_line_that_breaks_while_we_speak_is_doubtful_only_for_new_messages(world: World) -> None:
    world.api.fail("message/send", httpx.ReadTimeout("x"), httpx.ReadTimeout("x"))
    with pytest.raises(SendError, match="ReadTimeout") as caught:
        await world.say(Card("x"))
    assert type(caught.value).__name__ == "Doubtful"
    with pytest.raises(Unavailable):
        await world.perform(Act.ANSWER, Card("x"))
