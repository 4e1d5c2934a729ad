"""Days, moments and amounts as a paper writes them out."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.papers.model import Edition, PaperKind
from handlers.rules.rule import Measure
from handlers.rules.tally import Amount
from handlers.rules.wording import with_unit
from handlers.texts import text


def long_day(day: date) -> str:
    """2026年11月28日."""
    return text("papers.day", year=day.year, month=day.month, day=day.day)


def long_moment(when: datetime, zone: ZoneInfo) -> str:
    """2026年11月28日（周六）19:00, in the community's own time."""
    local = when.astimezone(zone)
    weekday = text("moments.weekdays")[local.weekday()]
    return text("papers.moment", day=long_day(local), weekday=weekday, clock=f"{local:%H:%M}")


def stretch(begins: datetime, ends: datetime | None, zone: ZoneInfo) -> str:
    """From a moment to another; only the clock of the second where the day is the same."""
    first = long_moment(begins, zone)
    if ends is None:
        return first
    local = ends.astimezone(zone)
    same = local.date() == begins.astimezone(zone).date()
    last = f"{local:%H:%M}" if same else long_moment(ends, zone)
    return text("papers.stretch", first=first, last=last)


def kind_name(kind: PaperKind, edition: Edition) -> str:
    """会议通知 and its like; minutes are 会议记录 in full and 会议纪要 in public."""
    public = kind is PaperKind.MINUTES and edition is Edition.PUBLIC
    return text("papers.kind_minutes_public" if public else f"papers.kind_{kind}")


def amount(measure: Measure, value: Amount) -> str:
    """24 人, 312.5 m² or 80 户."""
    return with_unit(measure, value)


def numbered(lines: tuple[str, ...]) -> str:
    """The lines as 1. 2. 3., one below the other; a single one stands without a number."""
    if len(lines) == 1:
        return lines[0]
    return "\n".join(
        text("papers.numbered", index=index, line=line) for index, line in enumerate(lines, start=1)
    )
