"""Cutting texts to limits that count bytes of UTF-8, as every WeChat channel does."""

import unicodedata

_MORE = "…"
_ENDS = "\n。；！？;!?，,、 "
_JOINER = "\u200d"
_TONES = range(0x1F3FB, 0x1F400)


def size(text: str) -> int:
    """Return the length in bytes of UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def pieces(text: str, limit: int) -> list[str]:
    """Cut where the sense allows into as few pieces as fit; blank pieces are left out, no letter is lost.

    `limit` is in bytes and at least 4, the longest character.
    """
    found = []
    while size(text) > limit:
        here = _cut(text, _room(text, limit))
        found.append(text[:here].rstrip("\n"))
        text = text[here:].lstrip("\n")
    found.append(text)
    return [piece for piece in found if piece.strip()]


def shortened(text: str, limit: int) -> str:
    """Return the text, or its beginning and an ellipsis when it is longer than `limit` bytes."""
    if size(text) <= limit:
        return text
    return text[: _cut(text, _room(text, limit - size(_MORE)))].rstrip() + _MORE


def clipped(text: str, characters: int) -> str:
    """Return the text, or its beginning and an ellipsis when it has more characters than clients show."""
    if len(text) <= characters:
        return text
    return text[: _whole(text, characters - 1) or characters - 1].rstrip() + _MORE


def _room(text: str, limit: int) -> int:
    """How many characters from the start fit into `limit` bytes."""
    return len(text[:limit].encode()[:limit].decode(errors="ignore"))


def _cut(text: str, room: int) -> int:
    """Where to cut: after the last line, else sentence, else word that fits in its second half, else anywhere."""
    for end in _ENDS:
        here = text.rfind(end, room // 2, room)
        if here > 0:
            return here + 1
    return _whole(text, room) or room


def _whole(text: str, room: int) -> int:
    """The nearest place at or before `room` that parts no accent, skin tone or joined emoji; 0 when there is none."""
    while 0 < room < len(text) and _clings(text[room - 1], text[room]):
        room -= 1
    return room


def _clings(before: str, after: str) -> bool:
    return _JOINER in (before, after) or bool(unicodedata.combining(after)) or _follows(after)


def _follows(after: str) -> bool:
    return unicodedata.category(after) in {"Mn", "Me"} or ord(after) in _TONES
