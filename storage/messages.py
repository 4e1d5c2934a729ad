"""Words no platform owns: what comes in from a chat and what goes out to one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class Address:
    """A place to speak: a chat on a platform and, where chats have topics, the thread in it."""

    platform: str
    chat: str
    thread: str = ""

    def __str__(self) -> str:
        return f"{self.platform}:{self.chat}" + (f"#{self.thread}" if self.thread else "")

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read `platform:chat` or `platform:chat#thread`; ValueError when it is neither."""
        platform, colon, rest = written.partition(":")
        chat, _, thread = rest.partition("#")
        if not (platform and colon and chat):
            raise ValueError(written)
        return cls(platform, chat, thread)


class FileKind(StrEnum):
    """What an attachment is to the person who looks at it."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    DOCUMENT = "document"


MADE = "made:"
"""How the `ref` of a file begins that the house makes itself, from what it has stored, when it is sent."""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment that stays on its platform; `ref` is the platform's own key to it, or says what is to be made."""

    kind: FileKind
    ref: str
    name: str = ""

    @property
    def is_made(self) -> bool:
        """Whether the house makes it itself."""
        return self.ref.startswith(MADE)


@dataclass(frozen=True, slots=True)
class Made:
    """A file the house has made: what a card's file with this `ref` turned out to be.

    `page` is where it can be looked at instead, "" where it cannot.
    """

    kind: FileKind
    ref: str
    name: str
    content: bytes
    page: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A point somebody sent, in decimal degrees WGS-84 as written by the platform."""

    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The account that acted; who that is on the roll is for `dispatch` to find out."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message.

    `addressed`: it was meant for us (a mention, or a reply to a message of ours), so that silence would be rude.
    `reply_to` is the id of the message replied to, `quoted` its text and `quoted_sender` its author where the
    platform tells.
    """

    message_id: str
    text: str
    addressed: bool = False
    reply_to: str = ""
    quoted: str = ""
    quoted_sender: Sender | None = None
    files: tuple[File, ...] = ()
    location: Location | None = None
    kind: Literal["said"] = "said"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of ours was pressed; `query` is what the platform wants back with the answer."""

    press: str
    message_id: str
    query: str = ""
    kind: Literal["pressed"] = "pressed"


@dataclass(frozen=True, slots=True)
class Edited:
    """The author changed a message."""

    message_id: str
    text: str
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The author took a message back."""

    message_id: str
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True, slots=True)
class Moved:
    """The platform gave the chat another id (Telegram: a group became a supergroup)."""

    chat: str
    kind: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True)
class Presence:
    """The bot itself was let into a chat or put out of it; in a private chat: started or blocked."""

    state: Literal["inside", "outside"]
    title: str = ""
    kind: Literal["presence"] = "presence"


@dataclass(frozen=True, slots=True)
class Due:
    """A moment read from the database has come: `what` is the kind of moment, `subject` the row's id."""

    what: str
    subject: int
    moment: datetime
    kind: Literal["due"] = "due"


Content = Said | Pressed | Edited | Withdrawn | Moved | Presence | Due


@dataclass(frozen=True, slots=True)
class Inbound:
    """One event from outside; `(platform, event_id)` names it for ever.

    `sender` is None for the clock and for the platform itself. `at` is aware UTC.
    """

    platform: str
    event_id: str
    chat: Address
    at: datetime
    content: Content
    sender: Sender | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """At most four words to press; `press` is ours (`verb:argument:…`, ASCII, at most 60 bytes)."""

    label: str
    press: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody a message calls by their account on its address's platform; `name` is what that account is called."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """One message with one thing to do. Plain text; rows of buttons, each with its numbered twin.

    `mentions`: whom the chat rings for when the message is said. It rings once: later versions of it call nobody.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    files: tuple[File, ...] = ()
    location: Location | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in the order of their numbers, the first is 1."""
        return tuple(button for row in self.rows for button in row)


class Urgency(StrEnum):
    """What the post office sends first (`now`: danger to people; it alone breaks the quiet hours)."""

    NOW = "now"
    ANSWER = "answer"
    NOTICE = "notice"
    COUNTER = "counter"


class Act(StrEnum):
    """What a platform is asked to do."""

    SAY = "say"
    EDIT = "edit"
    ANSWER = "answer"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to do on a platform.

    SAY posts `card` (as a reply to `message_id` when given); EDIT shows `card` in message `message_id`; RETRACT
    deletes it; ANSWER tells `card.text` to the presser of query `message_id`, and to nobody else. `made` are the
    contents of those files of the card that the house has made.
    """

    act: Act
    address: Address
    card: Card
    message_id: str = ""
    made: tuple[Made, ...] = ()
