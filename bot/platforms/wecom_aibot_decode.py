"""What the AI bot is told, turned into what happened; pure.

In a group only messages that mention the bot arrive, so every one of them is meant for us. A quote has no id and no
author; where its words are ours, `known` says which message it was, else its words stand for it.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from bot.platforms.wecom_aibot_reach import Callback, Window
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE
from bot.platforms.wecom_cards import presses
from bot.platforms.wire import Malformed, Table, moment, needed, part, parts, words
from storage.messages import Address, File, FileKind, Inbound, Presence, Pressed, Said, Sender

_ATTACHED = {"image": FileKind.PHOTO, "file": FileKind.DOCUMENT, "video": FileKind.VIDEO}
_LONGEST_ID = 200
_ANY_NAME = re.compile(r"^\s*@\S+[\s\u2005]*")

Known = Callable[[Address, str], str]
"""The id of the message of ours in this chat that has these words, "" without one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A callback understood: the events in it, and what may answer it."""

    events: tuple[Inbound, ...]
    callback: Callback | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A callback that is set aside; `event_id` names it."""

    event_id: str
    reason: str


Decoded = Heard | Unreadable | None


@dataclass(frozen=True, slots=True)
class Ear:
    """Reads callbacks. `name` is the bot's own, "" when the operator has not said it."""

    name: str
    known: Known

    def decode(self, body: Table, token: str, received: datetime) -> Decoded:
        """Read the body of a callback; None when it is nothing to us. Never raises, whatever the body is.

        `token` is what an answer goes under. `received` dates the events that WeCom does not date.
        """
        event_id = event_key(body)
        try:
            return self._read(event_id, body, token, received)
        except Malformed as fault:
            return Unreadable(event_id, str(fault))

    def _read(self, event_id: str, body: Table, token: str, received: datetime) -> Decoded:
        if words(body, "msgtype") != "event":
            return self._message(event_id, body, token, received)
        event = needed(body, "event")
        match words(event, "eventtype"):
            case "template_card_event":
                return _pressed(event_id, body, token, received)
            case "enter_chat":
                return _entered(event_id, body, token, received)
            case _:
                return None

    def _message(self, event_id: str, body: Table, token: str, received: datetime) -> Heard | None:
        chat, sender, at = _chat(body), _sender(body), _at(body, received)
        said = self._said(event_id, body, chat)
        if said is None:
            return None
        callback = Callback(token, Window.MESSAGE, chat, sender.account, received)
        return Heard((Inbound(PLATFORM, event_id, chat, at, said, sender, _private(chat)),), callback)

    def _said(self, event_id: str, body: Table, chat: Address) -> Said | None:
        heard, files = _content(body, event_id)
        heard = self._without_name(heard)
        quote = part(body, "quote")
        quoted = _content(quote, event_id)[0].strip() if quote else ""
        if not (heard or files or quoted or not _private(chat)):
            return None
        reply_to = (self.known(chat, quoted) or _quote_id(chat, quoted)) if quoted else ""
        return Said(event_id, heard, addressed=True, reply_to=reply_to, quoted=quoted, files=files)

    def _without_name(self, heard: str) -> str:
        """What was said without our own name, wherever it stood; without a configured one whatever was first named."""
        if "@" not in heard:
            return heard.strip()
        if not self.name:
            return _ANY_NAME.sub("", heard).strip()
        return _mention(self.name).sub(" ", heard).strip()


def is_kick(body: Table) -> bool:
    """Whether this says that somebody else has subscribed with this bot."""
    event = body.get("event")
    return isinstance(event, dict) and event.get("eventtype") == "disconnected_event"


def event_key(body: Table) -> str:
    """Return the name of an event: its msgid, else a digest of all it says."""
    msgid = body.get("msgid")
    if (
        isinstance(msgid, str)
        and 0 < len(msgid.encode(errors="replace")) <= _LONGEST_ID
        and msgid.isprintable()
    ):
        return msgid
    written = json.dumps(body, sort_keys=True).encode()
    return f"sha256-{hashlib.sha256(written).hexdigest()}"


@lru_cache(maxsize=4)
def _mention(name: str) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*@{re.escape(name)}(?![A-Za-z0-9_])[\s\u2005]*[,，:：]?[ \t]*")


def _content(body: Table, event_id: str) -> tuple[str, tuple[File, ...]]:
    """Words and attachments. Their addresses live for five minutes and are not kept; that there was something is."""
    kind = words(body, "msgtype")
    if kind == "mixed":
        items = parts(needed(body, "mixed"), "msg_item")
        found = [_content(item, f"{event_id}-{number}") for number, item in enumerate(items)]
        return "\n".join(said for said, _ in found if said), tuple(
            file for _, files in found for file in files
        )
    if kind in {"text", "voice"}:
        return words(needed(body, kind), "content"), ()
    if kind in _ATTACHED:
        name = words(part(body, kind) or {}, "filename")
        return "", (File(_ATTACHED[kind], f"{PLATFORM}:{event_id}", name),)
    return "", ()


def _pressed(event_id: str, body: Table, token: str, received: datetime) -> Heard | None:
    chat, sender, at = _chat(body), _sender(body), _at(body, received)
    card = needed(needed(body, "event"), "template_card_event")
    task_id, query = words(card, "task_id"), f"{token} {sender.account}"
    found = tuple(
        Inbound(PLATFORM, name, chat, at, Pressed(press, task_id, query), sender, _private(chat))
        for name, press in _named(event_id, presses(card))
    )
    kind = words(card, "card_type")
    callback = Callback(token, Window.PRESS, chat, sender.account, received, task_id=task_id, card_type=kind)
    return Heard(found, callback) if found else None


def _named(event_id: str, pressed: list[str]) -> list[tuple[str, str]]:
    """Several questions of one card are several presses, each with a name of its own."""
    return [(event_id if not at else f"{event_id}.{at}", press) for at, press in enumerate(pressed)]


def _entered(event_id: str, body: Table, token: str, received: datetime) -> Heard:
    sender = _sender(body)
    chat = Address(PLATFORM, SINGLE + sender.account)
    inside = Inbound(PLATFORM, event_id, chat, _at(body, received), Presence("inside"), sender, private=True)
    return Heard((inside,), Callback(token, Window.ENTER, chat, sender.account, received))


def _chat(body: Table) -> Address:
    if words(body, "chattype") == "group":
        chat = words(body, "chatid")
        if not chat or chat.startswith(SINGLE) or "#" in chat:
            raise Malformed("chatid: not a group's")
        return Address(PLATFORM, chat)
    return Address(PLATFORM, SINGLE + _sender(body).account)


def _sender(body: Table) -> Sender:
    """Who it was; WeCom tells the userid alone, which may be an encrypted one."""
    userid = words(needed(body, "from"), "userid")
    if not userid or any(sign.isspace() for sign in userid):
        raise Malformed("from.userid: not an account")
    return Sender(userid, userid)


def _private(chat: Address) -> bool:
    return chat.chat.startswith(SINGLE)


def _at(body: Table, received: datetime) -> datetime:
    return moment(body, "create_time") if "create_time" in body else received.astimezone(UTC)


def _quote_id(chat: Address, quoted: str) -> str:
    """The same words quoted twice in a chat are one message."""
    digest = hashlib.sha256("\n".join((str(chat), quoted)).encode()).hexdigest()
    return f"quote-{digest[:24]}"
