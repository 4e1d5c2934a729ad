"""What is typed behind 纪要 会3: an edit, a verb, or nothing. Pure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.clocks import NUMERAL, number
from handlers.papers.kept_minutes import Mode
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow
from storage.records import CorrectionState

WORDS_LIMIT = 2000
_MODES = {"改": Mode.SET, "补": Mode.ADD}
_EDIT = re.compile(
    rf"\s*(?P<mode>改|补)\s*(?:第\s*(?P<item>{NUMERAL})\s*项?|议\s*(?P<topic>\d{{1,6}}))?[\s,，:：]*"
    r"(?P<field>[^\s:：\d]{2,6})[\s:：]\s*(?P<words>\S.*)",
    re.DOTALL,
)
_REASON = re.compile(r"[\s,，;；。]*更正理由[\s:：]*(\S.*)\Z", re.DOTALL)
_VERSION = re.compile(rf"\s*第\s*({NUMERAL})\s*[稿版]\s*")
_CONFIRMED = re.compile(r"\s*属实\s*(?:任务)?\s*(\d{1,6})\s*")
_ANSWER = re.compile(
    r"\s*(?:异议)?\s*(?P<number>\d{1,4})\s*[号:：,，\s]?\s*(?P<word>不采纳|采纳)[\s:：,，]*(?P<why>.*)\Z",
    re.DOTALL,
)
_ANSWERS = {"采纳": CorrectionState.TAKEN, "不采纳": CorrectionState.DECLINED}


@dataclass(frozen=True, slots=True)
class Edit:
    """Words for a field. `item` is a place on the agenda, `topic` a topic's number; both None for the meeting or the only item."""

    mode: Mode
    field: str
    scope: str
    item: int | None
    topic: int | None
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the chair says to a correction."""

    number: int
    state: CorrectionState
    why: str


@cache
def _fields() -> Mapping[str, tuple[str, str]]:
    """Every word for a field, with (scope, field)."""
    tables = tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"))
    return {
        word: (scope, field)
        for scope, table in tables.items()
        for field, words in table.items()
        for word in words
    }


def field_names() -> str:
    """The fields a person may write, as we call them."""
    first: dict[tuple[str, str], str] = {}
    for word, field in _fields().items():
        first.setdefault(field, word)
    return text("papers.and").join(first.values())


def read_edit(rest: str) -> Edit | None:
    """Read 改 第2项 发言摘要：…; None for what is no edit. Refusal for a field there is not, or too many words."""
    if rest.lstrip()[:1] not in _MODES:
        return None
    match = _EDIT.fullmatch(narrow(rest))
    if match is None:
        raise Refusal("minutes.edit_usage", fields=field_names())
    written = rest[match.start("words") :].strip()
    if match["field"] not in _fields():
        raise Refusal("minutes.no_field", field=match["field"], fields=field_names())
    if len(written) > WORDS_LIMIT:
        raise Refusal("minutes.too_long", most=WORDS_LIMIT)
    reason = _REASON.search(written)
    scope, field = _fields()[match["field"]]
    return Edit(
        mode=_MODES[match["mode"]],
        field=field,
        scope=scope,
        item=number(match["item"]) if match["item"] else None,
        topic=int(match["topic"]) if match["topic"] else None,
        words=written[: reason.start()] if reason else written,
        reason=reason[1].strip() if reason else "",
    )


def read_version(rest: str) -> int | None:
    """The number in 第2稿."""
    match = _VERSION.fullmatch(narrow(rest))
    return number(match[1]) if match else None


def read_confirmed(rest: str) -> int | None:
    """The task's number in 属实 任务3."""
    match = _CONFIRMED.fullmatch(narrow(rest))
    return int(match[1]) if match else None


def read_answer(rest: str) -> Answer:
    """Read 1 采纳 理由. Refusal that says how, also for an answer without its reason."""
    match = _ANSWER.fullmatch(narrow(rest))
    if match is None or not match["why"].strip():
        raise Refusal("minutes.answer_usage")
    why = rest[match.start("why") :].strip()
    return Answer(int(match["number"]), _ANSWERS[match["word"]], why)
