"""What every paper is told: its number, who issues it, who is named in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.papers.model import Authorship


class Standing(StrEnum):
    """A RESIDENT is masked in public; an OFFICIAL answers there with name and post (domain: officials, staff on duty)."""

    RESIDENT = "resident"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named on a paper; `door` is where a resident lives (3-1-302), `post` what an official is."""

    name: str
    standing: Standing = Standing.RESIDENT
    post: str = ""
    door: str = ""


NOBODY = Person("")


@dataclass(frozen=True, slots=True)
class Contact:
    """An office people can turn to: who, its phone on duty, hours. The phone is public, so never a resident's."""

    who: str
    phone: str
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands around every paper's text.

    `made_at` is aware; `zone` is the community's. `known` are people whom free words may name though the facts do
    not; `complainants` are names that no edition ever shows; `signatures` are roles (审核人, 签发人) with who confirmed.
    """

    number: str
    issuer: str
    dated: date
    made_at: datetime
    zone: ZoneInfo
    check_url: str
    authorship: Authorship = Authorship.PERSON
    signatures: tuple[tuple[str, Person], ...] = ()
    known: tuple[Person, ...] = ()
    complainants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """议定事项: what is to be done, by whom, until when, paid from where."""

    content: str
    owner: Person
    due: date | None = None
    funding: str = ""
