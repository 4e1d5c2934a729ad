"""What people do, as the callbacks WeCom would send to an AI bot."""

from dataclasses import dataclass, field
from typing import Any

from bot.platforms.wecom_aibot_decode import _quote_id
from bot.platforms.wecom_aibot_settings import PLATFORM, SINGLE
from storage.messages import Address, File, FileKind, Inbound, Presence, Pressed, Said
from tests.lines.wecom_cards import pressed
from tests.wecom_line import NAME


@dataclass(frozen=True, slots=True)
class Callback:
    """One callback: in which group ("" alone), by whom, its body, and how long it may be answered as what."""

    chat: str
    user: str
    body: dict[str, Any]
    kind: str = "message"


@dataclass
class Writer:
    """Writes callbacks. What was said is kept, since a quotation there is nothing but its words."""

    names: dict[str, str]
    cards: dict[str, dict[str, Any]]
    _said: dict[tuple[Address, str], str] = field(default_factory=dict)

    def written(self, event: Inbound, *, named: bool) -> Callback:
        assert event.sender
        chat = "" if event.chat.chat.startswith(SINGLE) else event.chat.chat
        head = {"msgid": f"msg-{event.event_id}", "create_time": int(event.at.timestamp())}
        match event.content:
            case Said():
                body = head | self._message(event, event.content, f"@{NAME} " if named else "")
                return Callback(chat, event.sender.account, body)
            case Pressed():
                return Callback(chat, event.sender.account, head | self._press(event.content), "press")
            case Presence():
                body = head | {"msgtype": "event", "event": {"eventtype": "enter_chat"}}
                return Callback("", event.sender.account, body, "enter_chat")
            case _:
                raise AssertionError(event.content)

    def _message(self, event: Inbound, said: Said, mention: str) -> dict[str, Any]:
        msgid = f"msg-{event.event_id}"
        self.names[msgid] = said.message_id
        self._said[event.chat, said.message_id] = said.text
        text = {"msgtype": "text", "text": {"content": mention + said.text}}
        if not said.files:
            return text | self._quote(event.chat, said)
        pictures = [self._picture(f"{msgid}-{at}", file) for at, file in enumerate(said.files, start=1)]
        return {"msgtype": "mixed", "mixed": {"msg_item": [text, *pictures]}} | self._quote(event.chat, said)

    def _picture(self, ref: str, file: File) -> dict[str, Any]:
        assert file.kind is FileKind.PHOTO
        self.names[f"{PLATFORM}:{ref}"] = file.ref
        return {"msgtype": "image", "image": {"url": "https://fake/picture", "aeskey": "k"}}

    def can_quote(self, chat: Address, said: Said) -> bool:
        return bool(said.quoted or (chat, said.reply_to) in self._said)

    def _quote(self, chat: Address, said: Said) -> dict[str, Any]:
        if not said.reply_to:
            return {}
        words = said.quoted or self._said[chat, said.reply_to]
        self.names.setdefault(_quote_id(chat, words.strip()), said.reply_to)
        return {"quote": {"msgtype": "text", "text": {"content": words}}}

    def _press(self, press: Pressed) -> dict[str, Any]:
        card = self.cards.get(press.message_id, {})
        event = pressed(card, press.press) | {"task_id": press.message_id}
        return {
            "msgtype": "event",
            "event": {"eventtype": "template_card_event", "template_card_event": event},
        }
