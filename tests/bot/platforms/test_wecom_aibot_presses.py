"""Presses on cards: understood by themselves, answered within their five seconds, each alone."""

import asyncio
from typing import Any

import pytest

from bot.platforms.base import Rejected
from bot.platforms.wecom_aibot import WecomAibot
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE
from storage.messages import Act, Address, Button, Card, Outgoing, Pressed, Urgency
from tests.bot.platforms.wecom_talking import GROUP, heard, say, talking
from tests.peers import eventually
from tests.wecom_line import Hearer, Remembered, WecomLine

pytestmark = pytest.mark.anyio
POLL = Card(
    "是否同意加装电梯",
    (
        (
            Button("赞成", "poll.cast:7:yes"),
            Button("反对", "poll.cast:7:no"),
            Button("弃权", "poll.cast:7:abstain"),
        ),
    ),
)
WORK = Card("#12 电梯坏了", ((Button("受理", "issue.accept:12"), Button("紧急", "issue.urgent:12")),))


async def posted(server: WecomLine, bot: WecomAibot, hearer: Hearer, card: Card) -> str:
    """Post a card in a group that has spoken; its task_id, which is its message id."""
    if not hearer.events:
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await heard(hearer, 2)
    task = await bot.perform(Outgoing(Act.SAY, GROUP, card), Urgency.NOTICE)
    assert task in server.cards
    hearer.events.clear()
    return task


def answering(hearer: Hearer, text: str, at: int = -1) -> Outgoing:
    event = hearer.events[at]
    assert isinstance(event.content, Pressed)
    return Outgoing(Act.ANSWER, event.chat, Card(text), event.content.query)


async def test_a_choice_comes_back_as_the_press_it_stood_for() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        assert server.cards[task]["card_type"] == "vote_interaction"
        await server.press("wrCHAT", "lisi", task, "poll.cast:7:no")
        await heard(hearer, 1)
        event = hearer.events[0]
        assert isinstance(event.content, Pressed)
        assert (event.content.press, event.content.message_id) == ("poll.cast:7:no", task)
        assert event.sender
        assert event.sender.account == "lisi"


async def test_an_action_comes_back_as_its_press() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, WORK)
        assert server.cards[task]["card_type"] == "button_interaction"
        await server.press("wrCHAT", "lisi", task, "issue.urgent:12")
        await heard(hearer, 1)
        assert isinstance(hearer.events[0].content, Pressed)
        assert hearer.events[0].content.press == "issue.urgent:12"


async def test_the_presser_alone_sees_the_answer_on_the_card() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        await server.press("wrCHAT", "lisi", task, "poll.cast:7:yes")
        await heard(hearer, 1)
        await bot.perform(answering(hearer, "已投：赞成"), Urgency.ANSWER)
        assert server.views[task, "lisi"]["main_title"]["desc"] == "已投：赞成"
        assert server.views[task, "lisi"]["main_title"]["title"] == "是否同意加装电梯"
        assert "已投" not in str(server.cards[task])
        assert len(server.views) == 1
        assert not server.sent("aibot_send_msg")[1:], "nothing else is said"


async def test_the_counter_of_a_poll_leaves_everybodys_own_card_alone() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        await server.press("wrCHAT", "lisi", task, "poll.cast:7:yes")
        await heard(hearer, 1)
        await bot.perform(answering(hearer, "已投：赞成"), Urgency.ANSWER)
        counted = Card("是否同意加装电梯\n已投 1/36", POLL.rows)
        assert await bot.perform(Outgoing(Act.EDIT, GROUP, counted, task), Urgency.COUNTER) == task
        assert server.views[task, "lisi"]["main_title"]["desc"] == "已投：赞成"
        await server.press("wrCHAT", "wangwu", task, "poll.cast:7:no")
        await heard(hearer, 2)
        await bot.perform(answering(hearer, "已投：反对"), Urgency.ANSWER)
        assert len(server.views) == 2


