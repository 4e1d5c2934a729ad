"""Cutting texts to Telegram's limits, which count UTF-16 units: a Chinese character is one, an emoji two."""

_WIDE = "\uffff"
_MORE = "…"
_ENDS = "\n。；！？;!?，, "


def units(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text) if text.isascii() else len(text) + sum(letter > _WIDE for letter in text)


def pieces(text: str, limit: int) -> list[str]:
    """Cut at line breaks into as few pieces as fit; blank pieces are left out, no letter is lost."""
    found = []
    while units(text) > limit:
        here = _cut(text, _room(text, limit))
        found.append(text[:here])
        text = text[here:].lstrip("\n")
    found.append(text)
    return [piece for piece in found if piece.strip()]


def shortened(text: str, limit: int) -> str:
    """Return the text, or its beginning and an ellipsis when it is too long for one message."""
    if units(text) <= limit:
        return text
    room = _room(text, limit - 1)
    return text[: _cut(text, room)].rstrip() + _MORE


def _room(text: str, limit: int) -> int:
    """How many letters from the start fit into `limit` units."""
    room = min(len(text), limit)
    while units(text[:room]) > limit:
        room -= (units(text[:room]) - limit + 1) // 2
    return room


def _cut(text: str, room: int) -> int:
    """Where to cut: after the last line, else sentence, else word that fits in its second half, else anywhere."""
    for end in _ENDS:
        here = text.rfind(end, room // 2, room)
        if here > 0:
            return here + 1
    return room
