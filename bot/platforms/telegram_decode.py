"""A raw update as Telegram sends it, turned into what happened; pure, and far cheaper than PTB's own reading."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from bot.platforms.telegram_files import attachments, place, place_name
from bot.platforms.telegram_settings import PLATFORM
from bot.platforms.wire import Json, Malformed, Table, moment, needed, part, parts, whole, words
from storage.messages import Address, Edited, Inbound, Moved, Presence, Pressed, Said, Sender

PRESS_PREFIX = "1|"
"""Stands before every button's token on the wire, so that a later generation can tell its own buttons."""
STALE = "stale"
"""What a button of another generation, or not of ours at all, is decoded to."""

_NAMED_COMMAND = re.compile(r"(/\w{1,32})@(\w+)", re.ASCII)
_PRESENT = frozenset({"creator", "administrator", "member"})


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    account: int
    username: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that is set aside; `event_id` is "" when not even its number could be read."""

    event_id: str
    reason: str


Decoded = Inbound | Unreadable | None


def decode(update: Json, me: Me, received: datetime) -> Decoded:
    """Read one update; None when it is nothing to us (other bots, service messages, kinds we do not use).

    `received` dates the events that Telegram does not date. Never raises, whatever the update is.
    """
    event_id = ""
    try:
        if not isinstance(update, dict):
            return Unreadable(event_id, "the update is not an object")
        event_id = str(whole(update, "update_id"))
        return _read(event_id, update, me, received)
    except Malformed as fault:
        return Unreadable(event_id, str(fault))


def album(update: Json) -> str:
    """Return the name of the album a message belongs to, "" when it stands alone."""
    message = update.get("message") if isinstance(update, dict) else None
    found = message.get("media_group_id") if isinstance(message, dict) else None
    return found if isinstance(found, str) else ""


def _read(event_id: str, update: Table, me: Me, received: datetime) -> Inbound | None:
    if (message := part(update, "message")) is not None:
        return _message(event_id, message, me)
    if (query := part(update, "callback_query")) is not None:
        return _press(event_id, query, received)
    if (message := part(update, "edited_message")) is not None:
        return _edit(event_id, message, me)
    if (change := part(update, "my_chat_member")) is not None:
        return _presence(event_id, change)
    return None


def _message(event_id: str, message: Table, me: Me) -> Inbound | None:
    if (moved := _moved(message)) is not None:
        return Inbound(PLATFORM, event_id, moved[0], moment(message, "date"), moved[1])
    if _by_a_machine(message):
        return None
    chat, private = _chat(message)
    said = _said(message, me, "private" if private else "group")
    if said is None:
        return None
    return Inbound(PLATFORM, event_id, chat, moment(message, "date"), said, _speaker(message), private)


def _edit(event_id: str, message: Table, me: Me) -> Inbound | None:
    if _by_a_machine(message) or not ("text" in message or "caption" in message):
        return None
    heard = _heard(message, me)
    if heard is None:
        return None
    chat, private = _chat(message)
    at = moment(message, "edit_date" if "edit_date" in message else "date")
    edited = Edited(str(whole(message, "message_id")), heard[0])
    return Inbound(PLATFORM, event_id, chat, at, edited, _speaker(message), private)


def _press(event_id: str, query: Table, received: datetime) -> Inbound | None:
    message = part(query, "message")
    if message is None or "data" not in query:
        return None
    data = words(query, "data")
    press = data.removeprefix(PRESS_PREFIX) if data.startswith(PRESS_PREFIX) else ""
    pressed = Pressed(press or STALE, str(whole(message, "message_id")), words(query, "id"))
    chat, private = _chat(message)
    return Inbound(PLATFORM, event_id, chat, received, pressed, _person(needed(query, "from")), private)


def _presence(event_id: str, change: Table) -> Inbound:
    chat, private = _chat(change)
    now = needed(change, "new_chat_member")
    here = words(now, "status") in _PRESENT or now.get("is_member") is True
    presence = Presence("inside" if here else "outside", words(needed(change, "chat"), "title"))
    actor = _person(needed(change, "from"))
    return Inbound(PLATFORM, event_id, chat, moment(change, "date"), presence, actor, private)


def _moved(message: Table) -> tuple[Address, Moved] | None:
    """Where the chat was and where it is now; told twice, once in the old chat and once in the new."""
    if "migrate_to_chat_id" in message:
        return _chat(message)[0], Moved(str(whole(message, "migrate_to_chat_id")))
    if "migrate_from_chat_id" in message:
        old = Address(PLATFORM, str(whole(message, "migrate_from_chat_id")))
        return old, Moved(_chat(message)[0].chat)
    return None


def _said(message: Table, me: Me, where: Literal["private", "group"]) -> Said | None:
    heard = _heard(message, me)
    if heard is None:
        return None
    text, addressed = heard
    files, location = attachments(message), place(message)
    text = text or place_name(message)
    if not (text or files or location or addressed):
        return None
    number, meant = str(whole(message, "message_id")), addressed or where == "private"
    reply = _reply(message)
    if reply is None:
        return Said(number, text, meant, files=files, location=location)
    quoted = words(reply, "text") or words(reply, "caption")
    author = None if _by_a_machine(reply) else _speaker(reply)
    meant = meant or _by(reply, me)
    return Said(number, text, meant, str(whole(reply, "message_id")), quoted, author, files, location)


def _heard(message: Table, me: Me) -> tuple[str, bool] | None:
    """What was said without our own name, and whether it was there; None for a command given to another bot."""
    text = words(message, "text") or words(message, "caption")
    if "@" not in text:
        return text, _mentioned_by_number(message, me)
    if (command := _NAMED_COMMAND.match(text)) is not None:
        if command[2].lower() != me.username.lower():
            return None
        return command[1] + text[command.end() :], True
    bare, count = _mention(me.username).subn(" ", text)
    return (bare.strip(), True) if count else (text, _mentioned_by_number(message, me))


@lru_cache(maxsize=4)
def _mention(username: str) -> re.Pattern[str]:
    """Our name as a mention, with the blanks and the comma around it.

    Telegram marks no mention where a Chinese character touches the name; people mean one all the same.
    """
    return re.compile(
        rf"[ \t]*(?<![\w@])@{re.escape(username)}(?!\w)[ \t]*[,，:：]?[ \t]*", re.IGNORECASE | re.ASCII
    )


def _mentioned_by_number(message: Table, me: Me) -> bool:
    """Clients may write any words over a mention; then only the entity carries the account."""
    for name in ("entities", "caption_entities"):
        if name in message:
            users = (part(entity, "user") for entity in parts(message, name) if "user" in entity)
            if any(user is not None and user.get("id") == me.account for user in users):
                return True
    return False


def _reply(message: Table) -> Table | None:
    """The message replied to. Every message in a topic formally replies to the one that opened the topic."""
    reply = part(message, "reply_to_message")
    if reply is None or (
        message.get("is_topic_message") is True
        and reply.get("message_id") == message.get("message_thread_id")
    ):
        return None
    return reply


def _by(message: Table, me: Me) -> bool:
    author = part(message, "from")
    return author is not None and author.get("id") == me.account


def _chat(holder: Table) -> tuple[Address, bool]:
    chat = needed(holder, "chat")
    number, kind = str(whole(chat, "id")), words(chat, "type")
    if not kind:
        raise Malformed("chat: without a type")
    topic = str(whole(holder, "message_thread_id")) if holder.get("is_topic_message") is True else ""
    return Address(PLATFORM, number, topic), kind == "private"


def _by_a_machine(message: Table) -> bool:
    """Whether another bot wrote it. An anonymous administrator looks like one but speaks as a chat."""
    author = part(message, "from")
    return author is not None and author.get("is_bot") is True and "sender_chat" not in message


def _speaker(message: Table) -> Sender | None:
    """Who wrote it; None for those who write as a group or a channel: no person stands behind their word."""
    author = part(message, "from")
    return None if author is None or "sender_chat" in message else _person(author)


def _person(user: Table) -> Sender:
    name = f"{words(user, 'first_name')} {words(user, 'last_name')}"
    return Sender(str(whole(user, "id")), name.strip())
