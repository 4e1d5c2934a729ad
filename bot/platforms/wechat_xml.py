"""The XML of WeChat's callbacks: read without trusting it, written so that no text can break out."""

from collections.abc import Mapping
from typing import cast
from xml.parsers.expat import ExpatError

import xmltodict

from bot.platforms.telegram_wire import Malformed

Fields = Mapping[str, object]
"""The children of <xml>: a text, or the same again one level deeper; a list where a name comes several times."""

_BREAKS_OUT, _MENDED = "]]>", "]]]]><![CDATA[>"


def read(written: str) -> Fields:
    """Return what stands inside <xml>. Malformed for anything else, and for declarations, which WeChat never sends."""
    if "<!DOCTYPE" in written.upper() or "<!ENTITY" in written.upper():
        raise Malformed("xml: with declarations")
    try:
        found = cast(object, xmltodict.parse(written).get("xml"))
    except (ExpatError, ValueError, AttributeError, RecursionError):
        raise Malformed("xml: not well formed") from None
    if not isinstance(found, dict):
        raise Malformed("xml: without content")
    return cast(Fields, found)


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
