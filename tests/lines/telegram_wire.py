"""What people do, as the updates Telegram would send."""

from dataclasses import dataclass, field
from typing import Any

from bot.platforms.telegram_files import reference
from storage.messages import (
    Edited,
    File,
    FileKind,
    Inbound,
    Moved,
    Presence,
    Pressed,
    Said,
    Sender,
)
from tests.fakes import ME
from tests.lines.telegram_server import TelegramServer

NAME = f"@{ME['username']}"
_KINDS = {FileKind.VIDEO: "video", FileKind.VOICE: "voice", FileKind.DOCUMENT: "document"}


@dataclass
class Writer:
    """Writes updates. Numbers and words of messages are kept, as Telegram keeps them for replies and edits."""

    server: TelegramServer
    names: dict[str, str]
    numbers: dict[str, int] = field(default_factory=dict)
    updates: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    _said: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    def account(self, known: str) -> str:
        """People are numbers there."""
        if known.lstrip("-").isdigit():
            return known
        return str(self.accounts.setdefault(known, 5_000_001 + len(self.accounts)))

    def number(self, message: str) -> int:
        """The number of a message; ours are numbers already."""
        if message.isdigit():
            return int(message)
        if message not in self.numbers:
            self.numbers[message] = self.server.next_number()
            self.names[str(self.numbers[message])] = message
        return self.numbers[message]

    def written(self, event: Inbound) -> list[dict[str, Any]]:
        """The same event is always the same updates."""
        if event.event_id not in self.updates:
            bodies = self._bodies(event)
            self.updates[event.event_id] = [{"update_id": self.server.next_update(), **one} for one in bodies]
        return self.updates[event.event_id]

    def _bodies(self, event: Inbound) -> list[dict[str, Any]]:
        content = event.content
        match content:
            case Said():
                return [{"message": message} for message in self._messages(event, content)]
            case Pressed():
                return [{"callback_query": self._press(event, content)}]
            case Edited():
                return [{"edited_message": self._edit(event, content)}]
            case Presence():
                return [{"my_chat_member": self._presence(event, content)}]
            case Moved():
                return [{"message": self._head(event, 0) | {"migrate_to_chat_id": int(content.chat)}}]
            case _:
                raise AssertionError(content)

    def _head(self, event: Inbound, number: int) -> dict[str, Any]:
        head: dict[str, Any] = {
            "message_id": number or self.server.next_number(),
            "date": int(event.at.timestamp()),
            "chat": self._chat(event),
        }
        if event.chat.thread:
            head |= {"message_thread_id": int(event.chat.thread), "is_topic_message": True}
        if event.sender is None:
            return head | {"sender_chat": head["chat"]}
        return head | {"from": self._person(event.sender)}

    def _messages(self, event: Inbound, said: Said) -> list[dict[str, Any]]:
        """An album is as many messages as it has pictures; the words stand under the first."""
        first = self._head(event, self.number(said.message_id)) | self._reply(event, said)
        words = self._words(event, said, first)
        if said.location:
            first |= self._place(said, words)
        elif said.files:
            first |= self._file(said.files[0]) | ({"caption": words} if words else {})
        else:
            first["text"] = words
        self._said[event.chat.chat, first["message_id"]] = first
        if len(said.files) < 2:
            return [first]
        album = {"media_group_id": f"g{first['message_id']}"}
        rest = [self._head(event, 0) | self._file(file) | album for file in said.files[1:]]
        return [first | album, *rest]

    def _words(self, event: Inbound, said: Said, message: dict[str, Any]) -> str:
        ours = message.get("reply_to_message", {}).get("from", {}).get("id") == ME["id"]
        if event.private or not said.addressed or ours:
            return said.text
        command, blank, rest = said.text.partition(" ")
        return f"{command}{NAME}{blank}{rest}" if command.startswith("/") else f"{NAME} {said.text}"

    def _reply(self, event: Inbound, said: Said) -> dict[str, Any]:
        if not said.reply_to:
            return {}
        number = self.number(said.reply_to)
        posted = self.server.messages.get((event.chat.chat, number))
        if posted is not None:
            return {"reply_to_message": self._ours(event, number, posted.words)}
        known = self._said.get((event.chat.chat, number))
        if known is not None:
            return {"reply_to_message": {key: known[key] for key in known if key != "reply_to_message"}}
        stranger = (
            self._person(said.quoted_sender) if said.quoted_sender else {"id": 4_000_001, "first_name": "?"}
        )
        head = {"message_id": number, "date": 1, "chat": self._chat(event), "from": stranger}
        return {"reply_to_message": head | {"text": said.quoted}}

    def _ours(self, event: Inbound, number: int, words: str) -> dict[str, Any]:
        return {"message_id": number, "date": 1, "chat": self._chat(event), "from": ME, "text": words}

    def _place(self, said: Said, words: str) -> dict[str, Any]:
        assert said.location
        point = {"latitude": float(said.location.latitude), "longitude": float(said.location.longitude)}
        if not words:
            return {"location": point}
        return {"location": point, "venue": {"location": point, "title": words, "address": ""}}

    def _file(self, file: File) -> dict[str, Any]:
        self.names[reference(file.ref)] = file.ref
        found = {"file_id": file.ref, "file_unique_id": file.ref, "file_name": file.name}
        if file.kind is FileKind.PHOTO:
            small = {"file_id": f"{file.ref}-small", "file_unique_id": f"{file.ref}-s"}
            return {"photo": [small | {"width": 90, "height": 90}, found | {"width": 900, "height": 900}]}
        return {_KINDS[file.kind]: found}

    def _press(self, event: Inbound, pressed: Pressed) -> dict[str, Any]:
        number = self.number(pressed.message_id)
        posted = self.server.messages.get((event.chat.chat, number))
        assert event.sender
        return {
            "id": pressed.query or f"q-{event.event_id}",
            "from": self._person(event.sender),
            "chat_instance": "1",
            "message": self._ours(event, number, posted.words if posted else ""),
            "data": f"1|{pressed.press}",
        }

    def _edit(self, event: Inbound, edited: Edited) -> dict[str, Any]:
        head = self._head(event, self.number(edited.message_id))
        return head | {"edit_date": int(event.at.timestamp()), "text": edited.text}

    def _presence(self, event: Inbound, presence: Presence) -> dict[str, Any]:
        inside, outside = {"user": ME, "status": "member"}, {"user": ME, "status": "left"}
        now, before = (inside, outside) if presence.state == "inside" else (outside, inside)
        sender = event.sender or Sender("4000001", "?")
        head = {"chat": self._chat(event) | {"title": presence.title}, "from": self._person(sender)}
        return head | {
            "date": int(event.at.timestamp()),
            "old_chat_member": before,
            "new_chat_member": now,
        }

    def _chat(self, event: Inbound) -> dict[str, Any]:
        alone = not event.chat.chat.startswith("-")
        return {"id": int(event.chat.chat), "type": "private" if alone else "supergroup", "title": "群"}

    def _person(self, sender: Sender) -> dict[str, Any]:
        return {"id": int(self.account(sender.account)), "is_bot": False, "first_name": sender.name}
