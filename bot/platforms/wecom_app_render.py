"""What we want to say, as calls of the app's interface; pure but for the name a new card is given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.platforms.base import Rejected
from bot.platforms.splitting import size
from bot.platforms.wechat_words import (
    TEXT_BYTES,
    callable_accounts,
    harmless,
    in_pieces,
    with_numbers,
    with_the_rest,
)
from bot.platforms.wecom_app_decode import message_of
from bot.platforms.wecom_app_settings import GROUP, PLATFORM
from bot.platforms.wecom_cards import CardKind, cramped, fits, kind_of, numbered, template
from bot.platforms.wire import Json, Table
from handlers.texts import text
from storage.messages import Address, Card, File, FileKind, Made

_MEDIA = {
    FileKind.PHOTO: "image",
    FileKind.VIDEO: "video",
    FileKind.VOICE: "voice",
    FileKind.DOCUMENT: "file",
}


@dataclass(frozen=True, slots=True)
class Message:
    """A message to send: its kind, and the object of that name. `shown` is the id of a card, "" for other messages."""

    kind: str
    content: Table
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to send: one the house has made, or one WeCom still has."""

    file: File | Made


Part = Message | Attached
_TITLE, _BODY = 128, 512


def is_group(address: Address) -> bool:
    """Whether it is a group the app has made, which has no cards and in which nobody is heard."""
    return address.chat.startswith(GROUP)


def say(address: Address, card: Card, made: Sequence[Made], task_id: str, pages: str = "") -> list[Part]:
    """Return the messages in order; the last shows the buttons. Rejected for what cannot be said.

    `pages` is how the addresses of our pages begin: what leads to one of them, and asks for nothing, is shown as a
    card that opens it.
    """
    files, absent = _files(card, made)
    attached: list[Part] = [Attached(file) for file in files]
    kind = CardKind.WORDS if is_group(address) else kind_of(card)
    words = with_the_rest(card.text, card, absent)
    if pages and not card.rows and not is_group(address) and (opener := _opening(words, pages)):
        return [*attached, opener]
    if kind is CardKind.WORDS:
        close = text("wechat.no_hearing" if is_group(address) else "wechat.reply_number")
        numbered_words = with_numbers(Card(words, card.rows), close)
        called = callable_accounts(card) if is_group(address) else []
        return (
            [*attached, *_texts(numbered_words, called)] if numbered_words.strip() else _something(attached)
        )
    shown = Card(words, card.rows)
    before = [] if fits(shown, kind) else _texts(_before(shown, kind))
    return [*attached, *before, posted(shown, kind, task_id)]


def _opening(words: str, pages: str) -> Message | None:
    """Words with the one address of a page of ours, as a card that opens it; None where it would not hold them all.

    Limits of a textcard: title 128, description 512 bytes (发送应用消息: 文本卡片消息), which reads as HTML.
    """
    links = re.findall(rf"{re.escape(pages)}[A-Za-z0-9]+", words)
    title, *rest = (line.replace("<", "＜") for line in words.strip().split("\n"))
    described = "\n".join(line for line in rest if pages not in line).strip()
    fits_in = (
        described
        and pages not in title
        and len(title.encode()) <= _TITLE
        and len(described.encode()) <= _BODY
    )
    if len(links) != 1 or not fits_in:
        return None
    card: Table = {"title": title, "description": described, "url": links[0]}
    return Message("textcard", {**card, "btntxt": text("wechat.open_page")})


def posted(card: Card, kind: CardKind, task_id: str) -> Message:
    """Return a card as a message, new or in place of one of the same kind and name."""
    return Message("template_card", template(card, kind, task_id), message_of(kind.value, task_id))


def _before(card: Card, kind: CardKind) -> str:
    """The whole text, and the labels that a card cannot show whole."""
    return f"{card.text}\n{numbered(card)}" if cramped(card, kind) else card.text


def attachment(file: File | Made, media_id: str) -> Message:
    """Return the message that shows a file."""
    kind = _MEDIA[file.kind]
    return Message(kind, {"media_id": media_id})


def media_of(file: File) -> str:
    """Return WeCom's own key to a file, "" when it lies elsewhere."""
    prefix = f"{PLATFORM}:"
    return file.ref.removeprefix(prefix) if file.ref.startswith(prefix) else ""


def words_only(words: str) -> Message:
    """Return a short text in one message."""
    return Message("text", {"content": in_pieces(harmless(words))[0]})


def _texts(words: str, called: Sequence[str] = ()) -> list[Part]:
    """The words in messages; the last calls these people, whose names WeCom itself writes out."""
    if not called:
        return [Message("text", {"content": piece}) for piece in in_pieces(words)]
    line = "\n" + " ".join(f"<@{one}>" for one in called)
    *before, last = in_pieces(words, TEXT_BYTES - size(line))
    people: list[Json] = list(called)
    ringing = Message("text", {"content": last + line, "mentioned_list": people})
    return [*(Message("text", {"content": piece}) for piece in before), ringing]


def _files(card: Card, made: Sequence[Made]) -> tuple[list[File | Made], list[File]]:
    """What can be sent here, and what can only be mentioned."""
    ready = {one.ref: one for one in made}
    found: list[File | Made] = [
        ready.get(file.ref, file) for file in card.files if file.ref in ready or media_of(file)
    ]
    return found, [file for file in card.files if file.ref not in ready and not media_of(file)]


def _something(parts: list[Part]) -> list[Part]:
    if not parts:
        raise Rejected("nothing to say")
    return parts
