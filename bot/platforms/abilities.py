"""What each channel can do, said once: the README's table, `yishi channels` and the tests of the adapters read it here.

These are the platforms' own rules (numbers as each documents them), and what our adapters make of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from storage.messages import FileKind


class Hears(StrEnum):
    """What of a group reaches us."""

    ALL = "all"
    MENTIONS = "mentions"
    NOTHING = "nothing"


class Groups(StrEnum):
    """Which groups there are: any we are put into, those of one's own corp, those the app has made, or none."""

    ANY = "any"
    CORP = "corp"
    MADE = "made"
    NONE = "none"


class Edits(StrEnum):
    """When a message of ours can be changed."""

    ANY_TIME = "any_time"
    AFTER_A_PRESS = "after_a_press"
    ONCE_A_PRESS = "once_a_press"
    NEVER = "never"


class Push(StrEnum):
    """To whom we may speak first: anybody there, who has spoken once, who has lately, or nobody."""

    ANYBODY = "anybody"
    ONCE_SPOKEN = "once_spoken"
    LATELY_SPOKEN = "lately_spoken"
    NOBODY = "nobody"


class Rings(StrEnum):
    """Whether a message can call people in a group; BY_WEBHOOK: a webhook that stands in it does."""

    YES = "yes"
    BY_WEBHOOK = "by_webhook"
    NO = "no"


class Unit(StrEnum):
    """What the length of a text is counted in."""

    BYTES = "bytes"
    UTF16 = "utf16"


class Sent(StrEnum):
    """What people can send besides words. TRANSCRIPT: a recording arrives as its words alone."""

    PICTURE = "picture"
    VOICE = "voice"
    TRANSCRIPT = "transcript"
    FILE = "file"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Abilities:
    """One channel. `private`: whether people can speak to it one to one. `hears`: in its groups.

    `buttons` is how many one message carries at most; above it, and where it is 0, they are numbered lines.
    `takes_back` is for how long, None for never. `files` are the kinds the house can show that it has made.
    `length` is that of one message; a longer text is told in several. `sent` of people one to one, or of a group.
    """

    channel: str
    private: bool
    groups: Groups
    hears: Hears
    buttons: int
    vote_card: bool
    edits: Edits
    takes_back: timedelta | None
    push: Push
    rings: Rings
    files: frozenset[FileKind]
    length: int
    unit: Unit
    sent: frozenset[Sent]


_EVERY_FILE: Final = frozenset(FileKind)
_NO_FILE: Final[frozenset[FileKind]] = frozenset()
_DAY: Final = timedelta(days=1)
URL: Final = "wecom_aibot_url"
"""The AI bot where it is called back: the same channel, with fewer abilities."""

TABLE: Final = (
    Abilities(
        channel="telegram",
        private=True,
        groups=Groups.ANY,
        hears=Hears.ALL,
        buttons=100,
        vote_card=False,
        edits=Edits.ANY_TIME,
        takes_back=2 * _DAY,
        push=Push.ONCE_SPOKEN,
        rings=Rings.YES,
        files=_EVERY_FILE,
        length=4096,
        unit=Unit.UTF16,
        sent=frozenset({Sent.PICTURE, Sent.VOICE, Sent.FILE, Sent.PLACE}),
    ),
    Abilities(
        channel="wecom_aibot",
        private=True,
        groups=Groups.CORP,
        hears=Hears.MENTIONS,
        buttons=20,
        vote_card=True,
        edits=Edits.AFTER_A_PRESS,
        takes_back=None,
        push=Push.ONCE_SPOKEN,
        rings=Rings.BY_WEBHOOK,
        files=_EVERY_FILE,
        length=20_480,
        unit=Unit.BYTES,
        sent=frozenset({Sent.PICTURE, Sent.TRANSCRIPT, Sent.FILE}),
    ),
    Abilities(
        channel=URL,
        private=True,
        groups=Groups.CORP,
        hears=Hears.MENTIONS,
        buttons=20,
        vote_card=True,
        edits=Edits.AFTER_A_PRESS,
        takes_back=None,
        push=Push.NOBODY,
        rings=Rings.BY_WEBHOOK,
        files=_NO_FILE,
        length=20_480,
        unit=Unit.BYTES,
        sent=frozenset({Sent.PICTURE, Sent.TRANSCRIPT, Sent.FILE}),
    ),
    Abilities(
        channel="wecom_app",
        private=True,
        groups=Groups.MADE,
        hears=Hears.NOTHING,
        buttons=20,
        vote_card=True,
        edits=Edits.ONCE_A_PRESS,
        takes_back=_DAY,
        push=Push.ANYBODY,
        rings=Rings.YES,
        files=_EVERY_FILE,
        length=2048,
        unit=Unit.BYTES,
        sent=frozenset({Sent.PICTURE, Sent.VOICE, Sent.PLACE}),
    ),
    Abilities(
        channel="wechat_oa",
        private=True,
        groups=Groups.NONE,
        hears=Hears.NOTHING,
        buttons=0,
        vote_card=False,
        edits=Edits.NEVER,
        takes_back=None,
        push=Push.LATELY_SPOKEN,
        rings=Rings.NO,
        files=frozenset({FileKind.PHOTO}),
        length=2048,
        unit=Unit.BYTES,
        sent=frozenset({Sent.PICTURE, Sent.VOICE, Sent.PLACE}),
    ),
    Abilities(
        channel="wecom_webhook",
        private=False,
        groups=Groups.CORP,
        hears=Hears.NOTHING,
        buttons=0,
        vote_card=False,
        edits=Edits.NEVER,
        takes_back=None,
        push=Push.ANYBODY,
        rings=Rings.YES,
        files=_NO_FILE,
        length=2048,
        unit=Unit.BYTES,
        sent=frozenset(),
    ),
)
ABILITIES: Final[Mapping[str, Abilities]] = MappingProxyType({one.channel: one for one in TABLE})
