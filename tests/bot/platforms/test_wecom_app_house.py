"""A whole house behind the app: from a callback to the answer on somebody's phone, over restarts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.wechat_vault import SharedVault
from bot.platforms.wecom_app import WecomApp
from bot.platforms.wecom_app_settings import WecomAppSettings
from handlers.settings import Settings
from storage import outbox, schema
from storage.database import Database
from storage.messages import Act, Card, Urgency
from storage.outbox import Letter
from tests.bot.platforms.wecom_app_world import ZHANG, message
from tests.weixin import KEY, NOW, TOKEN, Caller, FakeWeixin

pytestmark = pytest.mark.anyio


@dataclass
class Phone:
    """What somebody sees of the house in WeCom."""

    app: App
    clock: StoryClock
    api: FakeWeixin
    wecom: Caller

    async def says(self, words: str, number: str) -> int:
        answer = await self.wecom.post(message(MsgType="text", Content=words, MsgId=number))
        await self.app.post.drain()
        return answer.status_code

    def told(self) -> list[str]:
        return [body["text"]["content"] for body in self.api.sent("message/send")]


@asynccontextmanager
async def a_house(path: Path, api: FakeWeixin) -> AsyncIterator[Phone]:
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    settings = WecomAppSettings("ww1", 1000002, "SECRET", TOKEN, KEY, "https://fake/cgi-bin/")
    channel = WecomApp(settings, api.around(SharedVault(database)))
    clock = StoryClock(NOW)
    house = await App.open(database, {"wecom_app": channel}, clock, Settings(community="桂花里社区"))
    inlet = asyncio.ensure_future(house.inlet.run())
    try:
        yield Phone(house, clock, api, Caller(channel.endpoint(house.admit), "ww1", lambda: api.now))
    finally:
        inlet.cancel()
        await channel.close()
        await database.close()


async def test_who_greets_is_answered_once_however_often_wecom_repeats(tmp_path: Path) -> None:
    api = FakeWeixin()
    async with a_house(tmp_path / "h.db", api) as phone:
        assert [await phone.says("/start", "71") for _ in range(3)] == [200, 200, 200]
        assert len(phone.told()) == 1
        assert "桂花里社区" in phone.told()[0]


async def test_a_restart_goes_on_with_the_same_pass_and_repeats_nothing(tmp_path: Path) -> None:
    api = FakeWeixin()
    async with a_house(tmp_path / "h.db", api) as phone:
        await phone.says("/start", "71")
    async with a_house(tmp_path / "h.db", api) as phone:
        await phone.says("/start", "71")
        await phone.says("/start", "72")
    assert len(phone.told()) == 2
    assert api.passes["gettoken"] == 1


async def test_who_presses_much_is_answered_no_faster_than_wecom_allows_and_each_time(tmp_path: Path) -> None:
    api = FakeWeixin()
    async with a_house(tmp_path / "h.db", api) as phone:
        answers = [
            Letter(Act.ANSWER, ZHANG, Card(f"第{number}次"), Urgency.ANSWER, f"q{number}")
            for number in range(70)
        ]
        await phone.app.database.write(lambda tx: outbox.write(tx, answers, api.now))
        told: list[datetime] = []
        while len(told) < len(answers):
            await phone.app.post.drain()
            told += [api.now] * (len(phone.told()) - len(told))
            api.now += timedelta(seconds=5)
            phone.clock.move(api.now)
    assert sorted(phone.told()) == sorted(one.card.text for one in answers)
    assert all(sum(at - timedelta(minutes=1) < one <= at for one in told) <= 30 for at in told)
    assert told[-1] - told[0] < timedelta(minutes=4), "what is allowed is used"
