"""The long connection: subscribed once, kept alive, mended with patience, given up after a kick."""

import asyncio

import pytest

from bot.channels import Channels
from bot.platforms.base import Doubtful, Rejected, TryLater, Unavailable, Unreachable
from bot.platforms.wecom_aibot_keeping import Condition
from bot.platforms.wecom_aibot_settings import PLATFORM
from storage.messages import Presence, Said, Urgency
from tests.bot.platforms.wecom_talking import GROUP, heard, running, say, talking
from tests.peers import eventually
from tests.wecom_line import SECRET, Hands, Hearer, Remembered, WecomLine

pytestmark = pytest.mark.anyio


async def test_a_mention_arrives_once_and_a_group_nobody_bound_is_announced_once() -> None:
    async with talking() as (server, _, hearer):
        await server.say("wrCHAT", "lisi", "@小区助手 投诉 3栋电梯坏了")
        await server.say("wrCHAT", "lisi", "@小区助手 还在吗")
        await heard(hearer, 3)
        first, met, second = hearer.events
        assert isinstance(met.content, Presence)
        assert met.chat == first.chat == GROUP
        assert isinstance(first.content, Said)
        assert first.content.text == "投诉 3栋电梯坏了"
        assert first.content.addressed
        assert isinstance(second.content, Said)
        assert not server.violations


async def test_what_answers_a_message_goes_under_it_and_the_rest_is_pushed() -> None:
    async with talking() as (server, bot, hearer):
        msgid = await server.say("wrCHAT", "lisi", "@小区助手 报事 路灯不亮")
        await heard(hearer, 2)
        await bot.perform(say("已受理", reply_to=msgid), Urgency.ANSWER)
        await bot.perform(say("还有一句", reply_to=msgid), Urgency.ANSWER)
        (answer,) = server.sent("aibot_respond_msg")
        assert answer["stream"]["content"] == "已受理"
        assert answer["stream"]["finish"] is True
        (push,) = server.sent("aibot_send_msg")
        assert (push["chatid"], push["chat_type"]) == ("wrCHAT", 2)
        assert push["markdown"]["content"] == "还有一句"


async def test_after_a_day_an_answer_is_a_push() -> None:
    async with talking() as (server, bot, hearer):
        msgid = await server.say("wrCHAT", "lisi", "@小区助手 报事 路灯不亮")
        await heard(hearer, 2)
        server.hands.later(hours=24, seconds=1)
        await bot.perform(say("办好了", reply_to=msgid), Urgency.NOTICE)
        assert not server.sent("aibot_respond_msg")
        assert len(server.sent("aibot_send_msg")) == 1
        assert not server.violations


async def test_an_answer_wecom_no_longer_takes_is_pushed_instead() -> None:
    async with talking() as (server, bot, hearer):
        msgid = await server.say("wrCHAT", "lisi", "@小区助手 报事 路灯不亮")
        await heard(hearer, 2)
        server.refusals["aibot_respond_msg"].append(846605)
        await bot.perform(say("已受理", reply_to=msgid), Urgency.ANSWER)
        assert len(server.sent("aibot_send_msg")) == 1


async def test_somebody_who_comes_in_is_welcomed_in_the_window_for_it() -> None:
    async with talking() as (server, bot, hearer):
        await server.enter("wangwu")
        await heard(hearer, 1)
        event = hearer.events[0]
        assert event.private
        await bot.perform(say("您好", event.chat), Urgency.ANSWER)
        assert [body["text"]["content"] for body in server.sent("aibot_respond_welcome_msg")] == ["您好"]
        server.hands.later(seconds=6)
        await bot.perform(say("还有", event.chat), Urgency.ANSWER)
        assert server.sent("aibot_send_msg")[0]["chat_type"] == 1
        assert not server.violations


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (45009, TryLater),
        (6000, Unavailable),
        (-1, Unavailable),
        (846607, Unreachable),
        (93006, Unreachable),
        (40058, Rejected),
        (12345, Rejected),
    ],
)
async def test_a_refused_push_says_what_may_be_done_about_it(code: int, kind: type[Exception]) -> None:
    async with talking() as (server, bot, hearer):
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await heard(hearer, 2)
        server.refusals["aibot_send_msg"].append(code)
        with pytest.raises(kind) as raised:
            await bot.perform(say("公示"), Urgency.NOTICE)
        assert raised.type is kind
        if isinstance(raised.value, TryLater):
            assert raised.value.pause.total_seconds() == 60


async def test_a_push_without_acknowledgement_is_doubtful() -> None:
    async with talking(ack_seconds=0.05) as (server, bot, hearer):
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await heard(hearer, 2)
        server.silences["aibot_send_msg"] = 1
        with pytest.raises(Doubtful):
            await bot.perform(say("公示"), Urgency.NOTICE)
        await bot.perform(say("公示二"), Urgency.NOTICE)


async def test_without_a_line_nothing_is_told_and_trying_again_is_safe() -> None:
    async with WecomLine(Hands()) as server:
        bot = server.bot()
        with pytest.raises(Unavailable):
            await bot.perform(say("公示"), Urgency.NOTICE)
        await bot.close()


async def test_a_line_that_breaks_before_the_acknowledgement_leaves_doubt() -> None:
    async with talking(ack_seconds=5.0) as (server, bot, hearer):
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await heard(hearer, 2)
        server.silences["aibot_send_msg"] = 1
        telling = asyncio.ensure_future(bot.perform(say("公示"), Urgency.NOTICE))
        await eventually(lambda: server.sent("aibot_send_msg"))
        server.drop()
        with pytest.raises(Doubtful):
            await telling