async def test_everybody_sees_who_took_a_matter_and_the_presser_also_the_answer() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, WORK)
        await server.press("wrCHAT", "lisi", task, "issue.accept:12")
        await heard(hearer, 1)
        await bot.perform(answering(hearer, "已受理"), Urgency.ANSWER)
        taken = Card("#12 电梯坏了 · 李四已受理", ((Button("派单", "issue.give:12"),),))
        await bot.perform(Outgoing(Act.EDIT, GROUP, taken, task), Urgency.COUNTER)
        assert "李四已受理" in server.cards[task]["main_title"]["title"]
        assert server.views[task, "lisi"]["sub_title_text"] == "已受理"
        assert not server.violations


async def test_a_card_that_is_over_keeps_one_button_that_says_so() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, WORK)
        await server.press("wrCHAT", "lisi", task, "issue.accept:12")
        await heard(hearer, 1)
        await bot.perform(Outgoing(Act.EDIT, GROUP, Card("#12 已办结"), task), Urgency.COUNTER)
        assert [one["text"] for one in server.cards[task]["button_list"]] == ["已结束"]
        await server.press("wrCHAT", "lisi", task, "stale")
        await heard(hearer, 2)


async def test_an_edit_that_no_press_allows_changes_nothing_and_fails_nobody() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, WORK)
        edit = Outgoing(Act.EDIT, GROUP, Card("#12 已办结"), task)
        assert await bot.perform(edit, Urgency.COUNTER) == task
        await server.press("wrCHAT", "lisi", task, "issue.accept:12")
        await heard(hearer, 1)
        server.hands.later(seconds=6)
        assert await bot.perform(edit, Urgency.COUNTER) == task
        assert not server.sent("aibot_respond_update_msg")
        assert not server.violations


async def test_a_late_answer_goes_to_the_single_chat_of_those_who_have_one() -> None:
    memory = Remembered(single={"wangwu"})
    async with talking(memory) as (server, bot, hearer):
        server._spoke.add("wangwu")
        task = await posted(server, bot, hearer, POLL)
        for user in ("wangwu", "zhaoliu"):
            await server.press("wrCHAT", user, task, "poll.cast:7:yes")
        await heard(hearer, 2)
        server.hands.later(seconds=6)
        for at in (0, 1):
            await bot.perform(answering(hearer, "已投：赞成", at), Urgency.ANSWER)
        told = [body for body in server.sent("aibot_send_msg") if body["chat_type"] == 1]
        assert [(body["chatid"], body["markdown"]["content"]) for body in told] == [("wangwu", "已投：赞成")]
        assert not server.violations, (
            "nothing is pushed to somebody who never wrote, nothing said to the group"
        )


async def test_an_answer_too_long_for_a_card_is_also_told_alone() -> None:
    async with talking(Remembered(single={"lisi"})) as (server, bot, hearer):
        server._spoke.add("lisi")
        task = await posted(server, bot, hearer, POLL)
        await server.press("wrCHAT", "lisi", task, "poll.cast:7:yes")
        await heard(hearer, 1)
        receipt = (
            "已投：赞成。截止前可以改投，以最后一次为准。您的投票码是 7K3QF2，请自己留好，公布后可以核对。"
        )
        await bot.perform(answering(hearer, receipt), Urgency.ANSWER)
        assert server.views[task, "lisi"]["main_title"]["desc"].endswith("…")
        assert server.sent("aibot_send_msg")[-1]["markdown"]["content"] == receipt


async def test_a_card_of_before_the_restart_is_read_back_to_be_changed() -> None:
    memory = Remembered()
    async with talking(memory) as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        memory.cards[task] = POLL
        bot._presses._cards.clear()
        await server.press("wrCHAT", "lisi", task, "poll.cast:7:yes")
        await heard(hearer, 1)
        await bot.perform(answering(hearer, "已投：赞成"), Urgency.ANSWER)
        assert server.views[task, "lisi"]["main_title"]["desc"] == "已投：赞成"


async def test_a_card_nobody_remembers_is_answered_alone_or_not_at_all() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        bot._presses._cards.clear()
        await server.press("wrCHAT", "lisi", task, "poll.cast:7:yes")
        await heard(hearer, 1)
        assert await bot.perform(answering(hearer, "已投：赞成"), Urgency.ANSWER) == ""
        assert not server.sent("aibot_respond_update_msg")
        assert not server.violations


