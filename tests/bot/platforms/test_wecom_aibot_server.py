"""Judged from outside: a server that Tencent's own SDK also accepts, and Tencent's own crypto for URL mode."""

import asyncio
import importlib
import json
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_keeping import Condition
from bot.platforms.wecom_aibot_settings import PLATFORM, Mode, WecomAibotSettings
from bot.web import listening, server
from storage.messages import (
    Act,
    Address,
    Card,
    File,
    FileKind,
    Inbound,
    Made,
    Outgoing,
    Pressed,
    Said,
    Urgency,
)
from tests.bot.platforms.test_wecom_aibot_presses import POLL, WORK
from tests.bot.platforms.wecom_talking import running, say
from tests.peers import PACKAGES, eventually, free_port, peers
from tests.wecom_line import Hearer, Remembered

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.peer,
    pytest.mark.filterwarnings("ignore:It is recommended to use web.ResponseKey"),
]
GROUP = Address(PLATFORM, "wrCHAT")
TOKEN, KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


def openws() -> Any:
    folder = peers()
    pytest.importorskip("aiohttp")
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return importlib.import_module("wecom_openws")


async def sleep_little(_seconds: float) -> None:
    await asyncio.sleep(0.01)


def long_bot(url: str) -> WecomAibot:
    settings = WecomAibotSettings(bot_id="BOT", secret="SECRET", name="小区助手", server=url, ping_seconds=1)
    return WecomAibot(settings, Surroundings(Remembered(), pause=sleep_little))


@asynccontextmanager
async def talking() -> AsyncIterator[tuple[Any, WecomAibot, Hearer]]:
    async with openws().FakeOpenWS({"BOT": "SECRET"}) as line:
        bot, hearer = long_bot(line.url), Hearer()
        async with running(bot, hearer):
            await line.connected("BOT")
            await eventually(lambda: bot.condition is Condition.CONNECTED)
            yield line, bot, hearer


async def test_everything_it_says_and_shows_is_taken_by_the_server() -> None:
    async with talking() as (line, bot, hearer):
        await line.say("BOT", "wrCHAT", "lisi", "@小区助手 报事 电梯坏了", quote="又停了")
        await eventually(lambda: len(hearer.events) == 2)
        said = hearer.events[0]
        assert isinstance(said.content, Said)
        assert said.content.quoted == "又停了"
        await bot.perform(say("已受理 **#12**", reply_to=said.event_id), Urgency.ANSWER)
        await bot.perform(say("第一条，应当公示。\n" * 2000), Urgency.NOTICE)
        made = Made(FileKind.DOCUMENT, "made:1", "公示.docx", b"PK" * 400_000)
        card = Card("公示", (), (File(FileKind.DOCUMENT, "made:1", "公示.docx"),))
        await bot.perform(Outgoing(Act.SAY, GROUP, card, made=(made,)), Urgency.NOTICE)
        for shown in (POLL, WORK):
            task = await bot.perform(Outgoing(Act.SAY, GROUP, shown), Urgency.NOTICE)
            press = shown.buttons[1].press
            chosen = {"q": [press]} if shown is POLL else None
            await line.click("BOT", "lisi", task, chosen, None if chosen else press)
            await eventually(lambda press=press: pressed(hearer) == press)
            query = hearer.events[-1].content.query  # type: ignore[union-attr]
            await bot.perform(Outgoing(Act.ANSWER, GROUP, Card("已记"), query), Urgency.ANSWER)
            assert "已记" in json.dumps(line.cards["BOT", task].seen_by("lisi"), ensure_ascii=False)
            assert "已记" not in json.dumps(line.cards["BOT", task].seen_by("wangwu"), ensure_ascii=False)
            await bot.perform(Outgoing(Act.EDIT, GROUP, Card("结束了"), task), Urgency.COUNTER)
        await line.enter("BOT", "zhaoliu")
        await eventually(lambda: hearer.events[-1].private)
        await bot.perform(say("您好", hearer.events[-1].chat), Urgency.ANSWER)
        await line.wait_for("ping", 1)
        assert not line.violations
        assert not line.advice


def pressed(hearer: Hearer) -> str:
    found = [event.content.press for event in hearer.events if isinstance(event.content, Pressed)]
    return found[-1] if found else ""


