"""What concerns us, decided in memory: chatter ends here and never touches the disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.groupbook import GroupBook
from handlers.routes import Routes, Where
from handlers.settings import Settings
from handlers.words import spoken
from storage.messages import Edited, Inbound, Said, Withdrawn
from storage.records import PUBLIC, GroupRole

TOGETHER = timedelta(minutes=2)


@dataclass(slots=True)
class Door:
    """Remembers which chats are bound and who has just reported something; the rest is the message itself.

    `suspects` says whether a message may be a matter; it must be quick, for it sees everything that is said.
    """

    routes: Routes
    settings: Settings
    suspects: Callable[[str], bool]
    groups: GroupBook
    _reported: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    _tracked: set[tuple[str, str, str]] = field(default_factory=set)

    def know_report(self, event: Inbound, now: datetime) -> None:
        """Somebody has reported something in a group: what they say next may belong to it."""
        if event.sender and isinstance(event.content, Said):
            self._expect_more(event, now)
            for message_id in filter(None, (event.content.message_id, event.content.reply_to)):
                self.know_message(event.platform, event.chat.chat, message_id)

    def know_message(self, platform: str, chat: str, message_id: str) -> None:
        """This message became an issue: edits of it concern us."""
        self._tracked.add((platform, chat, message_id))

    def concerns(self, event: Inbound, now: datetime) -> bool:
        """Whether anything has to be done about an event."""
        content = event.content
        if event.private:
            return True
        if isinstance(content, Said):
            return self._said(event, content, now)
        if isinstance(content, Edited | Withdrawn):
            return (event.platform, event.chat.chat, content.message_id) in self._tracked
        return True

    def _said(self, event: Inbound, said: Said, now: datetime) -> bool:
        if event.sender is None:
            return False
        role = self._role(event)
        words = spoken(said.text)
        if said.addressed or words.marked:
            self._expect_more(event, now)
            return role is not None or self._commands(words.first, Where.ANYWHERE)
        if role is None:
            return False
        if words.number is not None:
            return bool(said.reply_to) or role not in PUBLIC
        heard = Where.RESIDENTS if role in PUBLIC else Where.STAFF
        if any(self._commands(first, heard) for first, _ in words.readings):
            self._expect_more(event, now)
            return True
        return self._listening(event, said, role, now)

    def _listening(self, event: Inbound, said: Said, role: GroupRole, now: datetime) -> bool:
        reported = self._reported.get(
            (event.platform, event.chat.chat, event.sender.account if event.sender else "")
        )
        if reported and now - reported <= TOGETHER:
            return True
        if self.settings.passive == "on" and role in PUBLIC and self.suspects(said.text):
            self._expect_more(event, now)
            return True
        return False

    def _expect_more(self, event: Inbound, now: datetime) -> None:
        """What this person says next may go on about it, even when it comes with the same batch of events."""
        if event.sender:
            self._reported = {who: at for who, at in self._reported.items() if now - at <= TOGETHER}
            self._reported[event.platform, event.chat.chat, event.sender.account] = now

    def _commands(self, first: str, where: Where) -> bool:
        word = self.routes.commands.get(first)
        return word is not None and bool(word.where & where)

    def _role(self, event: Inbound) -> GroupRole | None:
        group = self.groups.at(event.chat)
        return group.role if group else None
