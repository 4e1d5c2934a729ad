"""Facts of a meeting: called, signed in to, written down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.papers.facts.common import Contact, Envelope, Person, Promise
from handlers.papers.facts.counting import Counted


class Treatment(StrEnum):
    """What a meeting may do with an item."""

    DECIDE = "decide"
    TALK = "talk"


class Openness(StrEnum):
    """An INTERNAL item is counted in public but not named."""

    OPEN = "open"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item of an agenda; `minutes` 0 where no time is set."""

    title: str
    treatment: Treatment = Treatment.DECIDE
    minutes: int = 0
    openness: Openness = Openness.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFacts:
    """会议通知. `basis` is the article behind the period of notice, `urgent_because` the reason it was not kept."""

    envelope: Envelope
    meeting: str
    called: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str
    way: str
    convener: Person
    agenda: tuple[AgendaLine, ...]
    materials: tuple[str, ...] = ()
    basis: str = ""
    urgent_because: str = ""
    answer_by: datetime | None = None
    contact: Contact


class Side(StrEnum):
    """MEMBER counts for the quorum, OBSERVER (列席) does not."""

    MEMBER = "member"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Attendee:
    """A line of the sign-in sheet; `remark` is what is known before printing (线上 18:55, 请假)."""

    person: Person
    side: Side = Side.MEMBER
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFacts:
    """签到表: serves the quorum of a lawful meeting and nothing else; `spare` empty lines for observers."""

    envelope: Envelope
    meeting: str
    starts_at: datetime
    place: str
    roll: tuple[Attendee, ...]
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """What somebody said; only the record has it."""

    speaker: Person
    stance: str
    words: str


@dataclass(frozen=True, slots=True)
class Refinement:
    """再议事项: who refines what until when."""

    content: str
    owner: Person
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesItem:
    """One item as it went; `result` in a word (通过, 附条件, 再议 …), `counted` None where nothing was voted."""

    title: str
    introduction: str = ""
    speeches: tuple[Speech, ...] = ()
    amendments: tuple[str, ...] = ()
    way: str = ""
    counted: Counted | None = None
    result: str
    dissent: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    refinements: tuple[Refinement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """会议记录 and, masked, 会议纪要.

    `channels` are presences by channel (现场 30), `quorum` the printed comparisons, `leave` people with their reasons,
    `noted` what the recorder wrote besides, `publicity` what may go into the public edition.
    """

    envelope: Envelope
    meeting: str
    sort: str
    ordinal: int = 0
    starts_at: datetime
    ends_at: datetime
    place: str
    way: str
    convener: Person
    chair: Person
    recorder: Person
    expected: int
    present: int
    channels: tuple[tuple[str, int], ...] = ()
    leave: tuple[tuple[Person, str], ...] = ()
    observers: tuple[Person, ...] = ()
    quorum: tuple[str, ...]
    items: tuple[MinutesItem, ...]
    noted: str = ""
    next_meeting: str = ""
    attachments: tuple[str, ...] = ()
    publicity: str


class EventStatus(StrEnum):
    """How a meeting stands in a calendar (RFC 5545 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFacts:
    """A meeting for a phone's calendar.

    `key` never changes for one meeting (its UID), `sequence` rises with every move and with the cancellation;
    `reminders` are lengths of time before the start, `stamped_at` when this state was written.
    """

    key: str
    sequence: int
    status: EventStatus
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    place: str
    agenda: tuple[str, ...] = ()
    reminders: tuple[timedelta, ...] = ()
    url: str = ""
    stamped_at: datetime
