"""The other channels, tried."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.abilities import URL
from bot.platforms.telegram_decode import PRESS_PREFIX, Me, decode
from bot.platforms.wechat_oa_decode import decode as decode_oa
from bot.platforms.wecom_app_decode import decode as decode_app
from bot.platforms.wecom_webhook import WecomWebhook
from bot.platforms.wecom_webhook_settings import WecomWebhookSettings
from storage.messages import Address, Card, Inbound
from tests.bot.platforms.test_wechat_oa import WANG
from tests.bot.platforms.test_wechat_oa import World as Account
from tests.bot.platforms.trials import Seen, Speaking, Trial, add_message, tell
from tests.bot.platforms.trials_aibot import ByCallback, on_the_line
from tests.bot.platforms.updates import an_update
from tests.bot.platforms.wecom_app_world import REPS, ZHANG, a_press
from tests.bot.platforms.wecom_app_world import World as App
from tests.fakes import NOW, FakeBotApi
from tests.weixin import FakeWeixin

PERSON, CHAT = Address("telegram", "5001"), Address("telegram", "-1001234567890")
HEADS = Address("wecom_webhook", "楼长群")


@dataclass
class OnTelegram:
    api: FakeBotApi = field(default_factory=FakeBotApi)
    one: Address | None = PERSON
    group: Address | None = CHAT
    _read: int = 0

    def __post_init__(self) -> None:
        self.platform: Speaking = self.api.telegram()

    def seen(self) -> Seen:
        new, self._read = self.api.calls[self._read :], len(self.api.calls)
        found = Seen()
        for method, said in new:
            found.texts += [said["text"]] if method == "sendMessage" else []
            found.files += method in {"sendPhoto", "sendVideo", "sendVoice", "sendDocument"}
            rows = (said.get("reply_markup") or {}).get("inline_keyboard", [])
            found.presses |= {one["callback_data"].removeprefix(PRESS_PREFIX) for row in rows for one in row}
            found.called += [str(one["user"]["id"]) for one in said.get("entities", [])]
        return found

    def changes(self) -> int:
        return len(self.api.sent("editMessageText"))

    def removals(self) -> int:
        return len(self.api.sent("deleteMessage"))

    def rung(self) -> list[str]:
        return []

    def stranger(self) -> Address:
        self.api.fail("sendMessage", 403, "Forbidden: bot can't initiate conversation with a user")
        return PERSON

    async def unasked(self, card: Card, to: Address) -> str:
        return await tell(self, card, to)

    async def press(self, shown: str) -> None:
        """Telegram lets messages be changed without one."""

    def sends(self, kind: str) -> Inbound | None:
        names = {"picture": "photo", "file": "document", "place": "location"}
        found = decode(an_update(names.get(kind, kind)), Me(666, "yishi_bot"), NOW)
        return found if isinstance(found, Inbound) else None


_KINDS = {"picture": "image", "transcript": "voice", "place": "location"}


def _fields(kind: str, person: str) -> dict[str, str]:
    """A callback of WeCom or WeChat with something in it other than words."""
    place = {"Location_X": "30.2", "Location_Y": "120.1", "Label": "东门"}
    head = {"ToUserName": "x1", "FromUserName": person, "CreateTime": "1795165800", "MsgId": "7"}
    said = {"Content": "电梯坏了"} if kind == "text" else {"MediaId": "M1", **place}
    return {**head, "MsgType": _KINDS.get(kind, kind), **said}


@dataclass
class OfTheApp:
    world: App = field(default_factory=App)
    one: Address | None = ZHANG
    group: Address | None = REPS
    _read: int = 0

    def __post_init__(self) -> None:
        self.platform: Speaking = self.world.app

    def seen(self) -> Seen:
        calls = self.world.api.calls
        new, self._read = calls[self._read :], len(calls)
        found = Seen()
        for path, body in new:
            if path in {"message/send", "appchat/send"}:
                add_message(found, body)
        return found

    def changes(self) -> int:
        return len(self.world.sent("message/update_template_card"))

    def removals(self) -> int:
        return len(self.world.sent("message/recall"))

    def rung(self) -> list[str]:
        return []

    def stranger(self) -> Address:
        return ZHANG

    async def unasked(self, card: Card, to: Address) -> str:
        return await tell(self, card, to)

    async def press(self, shown: str) -> None:
        code = self.world.api.press()
        await self.world.wecom.post(a_press(shown, code, key="issue.accept:12"))

    def sends(self, kind: str) -> Inbound | None:
        found = decode_app(_fields(kind, "zhangsan"))
        return found[0] if found else None


@dataclass
class OfTheAccount:
    world: Account = field(default_factory=Account)
    one: Address | None = WANG
    group: Address | None = None
    _read: int = 0

    def __post_init__(self) -> None:
        self.platform: Speaking = self.world.account

    def seen(self) -> Seen:
        new, self._read = self.world.sent()[self._read :], len(self.world.sent())
        found = Seen()
        for body in new:
            add_message(found, body)
        return found

    def changes(self) -> int:
        return sum("update" in path for path, _ in self.world.api.calls)

    def removals(self) -> int:
        return sum("recall" in path or "delete" in path for path, _ in self.world.api.calls)

    def rung(self) -> list[str]:
        return []

    def stranger(self) -> Address:
        self.world.api.fail("message/custom/send", 45015)
        return WANG

    async def unasked(self, card: Card, to: Address) -> str:
        return await tell(self, card, to)

    async def press(self, shown: str) -> None:
        """There is nothing to press."""

    def sends(self, kind: str) -> Inbound | None:
        events = decode_oa(_fields(kind, "oWANG")).events
        return events[0] if events else None


@dataclass
class OfTheWebhook:
    api: FakeWeixin = field(default_factory=FakeWeixin)
    one: Address | None = None
    group: Address | None = HEADS
    _read: int = 0

    def __post_init__(self) -> None:
        settings = WecomWebhookSettings({"楼长群": "1b2c3d4e-5f60"}, "https://fake/cgi-bin/")
        self.platform: Speaking = WecomWebhook(settings, self.api.around())

    def seen(self) -> Seen:
        new, self._read = self.api.calls[self._read :], len(self.api.calls)
        found = Seen()
        for _, body in new:
            add_message(found, body)
        return found

    def changes(self) -> int:
        return sum(path != "webhook/send" for path, _ in self.api.calls)

    def removals(self) -> int:
        return self.changes()

    def rung(self) -> list[str]:
        return []

    def stranger(self) -> Address:
        return HEADS

    async def unasked(self, card: Card, to: Address) -> str:
        return await tell(self, card, to)

    async def press(self, shown: str) -> None:
        """There is nothing to press."""

    def sends(self, kind: str) -> Inbound | None:
        return None


@asynccontextmanager
async def trying(channel: str) -> AsyncIterator[Trial]:
    """The channel of this row of the table, ready to be tried."""
    plain: dict[str, Any] = {
        "telegram": OnTelegram,
        URL: ByCallback,
        "wecom_app": OfTheApp,
        "wechat_oa": OfTheAccount,
        "wecom_webhook": OfTheWebhook,
    }
    if channel in plain:
        yield plain[channel]()
        return
    async with on_the_line() as trial:
        yield trial
