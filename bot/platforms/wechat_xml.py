"""The XML of WeChat's callbacks: read without trusting it, written so that no text can break out."""

from collections.abc import Mapping
from typing import cast
from xml.parsers.expat import ExpatError, ParserCreate

from bot.platforms.wire import Malformed

Fields = Mapping[str, object]
"""The children of <xml>: a text, or the same again one level deeper; a list where a name comes several times."""

_BREAKS_OUT, _MENDED = "]]>", "]]]]><![CDATA[>"


class _Tree:
    """Grows as a parser goes through a document: the children of every element that is still open, and its words."""

    def __init__(self) -> None:
        self.open: list[dict[str, object]] = [{}]
        self._words = ""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        del name, attributes
        self.open.append({})
        self._words = ""

    def hear(self, words: str) -> None:
        self._words += words

    def end(self, name: str) -> None:
        found = self.open.pop() or self._words.strip() or None
        self._words, around = "", self.open[-1]
        if name not in around:
            around[name] = found
        elif isinstance(before := around[name], list):
            before.append(found)
        else:
            around[name] = [before, found]


def read(written: str) -> Fields:
    """Return what stands inside <xml>. Malformed for anything else, and for declarations, which WeChat never sends."""
    if "<!DOCTYPE" in (upper := written.upper()) or "<!ENTITY" in upper:
        raise Malformed("xml: with declarations")
    tree, parser = _Tree(), ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = tree.begin, tree.end
    parser.CharacterDataHandler = tree.hear
    try:
        parser.Parse(written.encode(), True)  # noqa: FBT003 - pyexpat takes it by place only: there is no more
    except (ExpatError, ValueError):
        raise Malformed("xml: not well formed") from None
    found = tree.open[0].get("xml")
    if not isinstance(found, dict):
        raise Malformed("xml: without content")
    return found


def said(fields: Fields, name: str) -> str:
    """Return the text under a name, "" when there is none."""
    found = fields.get(name)
    return found if isinstance(found, str) else ""


def inside(fields: Fields, name: str) -> list[Fields]:
    """Return what stands under a name as a list, however many there are."""
    found = fields.get(name)
    several = found if isinstance(found, list) else [found]
    return [cast(Fields, one) for one in several if isinstance(one, dict)]


def texts_of(fields: Fields, name: str) -> list[str]:
    """Return the texts under a name that may come once or several times."""
    found = fields.get(name)
    several = found if isinstance(found, list) else [found]
    return [one for one in several if isinstance(one, str)]


def quoted(words: str) -> str:
    """Return the words as a CDATA section that ends where we end it."""
    return f"<![CDATA[{words.replace(_BREAKS_OUT, _MENDED)}]]>"
