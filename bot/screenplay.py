"""A story written down: who says or presses what, where, and when; one line each.

== 标题                      a heading
@ 2026-11-03 09:00           go on to this local time;  @ +3天, @ +2小时: go on by so much
居民群 张三：电梯又停了        said in a group
私聊 张三：/start AB12         said in private to the bot
网格员群 林晓燕 按 受理        the newest button there whose label begins so
居民群 张三 回复 已记下：附议   said as a reply to the newest message there that contains these words
# …                          a remark
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

PRIVATE = "私聊"
_SPAN = re.compile(r"\+(\d+)\s*(天|小时|分钟)")
_LENGTHS = {"天": "days", "小时": "hours", "分钟": "minutes"}
_PRESS = re.compile(r"(?P<where>\S+) (?P<who>\S+) 按 (?P<label>.+)")
_REPLY = re.compile(r"(?P<where>\S+) (?P<who>\S+) 回复 (?P<to>[^：]+)：(?P<words>.+)")
_SAY = re.compile(r"(?P<where>\S+) (?P<who>[^\s：]+)：(?P<words>.+)")


class BadScreenplayError(Exception):
    """A line that is none of the kinds above; `line` counts from 1."""

    def __init__(self, line: int, written: str) -> None:
        super().__init__(f"{line}: {written}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Heading:
    """A title to print."""

    words: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes: until a moment, or for a while."""

    until: datetime | None
    span: timedelta


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody says something; `reply_to` are words of the message replied to, "" for none."""

    where: str
    who: str
    words: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Presses:
    """Somebody presses a button."""

    where: str
    who: str
    label: str


Line = Heading | Wait | Says | Presses


def read_screenplay(written: str, zone: ZoneInfo) -> Iterator[Line]:
    """Every line in order. Raises BadScreenplayError at the first that cannot be read."""
    for number, line in enumerate(written.splitlines(), start=1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        read = _line(bare, zone)
        if read is None:
            raise BadScreenplayError(number, bare)
        yield read


def _line(bare: str, zone: ZoneInfo) -> Line | None:
    if bare.startswith("=="):
        return Heading(bare.strip("= "))
    if bare.startswith("@"):
        return _wait(bare[1:].strip(), zone)
    if match := _PRESS.fullmatch(bare):
        return Presses(match["where"], match["who"], match["label"])
    if match := _REPLY.fullmatch(bare):
        return Says(match["where"], match["who"], _unfold(match["words"]), match["to"])
    if match := _SAY.fullmatch(bare):
        return Says(match["where"], match["who"], _unfold(match["words"]))
    return None


def _wait(written: str, zone: ZoneInfo) -> Wait | None:
    if match := _SPAN.fullmatch(written):
        return Wait(None, timedelta(**{_LENGTHS[match[2]]: int(match[1])}))
    try:
        return Wait(datetime.fromisoformat(written).replace(tzinfo=zone), timedelta(0))
    except ValueError:
        return None


def _unfold(words: str) -> str:
    return words.replace("\\n", "\n")
