"""Reading an agenda: 议7(20分钟), 议9, 传达街道通知(10分钟,内部). Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.intake.masking import mask
from handlers.meetings.lengths import read_length
from handlers.refusals import Refusal
from handlers.words import narrow

MOST_ITEMS = 40
TITLE_LIMIT = 60
INTERNAL = "yes"
_LONGEST_ITEM = 480
_PIECE = re.compile(r"(?:[^,，、;；\n(（]|[(（][^)）]*[)）]?)+")
_NOTES = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*\Z")
_NOTED = r"(?:\s*[(（](?P<notes>[^()（）]*)[)）])?"
_HOUSE = r"(?!\d)(?!\s*号?[楼院栋幢室单元层年月日点])"
_WITH_SIGN = re.compile(rf"\s*议题?\s*(?P<number>\d{{1,6}}){_HOUSE}\s*号?{_NOTED}\s*(?=\s|和|及|\Z)")
_BARE = re.compile(
    rf"\s*(?P<number>\d{{1,6}}){_HOUSE}\s*号?{_NOTED}\s*(?=(?:和|及|\s)\s*议?题?\s*\d|\s*\Z|\s*议)"
)
_JOINED = re.compile(r"\A\s*(?:和|及)\s*")
_INTERNAL = ("内部", "不公开", "内部事项")
_NONE = ("", "无", "待定", "不定")
_EDGES = " \t\n,，;；。、:："


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on an agenda as it was written: a topic's number, or a title. `internal` is "yes" or ""."""

    topic: int | None
    title: str = ""
    minutes: int = 0
    internal: str = ""


def read_entries(written: str) -> tuple[Entry, ...]:
    """Read a whole agenda, each topic once; 无 and 待定 are an empty one. Refusal for what cannot be read."""
    if written.strip(_EDGES) in _NONE:
        return ()
    found = [entry for piece in _PIECE.findall(written) for entry in _read(piece)]
    once: dict[object, Entry] = {}
    for position, entry in enumerate(found):
        once.setdefault(position if entry.topic is None else f"topic {entry.topic}", entry)
    held_to_limit(list(once.values()))
    return tuple(once.values())


def held_to_limit(items: Sequence[object]) -> None:
    """Refuse an agenda that no meeting gets through."""
    if len(items) > MOST_ITEMS:
        raise Refusal("meetings.too_many_items", most=MOST_ITEMS, written=len(items))


def _read(piece: str) -> Iterator[Entry]:
    """The items of a piece between commas: several numbers, or one title."""
    left = piece
    while match := _numbered(left):
        yield _noted(Entry(int(match["number"])), match["notes"] or "")
        left = _JOINED.sub("", left[match.end() :], count=1)
    if left.strip(_EDGES):
        yield _titled(left)


def _numbered(left: str) -> re.Match[str] | None:
    plain = narrow(left)
    return _WITH_SIGN.match(plain) or _BARE.match(plain)


def _titled(written: str) -> Entry:
    """A title; brackets that say neither minutes nor 内部 belong to it."""
    entry, title = Entry(None), written
    if notes := _NOTES.search(written):
        try:
            entry, title = _noted(entry, notes[1]), written[: notes.start()]
        except Refusal:
            title = written
    title = mask(title.strip(_EDGES))
    if not title or len(title) > TITLE_LIMIT:
        raise Refusal("meetings.item_title", limit=TITLE_LIMIT)
    return replace(entry, title=title)


def _noted(entry: Entry, notes: str) -> Entry:
    for note in re.split(r"[,，、;；\s]+", notes.strip()):
        if note in _INTERNAL:
            entry = replace(entry, internal=INTERNAL)
        elif note:
            minutes = read_length(note)
            if not 0 < minutes <= _LONGEST_ITEM:
                raise Refusal("meetings.item_note", written=notes)
            entry = replace(entry, minutes=minutes)
    return entry
