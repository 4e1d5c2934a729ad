"""What is typed to look for a time, and what people answer. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.clocks import find_clock
from handlers.dates import names_day, read_day, read_when
from handlers.meetings.reading import EDGES
from handlers.meetings.series.reading import name_and_place
from handlers.moments import day_end
from handlers.refusals import Refusal
from handlers.texts import meaning, terms
from handlers.words import narrow
from storage.records import SlotAnswer

FEWEST: Final = 2
MOST: Final = 6
"""More times than that are no longer read, and their buttons do not fit on a phone."""
_DEADLINE: Final = re.compile(r"(?:截止|截至)(?:到|时间|日期)?[\s:：]*")
_AND: Final = r"[\s,，、;；和及]*"
_BOUNDS: Final = re.compile(r"\A(?:前|之前|以前|止|为止)?[\s,，;；、。]*")


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """Times to be asked about; `ends_at` is None when nothing was said of it."""

    name: str
    times: tuple[datetime, ...]
    place: str
    ends_at: datetime | None


def read_search(rest: str, now: datetime, zone: ZoneInfo) -> SearchAsked:
    """Read 两委会 11月28日19:00 11月29日9:00 地点 议事厅 截止 11月25日. Refusal with an example."""
    ends_at, left = _take_deadline(rest, now, zone)
    times: list[datetime] = []
    before = ""
    while names_day(left):
        when = read_when(left, now, zone)
        times.append(when.at)
        between = when.before.strip(f"{EDGES}和或/")
        before, left = (before or between), when.after
        if before != between and between:
            left = f"{left} {between}"
    name, place = name_and_place(before, left)
    if not name or find_clock(narrow(place), 0, len(place), ""):
        raise Refusal("search.usage")
    times = sorted(set(times))
    if not FEWEST <= len(times) <= MOST:
        raise Refusal("search.how_many", fewest=FEWEST, most=MOST)
    return SearchAsked(name, tuple(times), place, ends_at)


def read_answers(written: str, slots: int) -> dict[int, SlotAnswer] | None:
    """Read 1可以 2、3不行, 可以1,3, 都可以: what is said of each time; None for anything else.

    Refusal for a time there is none of.
    """
    plain = narrow(written).strip()
    for pattern, group in (_NUMBERS_FIRST, _WORD_FIRST):
        if pattern.fullmatch(plain):
            return _answers(group.finditer(plain), slots)
    word = plain.removeprefix("都").removeprefix("全部").removeprefix("全")
    answer = _meaning(word.strip(EDGES))
    if answer is None or word == plain:
        return None
    return dict.fromkeys(range(1, slots + 1), answer)


def _words() -> str:
    return "|".join(terms("slot_answer").values())


_N: Final = r"\d{1,2}\s*(?:号|个)?"
_LIST: Final = rf"{_N}(?:{_AND}{_N})*"
_PAIR: Final = rf"(?P<numbers>{_LIST})\s*[:：是]?\s*(?:都)?(?P<word>{_words()})"
_TURNED: Final = rf"(?P<word>{_words()})\s*[:：]?\s*(?P<numbers>{_LIST})"
_NUMBERS_FIRST: Final = (
    re.compile(rf"(?:{_LIST}\s*[:：是]?\s*都?(?:{_words()}){_AND})+[。.]?"),
    re.compile(_PAIR),
)
_WORD_FIRST: Final = (re.compile(rf"(?:(?:{_words()})\s*[:：]?\s*{_LIST}{_AND})+[。.]?"), re.compile(_TURNED))


def _answers(found: Iterable[re.Match[str]], slots: int) -> dict[int, SlotAnswer]:
    said: dict[int, SlotAnswer] = {}
    for match in found:
        answer = _meaning(match["word"])
        assert answer is not None
        for position in re.findall(r"\d+", match["numbers"]):
            if not 1 <= int(position) <= slots:
                raise Refusal("search.no_such_slot", number=int(position), last=slots)
            said[int(position)] = answer
    return said


def _meaning(word: str) -> SlotAnswer | None:
    found = meaning("slot_answer", word)
    return SlotAnswer(found) if found else None


def _take_deadline(rest: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """A day is over at its 24:00; an hour behind it counts when it stands right there."""
    found = _DEADLINE.search(rest)
    if found is None:
        return None, rest
    written = rest[found.end() :]
    if not names_day(written):
        raise Refusal("search.deadline_usage")
    day = read_day(written, now, zone)
    after = day.after
    clock = find_clock(narrow(after), 0, len(after), "")
    ends_at = day_end(day.day, zone)
    if clock and not after[: clock.start].strip():
        ends_at = read_when(f"{day.day:%Y-%m-%d} {after[clock.start : clock.end]}", now, zone).at
        after = after[clock.end :]
    after = _BOUNDS.sub("", after)
    return ends_at, " ".join(part for part in (rest[: found.start()], day.before, after) if part)
