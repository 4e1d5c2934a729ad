"""The calls of the Bot API that speaking needs, each a record; made by rendering, carried out by the sender."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardMarkup

from storage.messages import File, Made

TEXT_LIMIT, CAPTION_LIMIT, ALERT_LIMIT = 4096, 1024, 200

Keyboard = InlineKeyboardMarkup | None


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes; a public name (`@…`) may stand for a chat's number."""

    chat: int | str
    thread: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A piece of a text that rings for an account: its place and length in UTF-16 units."""

    account: int
    name: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class SayText:
    """sendMessage."""

    target: Target
    text: str
    keyboard: Keyboard = None
    called: tuple[Called, ...] = ()


@dataclass(frozen=True, slots=True)
class SayFile:
    """sendPhoto, sendVideo, sendVoice or sendDocument, of a file Telegram has or one we have made."""

    target: Target
    file: File | Made
    caption: str = ""
    keyboard: Keyboard = None


@dataclass(frozen=True, slots=True)
class SayAlbum:
    """sendMediaGroup: 2-10 files, either pictures and films or documents."""

    target: Target
    files: tuple[File | Made, ...]


@dataclass(frozen=True, slots=True)
class SayPlace:
    """sendLocation, in decimal degrees."""

    target: Target
    latitude: str
    longitude: str
    keyboard: Keyboard = None


class Body(StrEnum):
    """Where a message of ours carries its words."""

    TEXT = "text"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Change:
    """editMessageText or editMessageCaption.

    `body` is what the card suggests; what the message really is only Telegram knows, and says so when it differs.
    """

    target: Target
    message: int
    text: str
    body: Body
    keyboard: Keyboard = None


@dataclass(frozen=True, slots=True)
class Remove:
    """deleteMessage."""

    target: Target
    message: int


@dataclass(frozen=True, slots=True)
class TellPresser:
    """answerCallbackQuery; an empty text only stops the spinner."""

    query: str
    text: str


Saying = SayText | SayFile | SayAlbum | SayPlace
Call = Saying | Change | Remove | TellPresser
