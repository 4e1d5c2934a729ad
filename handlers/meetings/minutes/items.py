"""The items of a meeting: what was said and voted, what came of each, and what it laid upon whom."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.choices.results import public_lines, result_of, too_few
from handlers.events import PromisesMade
from handlers.labels import topic_label
from handlers.matters.stored import grounds_of
from handlers.meetings.minutes.gathered import Ballot, Duty, Item, Spoken
from handlers.meetings.minutes.registry import Registry
from handlers.money import ten_thousands
from handlers.papers.counted import counted
from handlers.papers.facts import NOBODY, Person, Promise, Standing
from handlers.rules.beside import beside_lines
from handlers.rules.stored import parse_rule, parse_verdict
from handlers.texts import term, text
from handlers.work import Work
from storage import journal, minutes, polls, speeches, tasks, topics
from storage.records import AgendaItem, Meeting, Poll, PollState, Speech, Task, TaskState

_A_DAY = timedelta(days=1)
_SHORTEST_FIRM = 4


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when what happens to a topic belongs to this meeting."""

    first: datetime
    last: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.first <= moment < self.last


async def items_of(
    work: Work, meeting: Meeting, rows: Sequence[AgendaItem], registry: Registry
) -> tuple[Item, ...]:
    """Every item in the order of the agenda; what was said outside all items is left to the meeting as a whole."""
    noted = await speeches.of_meeting(work.tx, meeting.id)
    return tuple([await _item(work, meeting, row, noted, registry) for row in rows])


async def _item(
    work: Work, meeting: Meeting, row: AgendaItem, noted: Sequence[Speech], registry: Registry
) -> Item:
    spoken = [one for one in noted if one.position == row.position]
    said = tuple(
        [Spoken(await registry.called(one.speaker, one.member_id), one.kind, one.text) for one in spoken]
    )
    if row.topic_id is None:
        return Item(row.position, row.title, row.internal, _result(row, None), None, said, ())
    topic = await topics.get(work.tx, row.topic_id)
    span = await _span(work, meeting, topic.id)
    ballot = _ballot(await _poll(work, meeting, topic.id, span))
    title = text("minutes.item", topic=topic_label(topic), title=topic.title)
    duties = await _duties(work, topic.id, span, registry)
    return Item(row.position, title, row.internal, _result(row, ballot), ballot, said, duties)


async def _span(work: Work, meeting: Meeting, topic_id: int) -> Span:
    """Results and promises may be entered days later: until the topic is before a meeting again."""
    first = min(meeting.begun_at or meeting.starts_at, meeting.starts_at)
    following = await minutes.next_with_topic(work.tx, topic_id, meeting.starts_at)
    return Span(first, following or work.now + _A_DAY)


async def _poll(work: Work, meeting: Meeting, topic_id: int, span: Span) -> Poll | None:
    """The last poll about the topic that still holds: put to the vote in the room, or to the body while it met."""
    until = meeting.ended_at or meeting.starts_at + _A_DAY
    found = [
        poll
        for poll in await polls.of_topic(work.tx, topic_id)
        if poll.state is PollState.CLOSED and not poll.void
        if grounds_of(poll).meeting == meeting.id
        or (poll.body == meeting.body and poll.opens_at in span and poll.opens_at <= until)
    ]
    return found[-1] if found else None


def _ballot(poll: Poll | None) -> Ballot | None:
    if poll is None:
        return None
    way = text("minutes.way", secrecy=term("secrecy", poll.secrecy))
    if poll.ask or too_few(poll, result_of(poll).cast):
        return Ballot(way, None, public_lines(poll))
    verdict = parse_verdict(parse_rule(poll.rule), poll.verdict)
    return Ballot(way, counted(verdict), beside_lines(poll))


def _result(row: AgendaItem, ballot: Ballot | None) -> tuple[str, ...]:
    """The outcome with what was entered beside it; lines that repeat the sums of a poll are left to the poll."""
    if not (row.outcome or row.note):
        return ()
    first = term("outcome", row.outcome) if row.outcome else text("minutes.talked")
    told = ballot.lines if ballot else ()
    sums = ballot.counted.arithmetic if ballot and ballot.counted else ()
    note = [line for line in row.note.split("\n") if line and line not in told and line not in sums]
    return (first, *told, *note)


# ---- promises


async def _duties(work: Work, topic_id: int, span: Span, registry: Registry) -> tuple[Duty, ...]:
    """The tasks that came of promises made in this meeting: written in the moment the promise was."""
    made = {
        entry.at: str(json.loads(entry.detail)["purpose"])
        for entry in await journal.of(work.tx, f"topic:{topic_id}")
        if entry.event == PromisesMade.__name__ and entry.at in span
    }
    return tuple(
        [
            await _duty(task, made[task.created_at], registry)
            for task in await tasks.of_topic(work.tx, topic_id)
            if task.created_at in made and task.state is not TaskState.DROPPED
        ]
    )


async def _duty(task: Task, purpose: str, registry: Registry) -> Duty:
    owner = await registry.person(task.owner_id) if task.owner_id else _party(task.party)
    funding = text("minutes.funding", sum=ten_thousands(task.budget)) if task.budget is not None else ""
    return Duty(task.id, task.owner_id, Promise(task.title, owner, task.due_on, funding), purpose)


def _party(party: str) -> Person:
    """A firm or an office is named as it is; what is as short as a person's name may be one, and is masked in public."""
    if not party:
        return NOBODY
    standing = Standing.OFFICIAL if len(party) >= _SHORTEST_FIRM else Standing.RESIDENT
    return Person(party, standing)
