"""A callback of the Official Account, checked and read, turned into what happened; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.platforms.wechat_crypto import event_id
from bot.platforms.wechat_oa_settings import PLATFORM
from bot.platforms.wechat_said import message, moment
from bot.platforms.wechat_xml import Fields, said
from bot.platforms.wire import Malformed
from storage.messages import Address, Content, Inbound, Presence, Said, Sender

_SCENE = "qrscene_"
_BEGIN = "/start"
_NAME = re.compile(r"[\w-]{1,64}")


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in, who can be answered in the same breath (`person` to `account`), and under which id."""

    event_id: str
    person: str
    account: str
    events: tuple[Inbound, ...]


def decode(fields: Fields) -> Heard:
    """Read one callback; no events for what is nothing to us. Raises Malformed."""
    person, account = said(fields, "FromUserName"), said(fields, "ToUserName")
    if not _NAME.fullmatch(person) or not _NAME.fullmatch(account):
        raise Malformed("names: missing")
    name, at = event_id(PLATFORM, fields), moment(fields)
    chat, sender = Address(PLATFORM, person), Sender(person, person)
    events = tuple(
        Inbound(PLATFORM, f"{name}#{number}" if number else name, chat, at, content, sender, private=True)
        for number, content in enumerate(_contents(fields, name))
    )
    return Heard(name, person, account, events)


def delivered(fields: Fields) -> str:
    """Return how the sending of a template message ended: "" when this is about none, "success" or the reason."""
    finished = said(fields, "Event") == "TEMPLATESENDJOBFINISH"
    return said(fields, "Status") or "unknown" if finished else ""


def _contents(fields: Fields, name: str) -> Sequence[Content]:
    kind = said(fields, "MsgType")
    if kind == "event":
        return _event(fields, name)
    return message(fields, name, PLATFORM)


def _event(fields: Fields, name: str) -> Sequence[Content]:
    kind, key = said(fields, "Event"), said(fields, "EventKey")
    match kind:
        case "subscribe":
            return _came(name, key.removeprefix(_SCENE) if key.startswith(_SCENE) else "")
        case "SCAN":
            return _came(name, key)
        case "unsubscribe":
            return [Presence("outside")]
        case "CLICK" if key:
            return [Said(name, key, addressed=True)]
        case _:
            return []


def _came(name: str, scene: str) -> Sequence[Content]:
    """Who follows or scans says what somebody says who opens the chat with a code in hand."""
    return [Presence("inside"), Said(name, f"{_BEGIN} {scene}".strip(), addressed=True)]