async def test_several_selectors_are_several_presses_of_one_event() -> None:
    rows = tuple(
        tuple(Button(f"{name}{n}", f"tag.{name}:12:{n}") for n in range(4)) for name in ("kind", "level")
    )
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, Card("标记 #12", rows))
        assert server.cards[task]["card_type"] == "multiple_interaction"
        items: list[dict[str, Any]] = [
            {"question_key": "q1", "option_ids": {"option_id": ["tag.kind:12:3"]}},
            {"question_key": "q2", "option_ids": {"option_id": ["keep"]}},
        ]
        await send_choices(server, task, items)
        await heard(hearer, 1)
        items[1]["option_ids"] = {"option_id": "tag.level:12:0"}
        await send_choices(server, task, items)
        await heard(hearer, 3)
        found = [event.content.press for event in hearer.events if isinstance(event.content, Pressed)]
        assert found == ["tag.kind:12:3", "tag.kind:12:3", "tag.level:12:0"]
        assert len({event.event_id for event in hearer.events}) == 3


async def send_choices(server: WecomLine, task: str, items: list[dict[str, Any]]) -> None:
    card = {"card_type": "multiple_interaction", "event_key": "submit", "task_id": task}
    event = {
        "eventtype": "template_card_event",
        "template_card_event": {**card, "selected_items": {"selected_item": items}},
    }
    await server.tell("wrCHAT", "lisi", {"msgtype": "event", "event": event}, "press")


async def test_nothing_can_be_taken_back_and_that_is_said() -> None:
    async with talking() as (_, bot, __):
        with pytest.raises(Rejected):
            await bot.perform(Outgoing(Act.RETRACT, GROUP, Card(""), "y1"), Urgency.ANSWER)


async def test_a_refused_card_becomes_numbered_lines() -> None:
    async with talking() as (server, bot, hearer):
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await heard(hearer, 2)
        server.refusals["aibot_send_msg"].append(40058)
        await bot.perform(Outgoing(Act.SAY, GROUP, POLL), Urgency.NOTICE)
        told = server.sent("aibot_send_msg")[-1]["markdown"]["content"].splitlines()
        assert told[:4] == ["是否同意加装电梯", "1、赞成", "2、反对", "3、弃权"]


async def test_a_reply_that_quotes_our_words_finds_our_message() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        await server.say(
            "wrCHAT",
            "lisi",
            "@小区助手 1",
            quote={"msgtype": "text", "text": {"content": "是否同意加装电梯"}},
        )
        await heard(hearer, 1)
        assert getattr(hearer.events[0].content, "reply_to", "") == task


async def test_a_thousand_clicks_in_a_minute_are_each_heard_and_answered_within_all_limits() -> None:
    """People press far faster than a chat may be spoken to: answers on cards do not count as messages."""
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        choices = ("yes", "no", "abstain")
        for first in range(0, 1000, 50):
            server.hands.later(seconds=3)
            for number in range(first, first + 50):
                await server.press("wrCHAT", f"u{number}", task, f"poll.cast:7:{choices[number % 3]}")
            await heard(hearer, first + 50)
            answers = [answering(hearer, f"已投：{number}", number) for number in range(first, first + 50)]
            await asyncio.gather(*(bot.perform(one, Urgency.ANSWER) for one in answers))
        assert len({event.event_id for event in hearer.events}) == 1000
        assert {server.views[task, f"u{n}"]["main_title"]["desc"] for n in range(1000)} == {
            f"已投：{n}" for n in range(1000)
        }
        assert not server.violations


async def test_presses_are_heard_while_acknowledgements_are_outstanding() -> None:
    async with talking() as (server, bot, hearer):
        task = await posted(server, bot, hearer, POLL)
        server.silences["aibot_send_msg"] = 1
        telling = asyncio.ensure_future(bot.perform(say("一句话"), Urgency.NOTICE))
        await eventually(lambda: len(server.sent("aibot_send_msg")) == 2)
        await server.press("wrCHAT", "lisi", task, "poll.cast:7:yes")
        await heard(hearer, 1)
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def test_the_single_chat_has_an_address_of_its_own() -> None:
    async with talking() as (server, _, hearer):
        await server.say("", "lisi", "我的诉求")
        await heard(hearer, 1)
        assert hearer.events[0].private
        assert hearer.events[0].chat == Address(PLATFORM, f"{SINGLE}lisi")
