"""What the year holds: the meetings planned, and the accidents that befall them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from handlers.recurring.expansion import occurrences
from handlers.recurring.reading import read_recurrence
from tests.stories.gatherings import before_members_and_representatives
from tests.year.cast import Body
from tests.year.life import Life
from tests.year.truth import ZONE, Truth

WEEKLY = "每周一 9:00 遇节假日顺延"
MONTHLY = "每月最后一个周五 19:00 遇节假日提前"
ASSEMBLED = timedelta(minutes=100)


@dataclass(frozen=True, slots=True)
class Rates:
    """How often what happens: shares of the meetings or people, and how many of the rest in the whole time."""

    answering: float = 0.75
    changing: float = 0.2
    staying_away: float = 0.3
    moved: float = 0.22
    cancelled: float = 0.08
    rough: float = 0.03
    sudden: int = 14
    restarts: int = 26
    downs: int = 3


def fill(life: Life, first: date, last: date, rates: Rates) -> int:
    """Put everything that will happen between two days into a life; how many meetings were planned to recur."""
    planned = 0
    for words, body in ((WEEKLY, life.cast.committee), (MONTHLY, life.cast.delegates)):
        for one in occurrences(read_recurrence(words, first), first, ZONE, until=last):
            planned += 1 + len(one.merged)
            if one.starts_at:
                _plan(life, body, one.starts_at, rates)
    span = datetime.combine(last, time(), ZONE) - datetime.combine(first, time(), ZONE)
    for _ in range(rates.sudden):
        _sudden(life, life.now + life.chance.random() * span, rates)
    for _ in range(rates.restarts):
        life.at(life.now + life.chance.random() * span, life.restart)
    for index in range(rates.downs):
        moment = life.now + (index + life.chance.random()) / rates.downs * span
        life.at(moment, partial(life.sleep, timedelta(days=3)))
    return planned


def _plan(life: Life, body: Body, starts_at: datetime, rates: Rates) -> None:
    """A meeting that recurs is called a week or so before; now and then in the evening."""
    called = starts_at - timedelta(days=life.chance.uniform(7.5, 13))
    if body is life.cast.delegates:
        title = f"{starts_at.month}月的议题"
        life.at(called - timedelta(days=1), partial(_raise, life, title))
    life.at(called, partial(_call, life, body, starts_at, rates))


def _raise(life: Life, title: str) -> None:
    before_members_and_representatives(life.world, title)


def _sudden(life: Life, moment: datetime, rates: Rates) -> None:
    """A meeting called for very soon, at any hour of the day."""
    body = life.chance.choice((life.cast.committee, life.cast.delegates))
    ahead = timedelta(minutes=life.chance.choice((25, 90, 240, 600, 1500, 2900)))
    starts_at = (moment + ahead).replace(second=0, microsecond=0)
    extra = f" 三楼{life.chance.randrange(1000)}室 紧急理由 台风明晚到"
    life.at(moment, partial(_call, life, body, starts_at, rates, extra))


def _call(life: Life, body: Body, starts_at: datetime, rates: Rates, extra: str = "") -> None:
    truth = life.call(body, starts_at, extra)
    if truth is None:
        return
    _answers(life, truth, rates)
    if life.chance.random() < rates.moved:
        life.at(_between(life, truth), partial(_move, life, truth, rates))
    if life.chance.random() < rates.cancelled:
        life.at(_between(life, truth), partial(life.cancel, truth))
    life.at(starts_at + ASSEMBLED, partial(_decide, life, truth))


def _answers(life: Life, truth: Truth, rates: Rates) -> None:
    for person in truth.body.roll:
        for share in (rates.answering, rates.answering * rates.changing):
            if life.chance.random() < share:
                comes = life.chance.random() >= rates.staying_away
                life.at(_between(life, truth), partial(life.answer, truth, person, comes=comes))


def _move(life: Life, truth: Truth, rates: Rates) -> None:
    """To another day, another hour, into the evening, or back to where it was; and then it is answered again."""
    was = truth.begins
    choices: Sequence[datetime] = (
        was + timedelta(days=life.chance.randrange(1, 6)),
        was - timedelta(days=1),
        was + timedelta(hours=life.chance.choice((-2, 1, 3))),
        was.astimezone(ZONE).replace(hour=22, minute=30).astimezone(was.tzinfo),
        truth.starts[0][1],
    )
    life.move(truth, life.chance.choice(choices))
    if truth.begins != was:
        _answers(life, truth, rates)
        life.at(truth.begins + ASSEMBLED, partial(_decide, life, truth))
        if life.chance.random() < rates.moved:
            life.at(_between(life, truth), partial(_move, life, truth, rates))


def _decide(life: Life, truth: Truth) -> None:
    """What came of it is entered, unless it was moved on or called off."""
    if truth.cancelled_at is None and truth.begins < life.now:
        for (topic,) in life.world.rows(
            "SELECT t.number FROM agenda a JOIN topics t ON t.id = a.topic_id"
            " WHERE a.meeting_id = ? AND a.outcome = '' AND a.note = ''",
            truth.id,
        ):
            life.decide(truth, topic)


def _between(life: Life, truth: Truth) -> datetime:
    """Some moment from now until the meeting, or a little after."""
    return life.now + life.chance.random() * 1.02 * (truth.begins - life.now)
