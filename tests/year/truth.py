"""What is true of a meeting at each moment, kept by the story itself and not read from the house."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.people import Person
from tests.year.cast import Body

ZONE = ZoneInfo("Asia/Shanghai")
FOREVER = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` (until `until`, not included) the meeting was to start at `starts_at`."""

    since: datetime
    until: datetime
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody said whether they come."""

    at: datetime
    who: Person
    comes: bool


@dataclass
class Truth:
    """A meeting that was called. `starts` are (since when, when it is to start), the call first."""

    id: int
    number: int
    body: Body
    starts: list[tuple[datetime, datetime]]
    cancelled_at: datetime | None = None
    answers: list[Answered] = field(default_factory=list)

    @property
    def begins(self) -> datetime:
        """When it starts, as it was said last."""
        return self.starts[-1][1]

    def open_at(self, now: datetime) -> bool:
        """Whether it can still be answered, moved and called off."""
        return self.cancelled_at is None and now < self.begins

    def spans(self) -> list[Span]:
        """The times it was to start at, one after the other; the last ends when it is called off, if ever."""
        since = [moment for moment, _ in self.starts]
        until = [*since[1:], self.cancelled_at or since[-1] + FOREVER]
        return [
            Span(begun, over, starts_at)
            for begun, over, (_, starts_at) in zip(since, until, self.starts, strict=True)
        ]

    def span_at(self, now: datetime) -> Span | None:
        """What holds then; None before the call and once it is called off. A moment belongs to what it brings."""
        return next((one for one in self.spans() if one.since <= now < one.until), None)

    def away(self, who: Person, now: datetime) -> bool:
        """Whether somebody had said by then, of the time that held then, that they stay away."""
        span = self.span_at(now)
        said = [one for one in self.answers if one.who is who and span and span.since <= one.at <= now]
        return bool(said) and not said[-1].comes

    def comes(self, who: Person) -> bool | None:
        """What somebody said last of the time that holds; None for nothing."""
        since = self.starts[-1][0]
        said = [one.comes for one in self.answers if one.who is who and one.at >= since]
        return said[-1] if said else None


def shown_moment(at: datetime, seen: datetime) -> str:
    """11月28日（周六）19:00, with its year when that is another one than when it is read."""
    local = at.astimezone(ZONE)
    year = "" if local.year == seen.astimezone(ZONE).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日（周{'一二三四五六日'[local.weekday()]}）{local:%H:%M}"


def is_night(at: datetime) -> bool:
    """22:00 to 7:00 there."""
    return not 7 <= at.astimezone(ZONE).hour < 22


def by_day(at: datetime) -> datetime:
    """The moment itself, or the next 7:00 when it is in the night."""
    if not is_night(at):
        return at
    local = at.astimezone(ZONE)
    morning = local.replace(hour=7, minute=0, second=0, microsecond=0)
    return (morning if local < morning else morning + timedelta(days=1)).astimezone(at.tzinfo)
