"""A vote in the room of a meeting: its roll is the meeting's, and only those who are there may cast a ballot."""

from dataclasses import replace
from datetime import timedelta

from handlers.audience import private_address
from handlers.bodies.catalogue import Counts, body
from handlers.events import PollChanged, PollOpened, PresenceChanged, RoomVoteAsked, RoomVoteStopped
from handlers.labels import label
from handlers.matters.stored import Grounds, dump_grounds
from handlers.polls.announcing import places
from handlers.polls.closing import close
from handlers.polls.electorate import electorate_for
from handlers.polls.finality import require_none_pending
from handlers.polls.opening import Plan, new_poll, read_rule, whole_of
from handlers.polls.seats import current
from handlers.polls.views import poll_card
from handlers.presence import present_at, runs_in
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.rules.rule import Measure, Outcome, Rule, measures
from handlers.stage_rules import rule_json
from handlers.texts import text
from handlers.work import Work
from storage import meetings, polls, topics, units
from storage.messages import Address, Urgency
from storage.records import Elector, Meeting, Poll, Secrecy, Topic

routes = Routes()
_MOMENT = timedelta(seconds=1)
"""A poll ends after it began, however soon."""


@routes.on(RoomVoteAsked)
async def open_in_room(work: Work, event: RoomVoteAsked) -> None:
    """Open the vote. Refusal, before anything is written, where the topic is being voted on or cannot be."""
    topic = await topics.get(work.tx, event.topic_id)
    meeting = await meetings.get(work.tx, event.meeting_id)
    await require_none_pending(work, topic)
    plan = await _plan(work, event, meeting, topic)
    there = await present_at(work.tx, meeting)
    electorate = await _electorate(work, meeting, topic)
    shut = [one if one.member_id in there else replace(one, barred=_absent()) for one in electorate]
    roll = whole_of(plan.rule, electorate)
    community = await units.get(work.tx, meeting.community_id)
    poll = await polls.add(work.tx, await new_poll(work, plan, community, roll), shut)
    await work.record(PollOpened(poll.id))
    await _show(work, poll, there)


@routes.on(PresenceChanged)
async def follow_presence(work: Work, event: PresenceChanged) -> None:
    """Whoever has come may vote in what is under way; whoever has left may no longer."""
    meeting = await meetings.get(work.tx, event.meeting_id)
    there = await present_at(work.tx, meeting)
    for poll in await _under_way(work, meeting):
        for elector in await polls.entitled(work.tx, poll.id):
            if elector.member_id in event.members and elector.barred in ("", _absent()):
                why = "" if elector.member_id in there else _absent()
                await polls.bar(work.tx, poll.id, elector.member_id, why)
        work.refresh(f"poll:{poll.id}")
        if event.here and poll.group_id is None:
            await _show(work, poll, there & set(event.members))


@routes.on(RoomVoteStopped)
async def stop_in_room(work: Work, event: RoomVoteStopped) -> None:
    """The chair ends the vote: those who are there and cast nothing are present and silent."""
    meeting = await meetings.get(work.tx, event.meeting_id)
    for poll in await _under_way(work, meeting):
        if poll.topic_id == event.topic_id:
            closes = min(poll.closes_at, max(work.now, poll.opens_at + _MOMENT))
            await polls.change(work.tx, poll.id, closes_at=closes)
            await work.record(PollChanged(poll.id, "ended", label("meeting", meeting)))
            await close(work, replace(poll, closes_at=closes))


async def _under_way(work: Work, meeting: Meeting) -> list[Poll]:
    items = await meetings.agenda_of(work.tx, meeting.id)
    found = [await polls.of_topic(work.tx, item.topic_id) for item in items if item.topic_id]
    return [poll for several in found for poll in several if runs_in(poll, meeting)]


async def _plan(work: Work, event: RoomVoteAsked, meeting: Meeting, topic: Topic) -> Plan:
    step_id, stage = await current(work, topic)
    if step_id != event.step_id or await polls.of_step(work.tx, step_id):
        raise Refusal("polls.put_already", topic=label("topic", topic))
    cited = stage.rule.basis if stage.rule and stage.rule.basis else stage.basis
    basis = "；".join(filter(None, (cited, meeting.remote_basis)))
    if stage.advisory and not rule_json(stage.rule):
        raise Refusal("polls.talk_only", stage=stage.name, topic=label("topic", topic))
    rule = _rule(rule_json(stage.rule), stage.body, basis)
    secrecy = Secrecy(event.secrecy) if event.secrecy else stage.secrecy
    if secrecy is Secrecy.SECRET and measures(rule) != {Measure.HEADS}:
        raise Refusal("polls.secret_by_heads")
    return Plan(
        topic=topic,
        step_id=step_id,
        body=meeting.body,
        rule=rule,
        secrecy=secrecy,
        group=None,
        closes_at=work.now + timedelta(minutes=event.minutes),
        question=topic.title,
        group_id=meeting.group_id,
        matter=dump_grounds(Grounds(meeting=meeting.id)),
    )


def _rule(stage_rule: str, body_id: str, basis: str) -> Rule:
    """The stage's rule; where it asks only for a quorum, more than half of those present agree."""
    return read_rule(stage_rule, body_id, basis, Outcome.INVALID_QUORUM, base="present")


async def _electorate(work: Work, meeting: Meeting, topic: Topic) -> list[Elector]:
    """The roll of the meeting, frozen when it was called; owners stand by their property, as of now."""
    if body(meeting.body).counts is Counts.OWNER:
        return await electorate_for(work, meeting.body, topic.id, work.now)
    named = label("meeting", meeting)
    called = await meetings.invited(work.tx, meeting.id)
    return [Elector(0, one.member_id, named, None, one.member_id) for one in called]


async def _show(work: Work, poll: Poll, there: frozenset[int]) -> None:
    """In the group; where there is none, to each of those who are there alone. At night too: they sit together."""
    card = await poll_card(work, poll)
    found = await places(work, poll) if poll.group_id else await _alone(work, there)
    for address in found:
        once = f"poll:{poll.id}:opened:{address}"
        work.say(address, card, subject=f"poll:{poll.id}", once=once, urgency=Urgency.NOW)


async def _alone(work: Work, there: frozenset[int]) -> list[Address]:
    found = [await private_address(work, member_id) for member_id in sorted(there)]
    return [address for address in found if address]


def _absent() -> str:
    return text("polls.barred_absent")