async def test_broken_repeated_and_kicked_it_behaves() -> None:
    async with talking() as (line, bot, hearer):
        first = await line.say("BOT", "wrCHAT", "lisi", "@小区助手 在吗")
        await eventually(lambda: len(hearer.events) == 2)
        await line.redeliver(first)
        await eventually(lambda: len(hearer.events) == 3)
        assert hearer.events[2].event_id == hearer.events[0].event_id, "the inbox admits it once"
        await line.drop("BOT")
        await line.connected("BOT")
        await eventually(lambda: bot.condition is Condition.CONNECTED)
        await line.kick("BOT")
        await eventually(lambda: bot.condition is Condition.KICKED)
        await asyncio.sleep(0.2)
        assert [frame["cmd"] for frame in line.frames].count("aibot_subscribe") == 2
        assert not line.violations


# ---------------------------------------------------------------------------------------------------- URL mode


@asynccontextmanager
async def called_back(reply: str = "") -> AsyncIterator[tuple[str, Hearer]]:
    """The endpoint on a port of its own; every message and press is answered with `reply`."""
    bot = WecomAibot(
        WecomAibotSettings(mode=Mode.URL, token=TOKEN, aes_key=KEY, name="小区助手"),
        Surroundings(Remembered(), clock=lambda: datetime.now(UTC)),
    )
    hearer = Hearer()
    answering: list[asyncio.Future[None]] = []

    async def admit(events: list[Inbound]) -> None:
        known = {event.event_id for event in hearer.events}
        await hearer.admit([event for event in events if event.event_id not in known])
        answering.extend(
            asyncio.ensure_future(answer(event)) for event in events if event.event_id not in known
        )

    async def answer(event: Inbound) -> None:
        content = event.content
        if reply and isinstance(content, Said):
            await bot.perform(say(reply, event.chat, content.message_id), Urgency.ANSWER)
        if reply and isinstance(content, Pressed):
            bot._presses.shows(content.message_id, POLL)
            await bot.perform(Outgoing(Act.ANSWER, event.chat, Card(reply), content.query), Urgency.ANSWER)

    door, port = bot.door(admit), free_port()
    routes = [Route("/aibot", door.verify, methods=["GET"]), Route("/aibot", door.receive, methods=["POST"])]
    web = server(Starlette(routes=routes))
    serving = asyncio.ensure_future(web.serve([listening("127.0.0.1", port)]))
    try:
        yield f"http://127.0.0.1:{port}/aibot", hearer
    finally:
        await asyncio.gather(*answering)
        web.stop()
        await serving
        await bot.close()


async def calls(url: str, command: str, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """Let Tencent's crypto call; its judgement and what it says about each request."""
    script, node = peers() / "wecom_callbacks.mjs", shutil.which("node")
    if node is None or not (PACKAGES / "node_modules" / "@wecom" / "crypto").is_dir():
        pytest.skip("needs node, and @wecom/crypto@1.0.1 in .cache/peers")
    given = ("--url", url, "--token", TOKEN, "--key", KEY, *options)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        node, script, command, *given, cwd=PACKAGES, stdout=pipe, stderr=pipe
    )
    out, err = await process.communicate()
    assert not err, err.decode()
    return process.returncode or 0, [
        json.loads(line) for line in out.decode().splitlines() if line[:1] == "{"
    ]


async def test_the_address_is_verified() -> None:
    async with called_back() as (url, _):
        assert (await calls(url, "bot-verify"))[0] == 0


@pytest.mark.parametrize("wrong", ["--bad-signature", "--wrong-id", "--garbage"])
async def test_forged_calls_are_refused_and_change_nothing(wrong: str) -> None:
    async with called_back() as (url, hearer):
        assert (await calls(url, "bot-text", wrong))[0] == 0
        assert not hearer.events


async def test_a_message_is_answered_in_the_same_breath_and_a_repetition_alike() -> None:
    async with called_back("已受理 #12") as (url, hearer):
        given = ("--chat", "wrCHAT", "--text", "@小区助手 投诉 电梯", "--quote", "又停了", "--repeat", "3")
        code, told = await calls(url, "bot-text", *given)
        assert code == 0, told
        assert [type(event.content).__name__ for event in hearer.events] == ["Said", "Presence"]
        assert sum("已受理 #12" in json.dumps(one, ensure_ascii=False) for one in told) == 3


async def test_a_press_is_answered_on_the_pressers_card() -> None:
    async with called_back("已投：赞成") as (url, hearer):
        given = ("--task", "y1", "--select", "q=poll.cast:7:yes", "--chat", "wrCHAT")
        code, told = await calls(url, "bot-card", *given)
        assert code == 0, told
        assert pressed(hearer) == "poll.cast:7:yes"
        assert any("已投：赞成" in json.dumps(one, ensure_ascii=False) for one in told)


async def test_what_needs_no_answer_gets_an_empty_one() -> None:
    async with called_back() as (url, hearer):
        code, told = await calls(url, "bot-enter")
        assert code == 0, told
        assert hearer.events[0].private