async def test_a_broken_line_is_mended_with_one_subscription_each() -> None:
    async with talking() as (server, bot, hearer):
        server.drop()
        await eventually(lambda: len(server.subscriptions) == 2 and server.connected)
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await heard(hearer, 2)
        await bot.perform(say("在"), Urgency.ANSWER)
        assert not server.violations


async def test_pauses_between_attempts_grow_to_half_a_minute_and_no_further() -> None:
    hands = Hands()
    async with WecomLine(hands) as server:
        bot, hearer = server.bot(), Hearer()
        server.refusals["aibot_subscribe"].extend([6000] * 7)
        async with running(bot, hearer):
            await eventually(lambda: bot.condition is Condition.CONNECTED)
        assert hands.pauses == [1, 2, 4, 8, 16, 30, 30]


async def test_two_unanswered_pings_are_a_dead_line_and_one_is_not() -> None:
    async with talking(ping_seconds=0.05, ack_seconds=0.05) as (server, bot, _):
        server.silences["ping"] = 1
        await eventually(lambda: len([1 for frame in server.frames if frame["cmd"] == "ping"]) >= 4)
        assert len(server.subscriptions) == 1
        server.silences["ping"] = 2
        await eventually(lambda: len(server.subscriptions) == 2)
        await eventually(lambda: bot.condition is Condition.CONNECTED)


async def test_after_a_kick_it_stays_away_and_keeps_what_is_to_be_said() -> None:
    async with talking() as (server, bot, _):
        await server.kick()
        await eventually(lambda: bot.condition is Condition.KICKED)
        assert Channels({PLATFORM: bot}).stopped() == [PLATFORM]
        await asyncio.sleep(0.1)
        assert len(server.subscriptions) == 1
        assert not server.hands.pauses
        with pytest.raises(Unavailable):
            await bot.perform(say("公示"), Urgency.NOTICE)


async def test_a_kick_is_noticed_even_while_nothing_can_be_kept() -> None:
    async with talking() as (server, bot, hearer):
        hearer.faults = [OSError("disk full")] * 1000
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await eventually(lambda: server.hands.pauses)
        await server.kick()
        await eventually(lambda: bot.condition is Condition.KICKED)
        assert len(server.subscriptions) == 1


async def test_a_refused_secret_stops_it_without_a_second_try() -> None:
    async with WecomLine(Hands()) as server:
        bot = server.bot(secret="wrong")
        async with running(bot, Hearer()) as listening:
            await eventually(lambda: bot.condition is Condition.REFUSED)
            await asyncio.sleep(0.05)
            assert len(server.subscriptions) == 1
            assert not listening.done(), "other channels go on"


async def test_what_cannot_be_kept_is_offered_again_in_its_order() -> None:
    async with talking() as (server, _, hearer):
        hearer.faults = [OSError("disk full"), OSError("disk full")]
        await server.say("wrCHAT", "lisi", "@小区助手 一")
        await server.say("wrCHAT", "lisi", "@小区助手 二")
        await heard(hearer, 3)
        said = [event.content.text for event in hearer.events if isinstance(event.content, Said)]
        assert said == ["一", "二"]


async def test_what_was_received_before_the_stop_is_kept_before_the_end() -> None:
    async with WecomLine(Hands()) as server:
        bot, hearer = server.bot(), Hearer()
        async with running(bot, hearer):
            await eventually(lambda: server.connected and bot.condition is Condition.CONNECTED)
            hearer.faults = [OSError("disk full")] * 3
            await server.say("wrCHAT", "lisi", "@小区助手 一")
            await eventually(lambda: not hearer.faults or server.hands.pauses)
            hearer.faults = []
        assert any(isinstance(event.content, Said) for event in hearer.events)


async def test_garbage_on_the_line_harms_nothing() -> None:
    async with talking() as (server, _, hearer):
        for frame in ("", "{", "[]", "7", '{"cmd": 7}', '{"headers": []}', '{"errcode": 0}', "[" * 5000):
            await server.raw(frame)
        await server.raw(
            '{"cmd": "aibot_msg_callback", "headers": {"req_id": "q"}, "body": {"msgtype": "text"}}'
        )
        await server.say("wrCHAT", "lisi", "@小区助手 在吗")
        await heard(hearer, 2)


async def test_after_three_minutes_of_silence_it_asks_once_to_hear_it_again() -> None:
    memory = Remembered()
    async with talking(memory) as (server, _, _):
        server.hands.on_pause = lambda _: server.hands.later(minutes=3)
        server.drop()
        await eventually(lambda: len(memory.apologies) == 1)
        await eventually(lambda: server.connected)
        server.hands.later(minutes=10)
        server.drop()
        await eventually(lambda: len(server.subscriptions) == 3 and server.connected)
        assert len(memory.apologies) == 1, "within the hour nothing is said twice"
        server.hands.later(minutes=61)
        server.drop()
        await eventually(lambda: len(memory.apologies) == 2)


async def test_a_hiccup_is_not_worth_a_word() -> None:
    memory = Remembered()
    async with talking(memory) as (server, _, _):
        server.hands.on_pause = lambda _: server.hands.later(seconds=20)
        server.drop()
        await eventually(lambda: len(server.subscriptions) == 2 and server.connected)
        await asyncio.sleep(0.02)
        assert not memory.apologies


async def test_no_secret_is_seen_in_logs_errors_or_representations(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with talking() as (server, bot, _):
        server.drop()
        await eventually(lambda: len(server.subscriptions) == 2)
        shown = f"{bot._settings!r} {bot._around!r} {vars(bot)!r}"
    printed = capsys.readouterr()
    for words in (shown, printed.out, printed.err, caplog.text):
        assert SECRET not in words
