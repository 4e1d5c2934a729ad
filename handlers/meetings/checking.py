"""What stands against a meeting at a time and place: too short a notice, a room that is taken, the same people twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.bodies import name_of
from handlers.labels import label
from handlers.matters.model import Days
from handlers.meetings.rules import earliest_start
from handlers.meetings.views import after_text, when_text
from handlers.moments import day as day_text
from handlers.moments import local_date
from handlers.recurring.least import latest_call, notice_needed, source
from handlers.refusals import Refusal
from handlers.rules.rule import Grade
from handlers.texts import text
from handlers.work import Work
from storage import meetings
from storage.records import Meeting, Unit, Wait

USUAL_LENGTH = 90
_BY_LAW = (Grade.LAW, Grade.LAW_UNCHECKED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a body is to meet; `but` is the meeting that is being moved (0: a new one), `anyway` "yes"."""

    body: str
    at: datetime
    length: int
    place: str
    anyway: str
    but: int = 0


def check_stage_notice(work: Work, at: datetime, waiting: tuple[Wait, ...]) -> None:
    """Refuse a start that comes before the notice of a stage is over."""
    zone = work.settings.zone
    for wait in waiting:
        earliest = earliest_start(wait, work.now, zone)
        if earliest and at < earliest:
            raise Refusal(
                "meetings.too_early",
                stage=wait.name,
                period=text("meetings.period", days=wait.days) if wait.days else "",
                basis=text("meetings.basis", basis=wait.basis) if wait.basis else "",
                when=after_text(work, earliest),
            )


def check_lawful_notice(work: Work, body: str, at: datetime, urgent: str) -> None:
    """Refuse a start that comes before the notice the law gives this body; `urgent` helps where the law says so."""
    notice = _too_short(work, body, at)
    if notice is None or notice.grade not in _BY_LAW or (urgent and notice.urgent):
        return
    today = local_date(work.now, work.settings.zone)
    raise Refusal(
        "meetings.law_too_early" if notice.urgent else "meetings.law_too_early_always",
        body=name_of(body),
        days=notice.days,
        source=source(notice.law, notice.grade),
        when=day_text(today + timedelta(days=notice.days)),
    )


def notice_remark(work: Work, body: str, at: datetime) -> list[str]:
    """A word to whoever calls, where a shorter notice than is proposed is nobody's to forbid."""
    notice = _too_short(work, body, at)
    if notice is None or notice.grade in _BY_LAW:
        return []
    return [
        text(
            "meetings.notice_proposed",
            body=name_of(body),
            days=notice.days,
            source=source(notice.law, notice.grade),
        )
    ]


def late_remark(work: Work, body: str, at: datetime) -> list[str]:
    """A word to whoever called, when a prepared notice goes out later than the body's notice asks."""
    notice = _too_short(work, body, at)
    if notice is None:
        return []
    return [text("meetings.notice_late", days=notice.days, source=source(notice.law, notice.grade))]


async def check_free(work: Work, community: Unit, wanted: Place) -> None:
    """Refuse a meeting of a body that meets then already, or in a room that is taken, unless it is wanted anyway."""
    for other in await meetings.called(work.tx, community.id):
        if other.id == wanted.but:
            continue
        if (other.body, other.starts_at) == (wanted.body, wanted.at):
            raise Refusal("meetings.called_before", meeting=label("meeting", other))
        if wanted.anyway or not _overlap(wanted, other):
            continue
        same_room = bool(wanted.place) and _plain(wanted.place) == _plain(other.place)
        if same_room or other.body == wanted.body:
            raise Refusal(
                "meetings.room_taken" if same_room else "meetings.body_taken",
                place=wanted.place,
                body=name_of(wanted.body),
                meeting=label("meeting", other),
                name=other.name,
                since=when_text(work, other.starts_at),
                until=when_text(work, _end(other.starts_at, other.length)),
            )


def check_ahead(work: Work, at: datetime) -> None:
    """Refuse a start that lies behind us."""
    if at <= work.now:
        raise Refusal("dates.past", when=when_text(work, at), example=text("dates.example"))


def _too_short(work: Work, body: str, at: datetime) -> Days | None:
    """The notice a body needs, when a call now is too late for it."""
    zone, notice = work.settings.zone, notice_needed(body)
    if notice is None or local_date(work.now, zone) <= latest_call(body, local_date(at, zone)):
        return None
    return notice


def _overlap(wanted: Place, other: Meeting) -> bool:
    return wanted.at < _end(other.starts_at, other.length) and other.starts_at < _end(
        wanted.at, wanted.length
    )


def _end(at: datetime, length: int) -> datetime:
    return at + timedelta(minutes=length or USUAL_LENGTH)


def _plain(place: str) -> str:
    return "".join(place.split())
