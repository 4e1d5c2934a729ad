"""The menu under the chat with the Official Account; pure. A tap says the words of its key, as if they were written."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.platforms.wire import Json, Table

_BUTTONS, _BELOW = 3, 5
_NAME_BYTES, _NAME_BELOW_BYTES, _SAYS_BYTES = 16, 60, 128


@dataclass(frozen=True, slots=True)
class Item:
    """A button that `says` something when it is tapped, or one that opens others `below` it and says nothing."""

    name: str
    says: str = ""
    below: tuple["Item", ...] = ()


def menu_body(items: Sequence[Item]) -> Table:
    """Return the menu as menu/create takes it. ValueError for one that WeChat would refuse.

    Three buttons of 16 bytes, five of 60 bytes below each, keys of 128 bytes (自定义菜单创建接口).
    """
    if not 1 <= len(items) <= _BUTTONS:
        raise ValueError(f"a menu of {len(items)} buttons")
    return {"button": [_button(item) for item in items]}


def _button(item: Item) -> Table:
    if len(item.below) > _BELOW or bool(item.below) == bool(item.says):
        raise ValueError(f"{item.name}: says something, or opens up to {_BELOW} others")
    if not item.below:
        return _tap(item, _NAME_BYTES)
    below: list[Json] = [_tap(one, _NAME_BELOW_BYTES) for one in item.below]
    return {"name": _fitting(item.name, _NAME_BYTES), "sub_button": below}


def _tap(item: Item, most: int) -> Table:
    return {"type": "click", "name": _fitting(item.name, most), "key": _fitting(item.says, _SAYS_BYTES)}


def _fitting(words: str, most: int) -> str:
    if not 0 < len(words.encode()) <= most:
        raise ValueError(f"{words}: not 1 to {most} bytes")
    return words
