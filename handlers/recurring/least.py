"""How often a body meets at least, and how early its people are told: where that stands, and how firmly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from handlers.matters.catalogue import routes
from handlers.matters.model import Days
from handlers.rules.rule import Grade
from handlers.texts import term, text
from storage.records import Role

_FIRMEST: Final = tuple(Grade)


class Every(StrEnum):
    """A period of the calendar in which there is at least one meeting."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


_MONTHS: Final = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Least:
    """At least one meeting in every such period; a meeting of any of `bodies` is one. `tell`: days before its end.

    Where somebody holds one of the roles of `signs`, the body is known to exist; elsewhere once it has met.
    """

    bodies: tuple[str, ...]
    name: str
    every: Every
    law: str
    grade: Grade
    tell: int
    signs: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both within."""

    first: date
    last: date


@cache
def all_least() -> tuple[Least, ...]:
    """Every minimum we know, the law's first."""
    tables = tomllib.loads(files(__package__).joinpath("least.toml").read_text("utf-8"))["least"]
    return tuple(_least(table) for table in tables)


def least_of(body: str) -> Least | None:
    """How often a body meets at least; None for one that meets when there is reason to."""
    return next((least for least in all_least() if body in least.bodies), None)


def notice_needed(body: str) -> Days | None:
    """How many days before a meeting of the body its people are told, of all its routes the firmest and longest.

    None for a body by which nothing is decided. Its `urgent` tells whether the law knows an exception.
    """
    asked = [route.notice for route in routes().values() if route.rule.electorate == body]
    return min(asked, key=lambda days: (_FIRMEST.index(days.grade), -days.days), default=None)


def latest_call(body: str, held_on: date) -> date:
    """The last day on which a meeting of that day can be called in time; the day of the call is not counted."""
    notice = notice_needed(body)
    return held_on - timedelta(days=notice.days) if notice else held_on


def period_of(day: date, every: Every) -> Span:
    """The week, month, quarter, half or whole year of the calendar that a day lies in."""
    if every is Every.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    length = _MONTHS[every]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    later = (first + timedelta(days=31 * length)).replace(day=1)
    return Span(first, later - timedelta(days=1))


def source(law: str, grade: Grade) -> str:
    """The article with how firm it is; its firmness alone where a number stands in no law."""
    firmness = term("grade", grade)
    return text("matters.source", law=law, grade=firmness) if law else firmness


def _least(table: Mapping[str, object]) -> Least:
    bodies = table["bodies"]
    signs = table.get("signs", [])
    assert isinstance(bodies, list)
    assert isinstance(signs, list)
    return Least(
        bodies=tuple(str(body) for body in bodies),
        name=str(table["name"]),
        every=Every(str(table["every"])),
        law=str(table.get("law", "")),
        grade=Grade(str(table["grade"])),
        tell=int(str(table["tell"])),
        signs=tuple(Role(str(role)) for role in signs),
    )
