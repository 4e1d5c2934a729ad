"""A whole house behind the Official Account: the answer goes back with the message, what may not be pushed waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import StoryClock
from bot.platforms.wechat_oa import WechatOa
from bot.platforms.wechat_oa_settings import WechatOaSettings
from bot.platforms.wechat_vault import SharedVault
from handlers.settings import Settings
from storage import outbox, schema
from storage.database import Database
from storage.messages import Act, Address, Card, Urgency
from storage.outbox import Letter
from tests.bot.platforms.test_wechat_oa import opened, text
from tests.weixin import KEY, NOW, TOKEN, Caller, FakeWeixin

pytestmark = pytest.mark.anyio
WANG = Address("wechat_oa", "oWANG")


@dataclass
class Account:
    """The house, its platform, and WeChat calling."""

    app: App
    api: FakeWeixin
    wechat: Caller

    async def says(self, words: str, number: str) -> str:
        return str(opened(await self.wechat.post(text(words, number)))["Content"])

    async def letter(self, words: str) -> None:
        """Something the house wants to tell of itself."""
        one = Letter(Act.SAY, WANG, Card(words), Urgency.NOTICE)
        await self.app.database.write(lambda tx: outbox.write(tx, [one], NOW))
        self.app.post.wake()

    async def told(self) -> list[str]:
        await asyncio.sleep(0.2)
        return [body["text"]["content"] for body in self.api.sent("message/custom/send")]


@asynccontextmanager
async def a_house(path: Path) -> AsyncIterator[Account]:
    api = FakeWeixin()
    database = await Database.open(f"sqlite:///{path}")
    await schema.upgrade(database)
    settings = WechatOaSettings("wx1", "SECRET", TOKEN, KEY, base_url="https://fake/cgi-bin/")
    channel = WechatOa(settings, api.around(SharedVault(database)))
    house = await App.open(
        database, {"wechat_oa": channel}, StoryClock(NOW), Settings(community="桂花里社区")
    )
    running = [asyncio.ensure_future(part) for part in (house.inlet.run(), house.post.run())]
    try:
        yield Account(house, api, Caller(channel.endpoint(house.admit), "wx1", lambda: api.now))
    finally:
        for part in running:
            part.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await channel.close()
        await database.close()


async def test_the_answer_is_in_the_same_breath_and_repeated_with_the_message(tmp_path: Path) -> None:
    async with a_house(tmp_path / "h.db") as account:
        first = await account.says("/start", "71")
        assert "桂花里社区" in first
        assert await account.says("/start", "71") == first
        assert await account.told() == []


async def test_what_may_not_be_pushed_is_told_when_the_person_writes_again(tmp_path: Path) -> None:
    async with a_house(tmp_path / "h.db") as account:
        account.api.fail("message/custom/send", 45015)
        await account.letter("12号已经办结")
        assert await account.told() == []
        (waiting,) = await account.app.database.read(outbox.pending)
        assert waiting.error == outbox.UNTIL_THEY_WRITE
        answer = await account.says("/start", "72")
        assert "桂花里社区" in answer or "12号" in answer
        heard = [answer, *await account.told()]
        assert len(heard) == 2
        assert "12号已经办结" in heard
