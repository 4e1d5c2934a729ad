"""A callback of the app, opened and read, turned into what happened; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.platforms.wechat_crypto import event_id
from bot.platforms.wechat_said import message, moment
from bot.platforms.wechat_xml import Fields, inside, said, texts_of
from bot.platforms.wecom_app_settings import PLATFORM
from bot.platforms.wecom_cards import KEEP, STALE, SUBMIT
from bot.platforms.wire import Malformed
from storage.messages import (
    Address,
    Content,
    Inbound,
    Presence,
    Pressed,
    Said,
    Sender,
)

_PRESENCE = {"enter_agent": "inside", "subscribe": "inside", "unsubscribe": "outside"}
_CARD_EVENTS = frozenset({"template_card_event", "template_card_menu_event"})


@dataclass(frozen=True, slots=True)
class Given:
    """The code that comes with a press and lets us change that card once; `shown` is the id of its message."""

    shown: str
    code: str


def decode(fields: Fields) -> tuple[Inbound, ...]:
    """Read one callback; several events for a card on which several things were chosen, none for what is nothing to us.

    Raises Malformed.
    """
    person = said(fields, "FromUserName")
    if not person:
        raise Malformed("FromUserName: missing")
    name, at = event_id(PLATFORM, fields), moment(fields)
    chat, sender = Address(PLATFORM, person), Sender(person, person)
    contents = _contents(fields, name)
    return tuple(
        Inbound(PLATFORM, f"{name}#{number}" if number else name, chat, at, content, sender, private=True)
        for number, content in enumerate(contents)
    )


def given(fields: Fields) -> Given | None:
    """Return the code of a press; None for anything else."""
    code = said(fields, "ResponseCode")
    if said(fields, "Event") not in _CARD_EVENTS or not code:
        return None
    return Given(message_of(said(fields, "CardType"), said(fields, "TaskId")), code)


def message_of(kind: str, task_id: str) -> str:
    """Return the id under which a card's message is known: a card keeps its kind, and both come with a press."""
    return f"{kind}@{task_id}"


def _contents(fields: Fields, name: str) -> Sequence[Content]:
    kind = said(fields, "MsgType")
    if kind == "event":
        return _event(fields, name)
    return message(fields, name, PLATFORM)


def _event(fields: Fields, name: str) -> Sequence[Content]:
    kind = said(fields, "Event")
    if kind in _CARD_EVENTS:
        shown = message_of(said(fields, "CardType"), said(fields, "TaskId"))
        return [Pressed(press, shown, name) for press in _presses(fields)]
    if kind == "click" and said(fields, "EventKey"):
        return [Said(name, said(fields, "EventKey"), addressed=True)]
    if kind in _PRESENCE:
        return [Presence("inside" if _PRESENCE[kind] == "inside" else "outside")]
    return []


def _presses(fields: Fields) -> list[str]:
    """What was pressed or chosen; a submission of nothing is a press on a button that means nothing any more."""
    key = said(fields, "EventKey")
    if key and key != SUBMIT:
        return [key]
    chosen = [
        option
        for items in inside(fields, "SelectedItems")
        for item in inside(items, "SelectedItem")
        for ids in inside(item, "OptionIds")
        for option in texts_of(ids, "OptionId")
    ]
    return [option for option in chosen if option != KEEP] or ([] if chosen else [STALE])
