"""Telegram's end: updates wait until they are confirmed, messages are kept, and the documented limits are watched."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import FakeBotApi

_TEXT, _CAPTION, _ALERT, _DATA, _BUTTONS = 4096, 1024, 200, 64, 100
_GROUP_MINUTE, _PERSON_SECOND = 40, 5


@dataclass(slots=True)
class Message:
    """A message of ours as it stands there: words, buttons by what they send, and how much else hangs there."""

    words: str
    buttons: dict[str, str] = field(default_factory=dict)
    attached: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: to whom (a chat, or the query of a press) and what it left there."""

    method: str
    to: str
    number: int
    message: Message


@dataclass
class TelegramServer(FakeBotApi):
    """A fake with a memory."""

    now: Callable[[], float] = lambda: 0.0
    news: Callable[[], None] = lambda: None
    messages: dict[tuple[str, int], Message] = field(default_factory=dict)
    journal: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    _given: set[int] = field(default_factory=set)
    _sent: int = 3_000_000
    _updated: int = 700_000
    _paces: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def next_update(self) -> int:
        self._updated += 1
        return self._updated

    def next_number(self) -> int:
        self._sent += 1
        return self._sent

    def waits(self, number: int) -> bool:
        return any(update["update_id"] == number for update in self.waiting)

    async def _updates(self, offset: int) -> list[Any]:
        """An update is let go of once it was given and a later offset has confirmed it."""
        kept = [
            one for one in self.waiting if one["update_id"] >= offset or one["update_id"] not in self._given
        ]
        confirmed, self.waiting = [one for one in self.waiting if one not in kept], kept
        self._given -= {one["update_id"] for one in confirmed}
        self.news()
        while not self.waiting:
            self._news.clear()
            await self._news.wait()
        self._given |= {one["update_id"] for one in self.waiting[:100]}
        return self.waiting[:100]

    async def _result(self, method: str, parameters: dict[str, Any]) -> Any:
        if method.startswith("send"):
            self._paced(str(parameters["chat_id"]))
        result = await super()._result(method, parameters)
        self._keep(method, parameters, result)
        return result

    def _keep(self, method: str, parameters: dict[str, Any], result: Any) -> None:
        chat = str(parameters.get("chat_id", ""))
        if method.startswith("send"):
            shown = self._shown(method, parameters)
            number = (result[-1] if isinstance(result, list) else result)["message_id"]
            self.messages[chat, number] = shown
            self.journal.append(Call(method, chat, number, shown))
        elif method.startswith("editMessage"):
            number = int(parameters["message_id"])
            self._judge(chat, number, (chat, number) in self.messages, "an edit of nothing")
            shown = self._shown(method, parameters)
            self.messages[chat, number] = shown
            self.journal.append(Call(method, chat, number, shown))
        elif method == "deleteMessage":
            self.messages.pop((chat, int(parameters["message_id"])), None)
        elif method == "answerCallbackQuery":
            words = str(parameters.get("text") or "")
            self._judge(chat, 0, _units(words) <= _ALERT, "too long an alert")
            self.journal.append(Call(method, str(parameters["callback_query_id"]), 0, Message(words)))

    def _shown(self, method: str, parameters: dict[str, Any]) -> Message:
        words = str(parameters.get("text") or parameters.get("caption") or "")
        chat, limit = str(parameters["chat_id"]), _TEXT if "text" in parameters else _CAPTION
        self._judge(chat, 0, _units(words) <= limit, f"{_units(words)} units")
        self._judge(chat, 0, bool(words) or not method.endswith(("Message", "Text")), "an empty message")
        rows = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = {one["callback_data"].removeprefix("1|"): one["text"] for row in rows for one in row}
        sizes = [len(one["callback_data"].encode()) for row in rows for one in row]
        self._judge(
            chat, 0, max(sizes, default=0) <= _DATA and len(sizes) <= _BUTTONS, "too much on a button"
        )
        attached = 0 if "text" in parameters else len(parameters.get("media", [0]))
        return Message(words, buttons, attached)

    def _judge(self, chat: str, number: int, sound: object, words: str) -> None:
        if not sound:
            self.violations.append(f"{chat}/{number}: {words}")

    def _paced(self, chat: str) -> None:
        """What Telegram bears in a burst is its secret: this is more than an advised pace ever comes to."""
        at, group = self.now(), chat.startswith("-")
        window, most = (60.0, _GROUP_MINUTE) if group else (1.0, _PERSON_SECOND)
        told = self._paces[chat]
        while told and told[0] <= at - window:
            told.popleft()
        told.append(at)
        self._judge(chat, 0, len(told) <= most, f"{len(told)} messages in {window:.0f} s")


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
