"""Lengths of time as people type them: 20分钟, 半小时, 2小时, 1天, 一周; in minutes. Pure."""

import re

from handlers.clocks import NUMERAL, number
from handlers.refusals import Refusal
from handlers.words import narrow

_MINUTES = {"分钟": 1, "分": 1, "小时": 60, "钟头": 60, "天": 1440, "日": 1440, "周": 10080, "星期": 10080}
_UNIT = "|".join(_MINUTES)
_LENGTH = re.compile(
    rf"(?:(?P<half>半)个?(?P<of>{_UNIT})|(?P<count>\d{{1,5}}|两|{NUMERAL})个?(?P<more>半)?(?P<unit>{_UNIT}))"
)
_BETWEEN = re.compile(r"[\s,，、和]+")
_LEAST, _MOST, _COUNT = 5, 43200, 5


def read_length(written: str) -> int:
    """The minutes of one length; 0 when it is none."""
    match = _LENGTH.fullmatch(narrow(written).strip())
    if match is None:
        return 0
    if match["half"]:
        return _MINUTES[match["of"]] // 2
    count = int(match["count"]) if match["count"].isdigit() else number(match["count"].replace("两", "二"))
    unit = _MINUTES[match["unit"]]
    return count * unit + (unit // 2 if match["more"] else 0)


def read_befores(written: str) -> tuple[int, ...]:
    """How many minutes before a start: 提前2小时,1天; the earliest first. Refusal for anything else."""
    pieces = [
        piece.removeprefix("提前").removesuffix("前") for piece in _BETWEEN.split(written.strip()) if piece
    ]
    minutes = tuple(sorted({read_length(piece) for piece in pieces}, reverse=True))
    if not 0 < len(minutes) <= _COUNT or not all(_LEAST <= before <= _MOST for before in minutes):
        raise Refusal("meetings.remind_usage")
    return minutes
