"""What is typed about meetings that come round and meetings called at once. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.clocks import NUMERAL, number
from handlers.dates import names_day, read_when
from handlers.intake.masking import mask
from handlers.labels import read_mention
from handlers.meetings.reading import EDGES, NAME_LIMIT, NOTE_LIMIT, PLACE_LIMIT, read_place
from handlers.moments import local_date
from handlers.recurring.model import Recurrence
from handlers.recurring.reading import find_recurrence
from handlers.refusals import Refusal
from handlers.words import narrow

MOST_THEMES: Final = 40
AT_ONCE: Final = timedelta(minutes=30)
_COUNT: Final = rf"\s*({NUMERAL}|两)\s*[个件]?"
_THEMES: Final = (
    re.compile(rf"(?:每次)?(?:主题|议题)(?:每次)?(?:最多|至多|不超过){_COUNT}(?:主题|议题)?"),
    re.compile(rf"(?:每次)?(?:最多|至多|不超过){_COUNT}(?:主题|议题)"),
)
_REASON: Final = re.compile(r"(?:紧急理由|理由|因为)[\s:：]*(.*)\Z", re.DOTALL)
_AFTER: Final = re.compile(rf"({NUMERAL}|\d{{1,3}}|半|两)\s*个?(分钟?|半?小时|钟头|刻钟)\s*(?:之|以)?后")
_NOW: Final = re.compile(r"(?:现在|马上|立即|立刻)(?:就?开)?")
_UNITS: Final = {"分": 1, "刻": 15}


@dataclass(frozen=True, slots=True)
class SeriesAsked:
    """Meetings to come round; `topics_most` is None when nothing was said of it."""

    name: str
    recurrence: Recurrence
    place: str
    topics_most: int | None


@dataclass(frozen=True, slots=True)
class UrgentAsked:
    """A meeting at once about a topic, named by its number."""

    topic: int
    at: datetime
    place: str
    reason: str


def read_series(rest: str, now: datetime, zone: ZoneInfo) -> SeriesAsked:
    """Read 每周一 9:00 两委会 地点 议事厅 遇节假日顺延 主题最多2个. Refusal with an example."""
    written, most = _take_themes(rest)
    found = find_recurrence(written, local_date(now, zone))
    if found.recurrence.at is None:
        raise Refusal("recurring.no_hour")
    name, place = name_and_place(found.before, found.after)
    if not name:
        raise Refusal("series.usage")
    return SeriesAsked(name, found.recurrence, place, most)


def read_stop(rest: str) -> tuple[int, str]:
    """Read 3 理由: the number of a series, and why it ends. Refusal with an example."""
    mention = read_mention(re.sub(r"\A\s*定期", "", rest), "series.stop_usage")
    reason = mention.rest.removeprefix("理由").strip(EDGES)
    if not reason:
        raise Refusal("series.stop_reason", number=mention.number)
    return mention.number, mask(reason[:NOTE_LIMIT])


def read_urgent(rest: str, now: datetime, zone: ZoneInfo) -> UrgentAsked:
    """Read 议7 30分钟后 议事厅 理由 电梯井进水. Refusal with an example, and for a moment that cannot be."""
    mention = read_mention(re.sub(r"\A\s*议题?", "", rest), "series.urgent_usage")
    left, reason = mention.rest, ""
    if match := _REASON.search(left):
        left, reason = left[: match.start()], mask(match[1].strip(EDGES)[:NOTE_LIMIT])
    at, left = _take_start(left, now, zone)
    place = read_place(left)
    if len(place) > PLACE_LIMIT:
        raise Refusal("meetings.too_long", name=NAME_LIMIT, place=PLACE_LIMIT)
    return UrgentAsked(mention.number, at, place, reason)


def name_and_place(before: str, after: str) -> tuple[str, str]:
    """The name of a meeting and its place, written around a day: the name comes first. Refusal for what is too long."""
    name, _, rest = " ".join((before or after).split()).partition(" ")
    place = read_place(f"{rest} {after}" if before else rest)
    name = name.strip(EDGES)
    if len(name) > NAME_LIMIT or len(place) > PLACE_LIMIT:
        raise Refusal("meetings.too_long", name=NAME_LIMIT, place=PLACE_LIMIT)
    return name, place


def _take_themes(rest: str) -> tuple[str, int | None]:
    plain = narrow(rest)
    found = next((match for pattern in _THEMES if (match := pattern.search(plain))), None)
    if found is None:
        return rest, None
    most = number(found[1].replace("两", "二"))
    if not 1 <= most <= MOST_THEMES:
        raise Refusal("series.themes", most=MOST_THEMES)
    return rest[: found.start()] + " " + rest[found.end() :], most


def _take_start(left: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """When it begins, in whole minutes: half an hour from now when nothing is said."""
    plain = narrow(left)
    if match := _AFTER.search(plain):
        rest = f"{left[: match.start()]} {left[match.end() :]}"
        return _up(now + _span(match[1], match[2])), rest
    if match := _NOW.search(plain):
        return _up(now), f"{left[: match.start()]} {left[match.end() :]}"
    if names_day(left):
        when = read_when(left, now, zone)
        return when.at, f"{when.before} {when.after}"
    return _up(now + AT_ONCE), left


def _span(count: str, unit: str) -> timedelta:
    """30 分钟, 半 小时, 1 个半小时."""
    minutes = _UNITS.get(unit[0], 60)
    if count == "半":
        return timedelta(minutes=minutes // 2)
    half = minutes // 2 if unit.startswith("半") else 0
    whole = int(count) if count.isdecimal() else number(count.replace("两", "二"))
    return timedelta(minutes=minutes * whole + half)


def _up(at: datetime) -> datetime:
    """The next whole minute, so that the start lies ahead when it is told."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
