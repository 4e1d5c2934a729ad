"""The pieces that days are written with, shared by weeks and months."""

import re
from typing import Final

from handlers.clocks import NUMERAL, number

WEEK: Final = r"(?:周|星期|礼拜)"
NUMBER: Final = rf"(?:{NUMERAL}|两)"
AND: Final = r"\s*(?:[、,/]|和|及|与|跟)\s*"
# A numeral that goes on to be something else names no weekday: 每周三次, 每周一、三楼会议室, 每周二十点.
_GOES_ON: Final = r"[点时刻十次楼层号栋幢室个回场:月]"
WEEKDAY: Final = rf"(?:[一二三四五六日天](?!{_GOES_ON})|[1-6](?!{_GOES_ON}|[\d./]))"
_WEEKDAYS: Final = {mark: index for index, mark in enumerate("一二三四五六日")} | {"天": 6}
_FIGURES: Final = {str(figure): figure - 1 for figure in range(1, 7)}


def weekday(mark: str) -> int:
    """Monday 0 to Sunday 6."""
    return (_WEEKDAYS | _FIGURES)[mark]


def count(written: str) -> int:
    """12, 十二 or 两. ValueError for a heap of numerals that is no number."""
    return number(written.replace("两", "二"))


def numbers(written: str) -> tuple[int, ...]:
    """Every number in the text, each once, ascending. ValueError as `count` gives."""
    return tuple(sorted({count(found) for found in re.findall(NUMBER, written)}))
