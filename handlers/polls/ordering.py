"""The order by which a poll is put, in words: `3天 事项 居民公约 依据 … 选项 A；B`, on one line or several.

A clause begins with its word at the start or behind a blank, and goes on to the next such word. 依据 that follows
可提前结束 is the ground of that. What cannot be read is refused with the way to write it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from handlers.choices.ask import Ask
from handlers.matters.lint import silence_as_consent
from handlers.polls.asking import KINDS, read_ask
from handlers.polls.otherwise import Other, read_other
from handlers.polls.starting import cut_start, read_studied
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow
from storage.records import Secrecy

T = TypeVar("T")

_SPAN = re.compile(r"\s*(\d{1,3})\s*个?(天|日|小时|分钟)\s*")
_LENGTHS: Final[Mapping[str, timedelta]] = {
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "小时": timedelta(hours=1),
    "分钟": timedelta(minutes=1),
}
_FLAGS: Final[Mapping[str, Secrecy]] = {"无记名": Secrecy.SECRET, "记名": Secrecy.OPEN}
_GLUED: Final = ("事项", "路径", "依据", "名册", "题目", "选项")
"""These may stand before their words without a blank."""
_APART: Final = ("紧急", "另用", "询异", "可提前结束", "党组织")
_BOUNDARY: Final = r"(?:(?<=[\s，,；;。])|^)"
_CLAUSE: Final = re.compile(
    rf"{_BOUNDARY}(?:(?P<kind>(?:{'|'.join(KINDS)})[\d\-~至到席名取项]*)(?=[\s:：，,；;。]|$)"
    rf"|(?P<flag>{'|'.join(_FLAGS)})(?=[\s，,；;。]|$)"
    rf"|(?P<apart>{'|'.join(_APART)})(?=[\s:：，,；;。\d]|$)"
    rf"|(?P<glued>{'|'.join(_GLUED)}))[:：]?"
)
_EDGES: Final = " \t\r\n，,；;。:："
_DAYS: Final = re.compile(r"(\d{1,2})\s*个?[天日]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the office asks for; "" and None are left to the stage, the matter and the usual.

    `cited` is the ground under 依据, `early` that under 可提前结束, `urgent` why the notice is short, `objections`
    for how many days the result stays open to challenge, `studied_on` when the party organisation studied it.
    """

    span: timedelta
    opens_at: datetime | None = None
    secrecy: Secrecy | None = None
    matter: str = ""
    route: str = ""
    body: str = ""
    question: str = ""
    cited: str = ""
    urgent: str = ""
    other: Other | None = None
    objections: int = 0
    early: str = ""
    studied_on: date | None = None
    ask: Ask | None = None


def read_order(words: str, now: datetime, zone: ZoneInfo) -> Order:
    """Read an order. Raises Refusal with the right way for whatever is missing, doubled or not understood."""
    if found := silence_as_consent(words):
        raise Refusal("polls.not_so", why=text("matters.silence", words=found))
    span, rest = read_span(words)
    opens_at, rest = cut_start(rest, now, zone)
    clauses = _clauses(rest)
    return Order(
        span=span,
        opens_at=opens_at,
        secrecy=_secrecy(clauses),
        matter=_one_word(clauses, "事项"),
        route=_filled(clauses, "路径"),
        body=_filled(clauses, "名册"),
        question=_filled(clauses, "题目"),
        cited=_filled(clauses, "依据"),
        urgent=_filled(clauses, "紧急"),
        other=_read(clauses, "另用", read_other),
        objections=_read(clauses, "询异", _read_days) or 0,
        early=_filled(clauses, "可提前结束"),
        studied_on=_read(clauses, "党组织", lambda said: read_studied(said, now, zone)),
        ask=_ask(clauses),
    )


def read_span(words: str) -> tuple[timedelta, str]:
    """Read 3天, 12小时 … and what follows. Refusal with the way to write it."""
    match = _SPAN.match(narrow(words))
    if match is None or int(match[1]) == 0:
        raise Refusal("polls.span_usage")
    return int(match[1]) * _LENGTHS[match[2]], words[match.end() :].strip()


def _clauses(words: str) -> dict[str, str]:
    """The words of each clause by what it begins with. Refusal for words before the first, and for one said twice."""
    plain = narrow(words)
    heads = list(_CLAUSE.finditer(plain))
    before = words[: heads[0].start()] if heads else words
    if before.strip(_EDGES):
        raise Refusal("polls.order_unknown", said=before.strip(_EDGES))
    found: dict[str, str] = {}
    ends = [*(head.start() for head in heads[1:]), len(words)][: len(heads)]
    for place, (head, end) in enumerate(zip(heads, ends, strict=True)):
        name = head[0].rstrip(":：")
        said = words[head.end() : end].strip(_EDGES)
        if (
            name == "依据"
            and place
            and found.get("可提前结束") == ""
            and _touches(heads[place - 1], head, plain)
        ):
            name = "可提前结束"
        elif name in found:
            raise Refusal("polls.order_twice", word=name)
        found[name] = said
    return found


def _touches(before: re.Match[str], head: re.Match[str], plain: str) -> bool:
    """Whether 依据 stands directly behind 可提前结束."""
    return before[0].startswith("可提前结束") and not plain[before.end() : head.start()].strip(_EDGES)


def _filled(clauses: Mapping[str, str], name: str) -> str:
    """The words of a clause, "" where it is not there. Refusal where it is there without words."""
    said = clauses.get(name)
    if said == "":
        raise Refusal("polls.order_early" if name == "可提前结束" else "polls.order_empty", word=name)
    return said or ""


def _one_word(clauses: Mapping[str, str], name: str) -> str:
    """A clause of one word; what stands behind it was meant to be something else."""
    said = _filled(clauses, name)
    first, _, rest = said.partition(" ")
    if rest.strip():
        raise Refusal("polls.order_unknown", said=rest.strip())
    return first


def _read(clauses: Mapping[str, str], name: str, read: Callable[[str], T]) -> T | None:
    return read(clauses[name]) if name in clauses else None


def _secrecy(clauses: Mapping[str, str]) -> Secrecy | None:
    named = [word for word in _FLAGS if word in clauses]
    if len(named) > 1:
        raise Refusal("polls.order_twice", word="、".join(named))
    if named and clauses[named[0]]:
        raise Refusal("polls.order_unknown", said=clauses[named[0]])
    return _FLAGS[named[0]] if named else None


def _read_days(said: str) -> int:
    match = _DAYS.fullmatch(narrow(said).strip())
    if match is None or int(match[1]) == 0:
        raise Refusal("polls.objections_usage")
    return int(match[1])


def _ask(clauses: Mapping[str, str]) -> Ask | None:
    kinds = [name for name in clauses if name.startswith(KINDS)]
    if len(kinds) > 1:
        raise Refusal("polls.order_twice", word="、".join(kinds))
    listed = clauses.get("选项", "")
    if kinds:
        behind = clauses[kinds[0]]
        if behind and listed:
            raise Refusal("polls.order_unknown", said=behind)
        return read_ask(kinds[0], listed or behind)
    return read_ask("", listed) if "选项" in clauses else None
