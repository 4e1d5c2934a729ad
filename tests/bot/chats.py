"""Exports of chats to write in tests, and what was read from them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chatfile import ChatFault, ChatLine, read_chat

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 5, 1, 10, tzinfo=UTC)


def said(number: int, words: object, **more: object) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": "2026-03-05T09:10:00",
        "date_unixtime": "1772673000",
        "from": "张三",
        "from_id": "user1",
        "text": words,
        "text_entities": [],
        **more,
    }


def chat(name: object, *messages: object) -> dict[str, object]:
    return {"name": name, "type": "private_supergroup", "id": 1, "messages": list(messages)}


def read(file: Path, content: str | bytes) -> list[ChatLine | ChatFault]:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_chat(file, SHANGHAI))


def faults(found: list[ChatLine | ChatFault]) -> list[tuple[int, str]]:
    return [(one.line, one.key) for one in found if isinstance(one, ChatFault)]


def words(found: list[ChatLine | ChatFault]) -> list[str]:
    return [one.text for one in found if isinstance(one, ChatLine)]
