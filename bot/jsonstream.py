"""The messages of a Telegram export, one after another, without holding the file in memory."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 256 * 1024
LONGEST_VALUE = 16 * 1024 * 1024
"""In characters. A value that does not end within this many has lost its closing bracket."""

DEEPEST = 4
"""An export nests file, chats, list, chat."""

OPENING = ("{", "[", '"')
BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]"]', re.DOTALL)
BLANK = re.compile(r"[ \t\r\n]*")
WORD = re.compile(r"[^\s,\]}:]+")
DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Message:
    """An element of a chat's `messages`, whatever it is, with the chat's name and the line it begins on."""

    line: int
    chat: str
    value: object


@dataclass(frozen=True, slots=True)
class Broken:
    """What is not JSON: `key` is "not_json" (passed over), "broken" or "cut_short" (nothing comes after)."""

    line: int
    key: str


class Bad(Exception):
    """A value that is no JSON but whose end was found; reading goes on behind it."""


class Lost(Exception):
    """`key`, as in Broken: where one thing ends and the next begins can no longer be told."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def exported_messages(file: BinaryIO) -> Iterator[Message | Broken]:
    """Every message of an export of one chat or of all; bytes that are not UTF-8 come as lone surrogates."""
    stream = Stream(file)
    try:
        yield from _walk(stream, DEEPEST)
    except Lost as problem:
        yield Broken(stream.line, problem.key)


def _walk(stream: "Stream", depth: int) -> Iterator[Message | Broken]:
    """One object of the export: a chat, or what holds chats."""
    name = ""
    for key in stream.keys():  # noqa: SIM118 - a stream is no mapping
        opening = stream.peek()
        if key == "messages" and opening == "[":
            yield from _messages(stream, name)
        elif key == "list" and opening == "[" and depth:
            for _ in stream.elements():
                yield from _walk(stream, depth - 1)
        elif key in ("chats", "left_chats") and opening == "{" and depth:
            yield from _walk(stream, depth - 1)
        else:
            value = _value(stream, name)
            if isinstance(value, Broken):
                yield value
            elif key == "name" and isinstance(value.value, str):
                name = value.value


def _messages(stream: "Stream", name: str) -> Iterator[Message | Broken]:
    for _ in stream.elements():
        yield _value(stream, name)


def _value(stream: "Stream", name: str) -> Message | Broken:
    line = stream.line
    try:
        return Message(line, name, stream.value())
    except Bad:
        return Broken(line, "not_json")


class Stream:
    """JSON text read as it is needed. `line` is the line reading has come to, from 1."""

    def __init__(self, file: BinaryIO) -> None:
        self.line = 1
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """The next character that is not blank, "" at the end of the file."""
        while True:
            found = BLANK.match(self._text, self._at)
            self._advance(found.end() if found else self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def keys(self) -> Iterator[str]:
        """The keys of the object that begins here; the caller reads the value of each before asking on."""
        self._take("{")
        while (character := self._next()) != "}":
            key = self.value() if character == '"' else None
            if not isinstance(key, str):
                raise Lost("broken")
            self._take(":")
            yield key
        self._take("}")

    def elements(self) -> Iterator[None]:
        """Stops before each element of the array that begins here; the caller reads it before asking on."""
        self._take("[")
        while self._next() != "]":
            yield
        self._take("]")

    def value(self) -> object:
        """The value that begins here. Raises Bad when it is passed over, Lost when its end is nowhere."""
        closes = self.peek() in OPENING
        while True:
            value, end = self._decoded()
            known = end if closes and end else self._end()
            if known:
                self._advance(known)
                if known != end:
                    raise Bad
                return value
            if len(self._text) - self._at > LONGEST_VALUE:
                raise Lost("broken")
            if not self._more():
                raise Lost("cut_short")

    def _decoded(self) -> tuple[object, int]:
        """The value that seems to begin here and its end; 0 as the end of what is no JSON, or not yet."""
        try:
            return DECODER.raw_decode(self._text, self._at)
        except (ValueError, RecursionError):
            return None, 0

    def _next(self) -> str:
        """The next character that is neither blank nor a comma."""
        while (character := self.peek()) == ",":
            self._advance(self._at + 1)
        if not character:
            raise Lost("cut_short")
        return character

    def _take(self, expected: str) -> None:
        found = self.peek()
        if found != expected:
            raise Lost("broken" if found else "cut_short")
        self._advance(self._at + 1)

    def _end(self) -> int:
        """Where the value that begins here closes its brackets; 0 where the text read so far does not tell."""
        if self._at >= len(self._text):
            return 0
        if self._text[self._at] not in OPENING:
            word = WORD.match(self._text, self._at)
            if not word:
                raise Lost("broken")
            return word.end() if word.end() < len(self._text) else 0
        depth = 0
        for found in BRACKETS.finditer(self._text, self._at):
            if found[0] == '"':
                return 0
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
            if depth <= 0:
                return found.end()
        return 0

    def _advance(self, to: int) -> None:
        self.line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Read on, dropping what has been used; as much again as is waiting, so that long values stay cheap."""
        waiting = self._text[self._at :]
        content = self._file.read(max(CHUNK, len(waiting)))
        self._text = waiting + self._decode.decode(content, final=not content)
        self._at = 0
        return bool(content)
