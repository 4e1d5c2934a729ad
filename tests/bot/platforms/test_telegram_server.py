"""The channel over real sockets, against a Bot API server this project did not write."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from bot.platforms.base import Rejected, TryLater
from bot.platforms.telegram import Telegram
from bot.platforms.telegram_errors import AnotherReceiver
from bot.platforms.telegram_settings import TelegramSettings
from storage.messages import Address, Card, Inbound, Presence, Pressed, Said, Urgency
from tests.bot.platforms.cards import HOSTILE, ROWS, answer, edit, retract, say
from tests.bot.platforms.updates import an_update
from tests.peers import ROOT, TelegramServer, eventually, free_port, group, telegram_server

pytestmark = [pytest.mark.anyio, pytest.mark.peer]
GROUP = Address("telegram", str(group()["id"]))


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@asynccontextmanager
async def connected(server: TelegramServer, **settings: Any) -> AsyncIterator[Telegram]:
    telegram = Telegram(TelegramSettings(server.token, server.url, **settings))
    try:
        yield telegram
    finally:
        await telegram.close()


class Heard:
    """Everything admitted, in order."""

    def __init__(self) -> None:
        self.events: list[Inbound] = []
        self.full = False

    async def admit(self, events: list[Inbound]) -> None:
        if self.full:
            raise OSError("disk full")
        self.events += events

    def texts(self) -> list[str]:
        return [event.content.text for event in self.events if isinstance(event.content, Said)]


@asynccontextmanager
async def running(*jobs: Any) -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def web(telegram: Telegram, heard: Heard, port: int) -> AsyncIterator[None]:
    app = Starlette(routes=[Route("/hook", telegram.endpoint(heard.admit), methods=["POST"])])
    served = uvicorn.Server(uvicorn.Config(app, port=port, lifespan="off", log_level="warning"))
    task = asyncio.create_task(served.serve())
    await eventually(lambda: served.started)
    try:
        yield
    finally:
        served.should_exit = True
        await task


async def nothing_waits(server: TelegramServer) -> bool:
    return await server.pending() == []


async def everybody_speaks(server: TelegramServer) -> None:
    """A message, an unreadable update, one of an unknown kind, a press, a change of standing, a message."""
    await server.says(5001, group(), "路灯坏了")
    for name in ("milliseconds", "unknown_kind", "let_in"):
        update = an_update(name)
        del update["update_id"]
        await server.update(update)
    sent = {"message_id": 30, "date": 1_795_165_800, "chat": group(), "text": "表决"}
    await server.presses(7001, sent, "1|ballot:7:yes")
    await server.says(5002, group(), HOSTILE)


async def check_all_arrived(heard: Heard) -> None:
    await eventually(lambda: len(heard.texts()) == 2)
    assert heard.texts() == ["路灯坏了", HOSTILE]
    assert [type(event.content) for event in heard.events] == [Said, Presence, Pressed, Said]
    assert heard.events[2].content == Pressed(
        "ballot:7:yes", "30", getattr(heard.events[2].content, "query", "")
    )


async def test_by_polling_everything_readable_arrives_in_order_and_is_confirmed(
    server: TelegramServer,
) -> None:
    heard = Heard()
    async with connected(server) as telegram, running(telegram.listen(heard.admit)):
        await everybody_speaks(server)
        await check_all_arrived(heard)
        await eventually(lambda: nothing_waits(server))


async def test_by_webhook_everything_readable_arrives_in_order_and_is_confirmed(
    server: TelegramServer,
) -> None:
    heard, port = Heard(), free_port()
    hook = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": "S3cret"}
    async with (
        connected(server, **hook) as telegram,
        web(telegram, heard, port),
        running(telegram.listen(heard.admit)),
    ):
        await eventually(lambda: server.calls("setWebhook"))
        await everybody_speaks(server)
        await check_all_arrived(heard)
        await eventually(lambda: nothing_waits(server))


async def test_by_webhook_a_full_disk_loses_nothing(server: TelegramServer) -> None:
    heard, port = Heard(), free_port()
    heard.full = True
    hook = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": "S3cret"}
    async with (
        connected(server, **hook) as telegram,
        web(telegram, heard, port),
        running(telegram.listen(heard.admit)),
    ):
        await server.says(5001, group(), "路灯坏了")
        await asyncio.sleep(0.5)
        assert len(await server.pending()) == 1
        heard.full = False
        await eventually(lambda: heard.texts() == ["路灯坏了"])


async def test_polling_takes_over_from_a_forgotten_webhook(server: TelegramServer) -> None:
    heard = Heard()
    await server.http.post(f"/bot{server.token}/setWebhook", json={"url": "http://127.0.0.1:1/nowhere"})
    await server.says(5001, group(), "路灯坏了")
    async with connected(server) as telegram, running(telegram.listen(heard.admit)):
        await eventually(lambda: heard.texts() == ["路灯坏了"])


async def test_a_second_receiver_stops_the_first_loudly(server: TelegramServer) -> None:
    async with (
        connected(server) as first,
        connected(server) as second,
        running(first.listen(Heard().admit)) as tasks,
    ):
        await asyncio.sleep(0.5)
        async with running(second.listen(Heard().admit)):
            with pytest.raises(AnotherReceiver):
                await asyncio.wait_for(tasks[0], 10)


async def test_what_is_said_edited_answered_and_taken_back_reaches_the_server(server: TelegramServer) -> None:
    async with connected(server) as telegram:
        number = await telegram.perform(say(Card(HOSTILE, ROWS), GROUP), Urgency.ANSWER)
        counter = edit(Card("已投 1 / 36", ROWS), GROUP)
        counter = type(counter)(counter.act, GROUP, counter.card, number)
        assert await telegram.perform(counter, Urgency.COUNTER) == number
        assert await telegram.perform(counter, Urgency.COUNTER) == number
        assert await telegram.perform(answer("已记：赞成"), Urgency.ANSWER) == ""
        with pytest.raises(Rejected):
            await telegram.perform(edit(Card("晚了"), Address("telegram", "-4004")), Urgency.ANSWER)
        await telegram.perform(type(counter)(retract().act, GROUP, Card(""), number), Urgency.ANSWER)
    assert [call["text"] for call in await server.calls("sendMessage")] == [HOSTILE]
    assert len(await server.calls("deleteMessage")) == 1


async def test_a_flood_wait_of_the_server_is_a_pause(server: TelegramServer) -> None:
    await server.fail("sendMessage", 429, "Too Many Requests: retry after 2", retry_after=2)
    async with connected(server) as telegram:
        with pytest.raises(TryLater) as caught:
            await telegram.perform(say(Card("收到")), Urgency.ANSWER)
        assert caught.value.pause == timedelta(seconds=2)
        assert await telegram.perform(say(Card("收到")), Urgency.ANSWER)


async def test_killed_again_and_again_while_people_speak_it_loses_nothing(
    server: TelegramServer, tmp_path: Path
) -> None:
    path, wanted = tmp_path / "inbox.db", set()

    async def speak() -> None:
        for number in range(120):
            await server.update({"update_id": 5000 + number} | _message(number))
            wanted.add(str(5000 + number))
            await asyncio.sleep(0.03)

    async with running(speak()) as (speaking,):
        for _ in range(3):
            before = len(_stored(path))
            process = await _receiver(server, path)
            await eventually(lambda before=before: len(_stored(path)) > before, 20)
            process.kill()
            await process.communicate()
        await speaking
    assert len(_stored(path)) >= 3
    process = await _receiver(server, path)
    try:
        await eventually(lambda: nothing_waits(server), 20)
    finally:
        process.kill()
        await process.communicate()
    assert _stored(path) == wanted
    assert len(wanted) == 120


def _stored(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        try:
            return {event_id for (event_id,) in database.execute("SELECT event_id FROM inbox")}
        except sqlite3.OperationalError:
            return set()


def _message(number: int) -> dict[str, Any]:
    update = an_update("text")
    update["message"] |= {"message_id": number + 1, "chat": group()}
    return {"message": update["message"]}


async def _receiver(server: TelegramServer, path: Path) -> asyncio.subprocess.Process:
    program = ("-m", "tests.bot.platforms.receiver", server.url, server.token, str(path))
    return await asyncio.create_subprocess_exec(sys.executable, *program, cwd=ROOT)
