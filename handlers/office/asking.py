"""Reading what paper somebody wants: its kind, about what, as a picture or a file, and what no record knows."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from handlers.labels import read_mention
from handlers.papers.facts import Contact, Person, Standing
from handlers.papers.model import PaperKind
from handlers.refusals import Refusal
from handlers.shelf import Roll
from handlers.texts import text
from handlers.words import narrow

_NAMES = re.compile(r"[、,，]")
_LINES = re.compile(r"\s*(?:[;；\n]|(?<!\d)\d{1,2}[.、．])\s*")
_PERSON = re.compile(r"(?P<name>[^（(]+?)\s*[（(](?P<post>[^）)]+)[）)]")
_CONTACT = re.compile(r"(?P<who>.*?)[\s,，]*(?P<phone>\d[\d-]{3,18}\d)[\s,，]*(?P<hours>.*)", re.DOTALL)
_DATE = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日?")
_DAYS = re.compile(r"(\d{1,3})\s*(?:天|日)?")
_PICTURE = re.compile(r"\s*(图片|图)(?:[\s，,；;]|$)")


class Form(StrEnum):
    """As what the paper is sent."""

    FILE = "file"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What was added by hand, by label; `said` is how it was written."""

    values: Mapping[str, str]
    said: str = ""

    def words(self, label: str) -> str:
        """What stands there, "" for nothing."""
        return self.values.get(label, "")

    def lines(self, label: str) -> tuple[str, ...]:
        """Several items: on lines of their own, numbered, or parted by semicolons."""
        return tuple(part for part in _LINES.split(self.words(label)) if part)

    def people(self, label: str, roll: Roll) -> tuple[Person, ...]:
        """Names, each found on the roll; 秦岚（居务监督委员会主任） says in which office somebody is."""
        return tuple(_person(part, roll) for part in _NAMES.split(self.words(label)) if part.strip())

    def contact(self, label: str, who: str) -> Contact | None:
        """An office with its phone and hours; `who` where only the phone is written. None without a phone."""
        found = _CONTACT.fullmatch(narrow(self.words(label)).strip())
        if found is None:
            return None
        return Contact(found["who"].strip() or who, found["phone"], found["hours"].strip())

    def day(self, label: str, today: date) -> date | None:
        """A day written as 12月5日 or as a number of days from today; the next one where no year is said."""
        written = narrow(self.words(label)).strip()
        if not written:
            return None
        if found := _DATE.match(written):
            return _coming(found, today)
        if found := _DAYS.match(written):
            return today + timedelta(days=int(found[1]))
        raise Refusal("office.day", written=written)

    def over(self, other: "Particulars") -> "Particulars":
        """These, and of the other what is not said here."""
        return Particulars({**other.values, **self.values}, "；".join(filter(None, (other.said, self.said))))


@dataclass(frozen=True, slots=True)
class Wish:
    """A paper that is wanted: of what kind, about the thing with which number."""

    kind: PaperKind
    number: int
    form: Form
    particulars: Particulars


def read_wish(rest: str) -> Wish:
    """Read `决议书 议7 图片 监督人：秦岚；资金来源：公益金`. Refusal that says how to ask."""
    name = next((name for name in _kinds() if rest.startswith(name)), None)
    if name is None:
        raise Refusal("office.usage", kinds="、".join(dict.fromkeys(_kinds())))
    mention = read_mention(rest.removeprefix(name), "office.usage_number")
    form, words = read_form(mention.rest)
    _, particulars = read_particulars(words)
    return Wish(_kinds()[name], mention.number, form, particulars)


def read_form(words: str) -> tuple[Form, str]:
    """Whether it begins with 图片, and what comes after."""
    found = _PICTURE.match(words)
    return (Form.PICTURE, words[found.end() :]) if found else (Form.FILE, words)


def read_particulars(words: str) -> tuple[str, Particulars]:
    """What is written before the first label, and everything behind labels."""
    found = list(_labels().finditer(words))
    if not found:
        return words.strip(" \n；;，,。"), Particulars({})
    ends = [match.start() for match in found[1:]] + [len(words)]
    values = {
        _known()[match[1]]: words[match.end() : end].strip(" \n；;，,")
        for match, end in zip(found, ends, strict=True)
    }
    said = words[found[0].start() :].strip(" \n；;，,")
    return words[: found[0].start()].strip(" \n；;，,。"), Particulars(values, said)


def _person(written: str, roll: Roll) -> Person:
    if found := _PERSON.fullmatch(written.strip()):
        return Person(found["name"], Standing.OFFICIAL, found["post"])
    return roll.named(written.strip())


def _coming(found: re.Match[str], today: date) -> date:
    year = int(found["year"] or today.year)
    try:
        day = date(year, int(found["month"]), int(found["day"]))
        return day if found["year"] or day >= today else day.replace(year=year + 1)
    except ValueError:
        raise Refusal("office.day", written=found[0]) from None


@cache
def _kinds() -> Mapping[str, PaperKind]:
    """Every name of a kind, the longest first."""
    named = {text(f"papers.kind_{kind}"): kind for kind in PaperKind}
    named[text("papers.kind_minutes_public")] = PaperKind.MINUTES
    named[text("office.kind_result")] = PaperKind.RESULT_NOTICE
    return dict(sorted(named.items(), key=lambda item: -len(item[0])))


@cache
def _known() -> Mapping[str, str]:
    """Every word for a label, and the label."""
    tables = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))
    return {str(word): label for label, words in tables.items() for word in words}


@cache
def _labels() -> re.Pattern[str]:
    words = "|".join(sorted(_known(), key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[\s；;，,。]))({words})(?:\s*[:：]\s*|\s+)")
