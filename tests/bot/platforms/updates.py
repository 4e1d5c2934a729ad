"""Updates as Telegram writes them, made up for these tests."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("fixtures") / "telegram_updates.json"
ALL: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))


def an_update(name: str, **over: Any) -> Any:
    """A fresh copy of the named update; `over` replaces fields at its top."""
    return deepcopy(ALL[name]) | over


def said(number: int, text: str = "路灯坏了") -> Any:
    """A plain message with this update_id."""
    update = an_update("text", update_id=number)
    update["message"] |= {"text": text, "message_id": number}
    return update
