"""What a poll asks, in the words of whoever puts it: 单选 选项 东门；西门, 多选2 …, 打分1-5 …, 排序2席 …."""

import re
from dataclasses import replace
from typing import Final

from handlers.choices.ask import Ask, Kind
from handlers.matters.sounding import bare_words
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow

KINDS: Final = ("单选", "多选", "打分", "排序", "共识", "摸底")
_KIND: Final = re.compile(
    rf"(?P<word>{'|'.join(KINDS)})(?P<first>\d{{1,3}})?(?:[-~至到](?P<last>\d{{1,3}}))?(?P<seats>[席名])?项?(?:取(?P<places>\d{{1,2}}))?项?"
)
_OFFERING: Final = frozenset({Kind.SINGLE, Kind.SEVERAL})
"""Kinds in which 均不同意 always stands on the ballot; in the others where it is written."""
_LISTED: Final = re.compile(r"[；;\n]+")


def read_ask(kind: str, options: str) -> Ask:
    """Read a kind ("" is 单选) and its options, parted by ；, by lines, or by 、 or blanks where there is nothing else.

    均不同意 among them is not an option but offered at the end. Raises Refusal with the way to write it.
    """
    match = _KIND.fullmatch(narrow(kind or KINDS[0]))
    if match is None:
        raise Refusal("polls.kind_usage", said=kind)
    names = _options(options)
    none = bare_words(text("choices.none_of_these"))
    named = tuple(name for name in names if bare_words(name) != none)
    offered = len(named) < len(names)
    if not named and match["word"] != "共识":
        raise Refusal("polls.options_usage", kind=match["word"])
    return _ask(match, named, offered=offered)


def read_options(before: Ask, written: str) -> Ask:
    """Return the same ballot with other options. Raises Refusal as `read_ask` does."""
    names = _options(written)
    none = bare_words(text("choices.none_of_these"))
    named = tuple(name for name in names if bare_words(name) != none)
    if not named:
        raise Refusal("polls.options_usage", kind="")
    whole = before.places == len(before.options) > 1
    offered = before.none_offered or len(named) < len(names)
    return replace(before, options=named, none_offered=offered, places=len(named) if whole else before.places)


def _options(written: str) -> list[str]:
    parts = [part.strip(" ，,。") for part in _LISTED.split(written)]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        apart = re.compile(r"[、|]") if re.search(r"[、|]", written) else re.compile(r"\s+")
        parts = [part.strip() for part in apart.split(parts[0]) if part.strip()]
    return parts


def _ask(match: re.Match[str], named: tuple[str, ...], *, offered: bool) -> Ask:
    word, places = match["word"], int(match["places"] or 1)
    first = int(match["first"]) if match["first"] else None
    if match["last"] and word != "打分":
        raise Refusal("polls.kind_usage", said=match[0])
    match word:
        case "多选":
            taken = int(match["places"]) if match["places"] else (first or len(named))
            return Ask(Kind.SEVERAL, named, none_offered=True, places=taken, most=first)
        case "打分":
            low, high = (
                (first, int(match["last"])) if first is not None and match["last"] else (1, first or 5)
            )
            return Ask(Kind.SCORE, named, none_offered=offered, places=places, lowest=low, highest=high)
        case "排序" if first is not None:
            return Ask(Kind.STV, named, none_offered=offered, places=first)
        case "排序":
            return Ask(Kind.SCHULZE, named, none_offered=offered, places=places)
    if first is not None:
        raise Refusal("polls.kind_usage", said=match[0])
    kind = {"单选": Kind.SINGLE, "共识": Kind.CONSENT, "摸底": Kind.SENSE}[word]
    return Ask(kind, named, none_offered=offered or kind in _OFFERING)
