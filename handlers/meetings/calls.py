"""Reading the call of a meeting: 党员群众代表会 11月28日19:00 议事厅 议程 议7(20分钟),议9 主持 张三. Pure."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.dates import read_when
from handlers.meetings.entries import Entry, read_entries
from handlers.meetings.particulars import Particulars, take_particulars
from handlers.meetings.reading import EDGES, NAME_LIMIT, PLACE_LIMIT, read_place, split_urgent
from handlers.refusals import Refusal
from handlers.words import narrow

_NOTES = r"(?:\s*[(（][^()（）]*[)）])?"
_NUMBER = rf"\s*议?题?\s*\d{{1,6}}(?!\d)(?!\s*号?[楼院栋幢室单元层])\s*号?{_NOTES}"
_NUMBERS = re.compile(rf"(?:议题|议程)[\s:：]*((?:{_NUMBER}[\s、,，;；和及]*)+|无|待定|不定)")
_BARE_NUMBERS = re.compile(rf"(?:^|\s)((?:议\s*\d{{1,6}}\s*号?{_NOTES}[\s、,，和及]*)+)")
_ANYTHING = re.compile(r"议程[\s:：]*(\S.*)\Z", re.DOTALL)
_WORDS_AS_NUMBERS = re.compile(r"议题[\s:：]*\S")
_GOES_ON = ("、", ",", "，", ";", "；")


@dataclass(frozen=True, slots=True)
class Call:
    """A meeting to call. `agenda` is None when it was left to us."""

    name: str
    at: datetime
    place: str
    agenda: tuple[Entry, ...] | None
    short_notice: str
    particulars: Particulars = field(default_factory=Particulars)

    @property
    def topics(self) -> tuple[int, ...] | None:
        """The numbers of the topics on the agenda."""
        if self.agenda is None:
            return None
        return tuple(entry.topic for entry in self.agenda if entry.topic is not None)


def read_call(rest: str, now: datetime, zone: ZoneInfo) -> Call:
    """Read what follows 开会. Refusal with an example."""
    body, urgent = split_urgent(rest)
    particulars, body = take_particulars(body)
    if not body:
        raise Refusal("meetings.call_usage")
    when = read_when(body, now, zone)
    agenda, (before, after) = _take_agenda((when.before, when.after))
    name, _, rest_of = " ".join((before or after).split()).partition(" ")
    place = read_place(f"{rest_of} {after}" if before else rest_of)
    name = name.strip(EDGES)
    if not name:
        raise Refusal("meetings.call_usage")
    if len(name) > NAME_LIMIT or len(place) > PLACE_LIMIT:
        raise Refusal("meetings.too_long", name=NAME_LIMIT, place=PLACE_LIMIT)
    return Call(name, when.at, place, agenda, urgent, particulars)


def _take_agenda(parts: tuple[str, str]) -> tuple[tuple[Entry, ...] | None, tuple[str, str]]:
    """The agenda, wherever it stands, and the parts without it."""
    for pattern in (_NUMBERS, _ANYTHING, _BARE_NUMBERS):
        for index, part in enumerate(parts):
            match = pattern.search(narrow(part))
            if match is None or (pattern is _NUMBERS and _goes_on(match, part)):
                continue
            entries = read_entries(part[match.start(1) : match.end(1)])
            left = (part[: match.start()] + " " + part[match.end() :]).strip()
            return entries, ((left, parts[1]) if index == 0 else (parts[0], left))
    if any(_WORDS_AS_NUMBERS.search(part) for part in parts):
        raise Refusal("meetings.agenda_usage")
    return None, parts


def _goes_on(match: re.Match[str], part: str) -> bool:
    """Whether other items follow the numbers, so that the rest is no place."""
    return match[0].rstrip().endswith(_GOES_ON) and bool(part[match.end() :].strip())
