"""Clock times as people type them: 19:00, 晚7点半, 下午三点一刻; and the numerals they are written with."""

import re
from dataclasses import dataclass

from handlers.refusals import Refusal
from handlers.texts import text

NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DIGITS = {mark: value for value, mark in enumerate("一二三四五六七八九", start=1)}
_LATE = ("下午", "午后", "傍晚", "晚上", "晚间", "夜里", "晚")
_NIGHT = ("晚上", "晚间", "夜里", "晚")
_CLOCK = re.compile(
    r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|晚间|夜里|早|晚)?\s*"
    rf"(?:(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?!\d)"
    rf"|(?P<hour>{NUMERAL})\s*(?:[-~—至到]\s*{NUMERAL}\s*)?[点时](?:(?P<part>半|一刻|三刻|钟|整)|(?P<minute>{NUMERAL})分?)?)"
    r"(?:\s*[-~—至到]\s*\d{1,2}:\d{2})?"
)
_HOURS, _MINUTES = 24, 60
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time and where in the text it stands; hour 24 is the end of the day."""

    start: int
    end: int
    hour: int
    minute: int


def find_clock(plain: str, start: int, end: int, half: str) -> Clock | None:
    """The first clock time between two places. Refusal when it is none that a day has."""
    for match in _CLOCK.finditer(plain, start, end):
        said_half = match["half"] or half
        if match["hour"] == "一" and not (said_half or match["minute"] or match["part"]):
            continue  # 一点 is far more often "a little"
        try:
            return _read(match, said_half)
        except ValueError as error:
            raise Refusal(
                "dates.no_such_time", written=match[0].strip(), example=text("dates.example")
            ) from error
    return None


def _read(match: re.Match[str], half: str) -> Clock:
    hour = number(match["h"] or match["hour"])
    minute = _PARTS.get(match["part"], 0) if match["part"] else number(match["m"] or match["minute"] or "0")
    hour = _by_half(hour, half)
    if not (hour < _HOURS and minute < _MINUTES) and (hour, minute) != (_HOURS, 0):
        raise ValueError(hour, minute)
    return Clock(match.start(), match.end(), hour, minute)


def _by_half(hour: int, half: str) -> int:
    noon = 12
    if half in _LATE:
        return hour + 12 if hour < noon or (hour == noon and half in _NIGHT) else hour
    if half == "中午":
        return hour + 12 if hour <= 3 else hour  # noqa: PLR2004 - 中午一点 is 13:00
    return 0 if half == "凌晨" and hour == noon else hour


def number(written: str) -> int:
    """28 or 二十八. ValueError for heaps of numerals that are no number."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return _digit(written)
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _digit(written: str) -> int:
    if written not in _DIGITS:
        raise ValueError(written)
    return _DIGITS[written]
