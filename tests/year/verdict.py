"""What is wrong with what was shown: one function for each thing that must not be. Each gives sentences, or nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from storage.messages import Address, Urgency
from tests.people import Person
from tests.year.cast import RESIDENTS, Cast
from tests.year.ledger import Heard, Ledger, Reminded
from tests.year.truth import Span, Truth, by_day, is_night, shown_moment

MERGED_WITHIN = timedelta(hours=1)
LEFT = 4


@dataclass(frozen=True)
class Evidence:
    """What happened and what was shown. `remind` are minutes; `down` when nobody was there to speak."""

    cast: Cast
    ledger: Ledger
    truths: dict[int, Truth]
    remind: tuple[int, ...]
    groups: dict[str, Address]
    down: Sequence[tuple[datetime, datetime]]

    @cached_property
    def people(self) -> dict[Address, Person]:
        """Everybody by where they are written to alone."""
        return {person.private: person for person in self.cast.everybody}

    def span(self, one: Reminded) -> Span | None:
        """What was true of the meeting when it was reminded of."""
        return self.truths[one.number].span_at(one.at)


def after_the_start(case: Evidence) -> Iterator[str]:
    """A reminder of what has begun."""
    for one in case.ledger.reminded:
        if (span := case.span(one)) and one.at >= span.starts_at:
            yield f"{one} but it began at {span.starts_at}"


def of_no_meeting(case: Evidence) -> Iterator[str]:
    """A reminder of a meeting called off, or not called yet."""
    yield from (f"{one} is off" for one in case.ledger.reminded if case.span(one) is None)


def of_another_time(case: Evidence) -> Iterator[str]:
    """A reminder that names a time which held before, or never."""
    for one in case.ledger.reminded:
        if (span := case.span(one)) and one.starts != shown_moment(span.starts_at, one.at):
            yield f"{one} but it is {span.starts_at}"


def to_the_wrong_person(case: Evidence) -> Iterator[str]:
    """A reminder to somebody who was not called or said they stay away; in a group where all are reached alone."""
    for one in case.ledger.reminded:
        truth, person = case.truths[one.number], case.people.get(one.where)
        if person is None:
            if one.where != case.groups[truth.body.group] or not _somebody_unreached(case, truth, one.at):
                yield f"{one} in a group"
        elif person not in truth.body.roll:
            yield f"{one} to {person.name}, who was not called"
        elif truth.away(person, one.at):
            yield f"{one} to {person.name}, who stays away"


def at_night(case: Evidence) -> Iterator[str]:
    """Somebody woken: by a reminder, or by news of a meeting that does not begin before the morning."""
    yield from (f"{one} at night" for one in case.ledger.reminded if is_night(one.at))
    for heard in case.ledger.heard:
        if is_night(heard.at) and heard.urgency is not Urgency.ANSWER and not _cannot_wait(case, heard):
            yield f"{heard} at night"


def twice(case: Evidence) -> Iterator[str]:
    """The same reminder of the same start told again."""
    told = Counter(
        (one.where, one.number, one.starts, _which(case, one, span))
        for one in case.ledger.reminded
        if (span := case.span(one))
    )
    yield from (f"{key} told {count} times" for key, count in told.items() if count > 1)


def beyond_its_meaning(case: Evidence) -> Iterator[str]:
    """A reminder at a distance from the start that none is for: a day before, told five minutes before."""
    for one in case.ledger.reminded:
        span = case.span(one)
        if span and _which(case, one, span) is None:
            yield f"{one}, {span.starts_at - one.at} before the start"


def overheard(case: Evidence) -> Iterator[str]:
    """Somebody who has nothing to do with any meeting heard of one, or the residents' group did."""
    apart = {person.private for person in case.cast.bystanders} | {case.groups[RESIDENTS]}
    yield from (f"{one}" for one in case.ledger.heard if one.where in apart and one.meetings)


def missed(case: Evidence) -> Iterator[str]:
    """A reminder that fell due in quiet circumstances and was not told."""
    told: dict[tuple[Address, int], list[datetime]] = {}
    for one in case.ledger.reminded:
        told.setdefault((one.where, one.number), []).append(one.at)
    for truth, person, due in expected(case):
        moments = told.get((person.private, truth.number), [])
        if not any(abs(moment - due) <= MERGED_WITHIN for moment in moments):
            yield f"会{truth.number} to {person.name} at {due}"


def expected(case: Evidence) -> Iterator[tuple[Truth, Person, datetime]]:
    """Reminders that nothing happened around: the house was up, the meeting stood, the person said nothing."""
    for truth in case.truths.values():
        for span in truth.spans():
            for due in _moments(case, truth, span):
                near = (due - MERGED_WITHIN, due + MERGED_WITHIN)
                stirring = {one.who.name for one in truth.answers if near[0] <= one.at <= near[1]}
                for person in truth.body.roll:
                    reached = person.name not in case.cast.unreached
                    if reached and person.name not in stirring and not truth.away(person, due):
                        yield truth, person, due


def _moments(case: Evidence, truth: Truth, span: Span) -> Iterator[datetime]:
    again = [one.starts_at for one in truth.spans()].count(span.starts_at) > 1
    for minutes in case.remind:
        planned = span.starts_at - timedelta(minutes=minutes)
        due = by_day(planned)
        calm = span.since < due - MERGED_WITHIN and due + MERGED_WITHIN < span.until
        down = any(begin - MERGED_WITHIN <= due <= end + MERGED_WITHIN for begin, end in case.down)
        late = not _meant_for(minutes, span.starts_at - due)
        if planned > span.since and calm and not late and not down and not again:
            yield due


def _which(case: Evidence, one: Reminded, span: Span) -> int | None:
    """Which reminder it was, by its distance from the start."""
    left = span.starts_at - one.at
    return next((minutes for minutes in sorted(case.remind) if _meant_for(minutes, left)), None)


def _meant_for(minutes: int, left: timedelta) -> bool:
    """Whether a reminder may come so long before the start: an hour early with another, late with a quarter left."""
    planned = timedelta(minutes=minutes)
    return planned / LEFT <= left <= planned + MERGED_WITHIN


def _cannot_wait(case: Evidence, heard: Heard) -> bool:
    """Whether it is news of a meeting that begins, or was to begin, before the morning."""
    starts = [span.starts_at for number in heard.meetings for span in case.truths[number].spans()]
    return heard.urgency is Urgency.NOW and any(heard.at < at <= by_day(heard.at) for at in starts)


def _somebody_unreached(case: Evidence, truth: Truth, at: datetime) -> bool:
    unreached = [person for person in truth.body.roll if person.name in case.cast.unreached]
    return any(not truth.away(person, at) for person in unreached)


def faults(case: Evidence) -> list[str]:
    """Everything that is wrong, each under its name."""
    return [f"{check.__name__}: {said}" for check in ALL for said in check(case)]


ALL = (
    after_the_start,
    of_no_meeting,
    of_another_time,
    to_the_wrong_person,
    at_night,
    twice,
    beyond_its_meaning,
    overheard,
    missed,
)
