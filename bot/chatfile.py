"""Chats exported by Telegram Desktop, or kept one JSON object a line: read as a stream, message by message."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from bot.jsonstream import Broken, exported_messages
from handlers.texts import text

LONGEST_LINE = 1024 * 1024
LATEST_STAMP = 253_402_300_799
"""The last second of the year 9999."""


HOLDS_CHATS = re.compile(rb'"(messages|chats|left_chats)"\s*:\s*[\[{]')


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A message with words in it. `line` is where it begins in the file, from 1; `at` is aware UTC."""

    line: int
    text: str
    sender: str
    at: datetime | None
    group: str


@dataclass(frozen=True, slots=True)
class ChatFault:
    """Something that was skipped; `line` 0 speaks of the whole file."""

    line: int
    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The fault as a person reads it."""
        said = text(f"chatfile.{self.key}", **dict(self.values))
        return text("chatfile.at_line", line=self.line, said=said) if self.line else said


@dataclass(frozen=True, slots=True)
class _Said:
    """A message as the file has it, nothing checked yet."""

    text: object
    sender: object
    at: object
    group: object


def read_chat(
    path: Path, zone: tzinfo, progress: Callable[[int], None] | None = None
) -> Iterator[ChatLine | ChatFault]:
    """Every message with words in it, in the order of the file, and every fault; messages about the chat are passed over.

    `zone` is where times without an offset were written; `progress` is told the bytes read so far. Never raises
    for what the file is or holds.
    """
    try:
        with path.open("rb") as file:
            for found in _read(file, zone):
                if progress:
                    progress(file.tell())
                if isinstance(found, ChatFault) or found.text:
                    yield found
    except OSError:
        yield ChatFault(0, "unreadable", (("path", str(path)),))


def _read(file: BinaryIO, zone: tzinfo) -> Iterator[ChatLine | ChatFault]:
    first = _first_line(file)
    if first.startswith(b"<"):
        yield ChatFault(0, "html")
    elif not first.startswith(b"{"):
        yield ChatFault(0, "not_chat")
    elif _begins_export(first):
        yield from _export(file, zone)
    else:
        yield from read_lines(file, zone)


def _first_line(file: BinaryIO) -> bytes:
    """The first line with something on it (or its first part, if it is long); the file stands at its start again."""
    line = file.readline(LONGEST_LINE).removeprefix(b"\xef\xbb\xbf")
    while line and not line.strip():
        line = file.readline(LONGEST_LINE)
    file.seek(0)
    return line.strip()


def _begins_export(first: bytes) -> bool:
    """Whether this opens one object over many lines, or holds chats, rather than being a message, whole or damaged."""
    try:
        whole = json.loads(first)
    except (ValueError, RecursionError):
        return bool(HOLDS_CHATS.search(first)) or not (first.endswith(b"}") or b'"text"' in first)
    return (
        isinstance(whole, dict)
        and "text" not in whole
        and bool({"messages", "chats", "left_chats"} & whole.keys())
    )


def _export(file: BinaryIO, zone: tzinfo) -> Iterator[ChatLine | ChatFault]:
    for found in exported_messages(file):
        if isinstance(found, Broken):
            yield ChatFault(found.line, found.key)
        elif not isinstance(found.value, dict):
            yield ChatFault(found.line, "not_object")
        elif found.value.get("type", "message") == "message":
            when = found.value.get("date_unixtime") or found.value.get("date")
            words = _joined(found.value.get("text"))
            yield _message(found.line, _Said(words, found.value.get("from"), when, found.chat), zone)


def _joined(written: object) -> object:
    """The words of a message; an export divides them where a link or a mention stands."""
    if not isinstance(written, list):
        return "" if written is None else written
    parts = [part.get("text") if isinstance(part, dict) else part for part in written]
    return "".join(part for part in parts if isinstance(part, str))


def read_lines(file: BinaryIO, zone: tzinfo) -> Iterator[ChatLine | ChatFault]:
    """One message or fault for every line of JSON that is not blank, as it comes, messages without words included."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            _pass_over(file)
            yield ChatFault(number, "too_long", (("limit", str(LONGEST_LINE // 1024)),))
        elif line.strip():
            yield _line(number, line, zone)


def _pass_over(file: BinaryIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _line(number: int, line: bytes, zone: tzinfo) -> ChatLine | ChatFault:
    try:
        row: object = json.loads(line.decode("utf-8-sig"), strict=False)
    except UnicodeDecodeError:
        return ChatFault(number, "not_utf8")
    except (ValueError, RecursionError):
        return ChatFault(number, "not_json")
    if not isinstance(row, dict):
        return ChatFault(number, "not_object")
    return _message(number, _Said(row.get("text"), row.get("from"), row.get("at"), row.get("group")), zone)


def _message(line: int, said: _Said, zone: tzinfo) -> ChatLine | ChatFault:
    if not isinstance(said.text, str):
        return ChatFault(line, "no_text")
    try:
        at = _moment(said.at, zone)
    except (ValueError, OverflowError):
        return ChatFault(line, "bad_time")
    found = ChatLine(line, said.text.strip(), _label(said.sender), at, _label(said.group))
    try:
        f"{found.text}{found.sender}{found.group}".encode()
    except UnicodeEncodeError:
        return ChatFault(line, "not_utf8")
    return found


def _label(written: object) -> str:
    return str(written) if isinstance(written, str | int) else ""


def _moment(written: object, zone: tzinfo) -> datetime | None:
    """A time as ISO 8601 or as seconds since 1970; None for none. ValueError for anything else."""
    if written is None or written == "":
        return None
    if isinstance(written, str) and not written.isdecimal():
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(written, str | int | float) and not isinstance(written, bool):
        seconds = float(written)
        if 0 <= seconds <= LATEST_STAMP:
            return datetime.fromtimestamp(seconds, UTC)
    raise ValueError("not a time")
