"""The office's words about a poll that runs: extend, cancel, end early; and to file a count taken elsewhere."""

from dataclasses import replace
from datetime import timedelta

from handlers.audience import topic_origins
from handlers.events import PollChanged, StageDecided
from handlers.labels import topic_label
from handlers.matters.stored import grounds_of
from handlers.moments import moment
from handlers.permissions import DESK, require
from handlers.polls.ballot_paper import changeable
from handlers.polls.closing import close
from handlers.polls.counting import tally_of
from handlers.polls.filing import read_count
from handlers.polls.lookup import of_topic, topic_named
from handlers.polls.opening import read_rule
from handlers.polls.ordering import read_span
from handlers.polls.seats import current
from handlers.polls.telling import needs_reason, require_running, tell
from handlers.polls.timetable import challenged_until, first_reminder
from handlers.procedures.terms import StageKind
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.rules.explain_verdict import explain_arithmetic, explain_verdict, headline
from handlers.rules.outlook import Ballots, outstanding, settled
from handlers.rules.rule import Outcome
from handlers.rules.stored import parse_rule
from handlers.rules.verdict import decide
from handlers.stage_rules import rule_json
from handlers.texts import text
from handlers.work import Work
from storage import outbox, polls, units
from storage.messages import Said
from storage.records import Poll, PollState

routes = Routes()
_MOMENT = timedelta(seconds=1)
"""A poll ends after it began, however soon."""


@routes.command("延长表决", "extend")
async def extend(work: Work, said: Said, rest: str) -> None:
    """`延长表决 议7 2天 理由`: later deadline, for a reason that is shown; reminders follow."""
    poll, words = await of_topic(work, said, rest)
    label = await require_running(work, poll)
    span, reason = read_span(words)
    needs_reason(reason)
    closes = poll.closes_at + span
    await polls.change(
        work.tx,
        poll.id,
        closes_at=closes,
        remind_at=first_reminder(max(work.now, poll.opens_at), closes),
        final_at=challenged_until(closes, grounds_of(poll).objections, work.settings.zone),
    )
    await work.record(PollChanged(poll.id, "extended", reason))
    ends = moment(closes, work.settings.zone)
    await tell(work, poll, text("polls.extended", poll=label, ends=ends, reason=reason))


@routes.command("取消表决", "cancelpoll")
async def cancel(work: Work, said: Said, rest: str) -> None:
    """`取消表决 议7 理由`: no verdict comes of it; the stage waits for a poll or a meeting."""
    poll, words = await of_topic(work, said, rest)
    label = await require_running(work, poll)
    reason = needs_reason(words)
    over = {"state": PollState.CANCELLED, "remind_at": None, "open_at": None, "final_at": None}
    await polls.change(work.tx, poll.id, step_id=None, **over)
    await outbox.drop(work.tx, f"poll:{poll.id}:remind:")
    await work.record(PollChanged(poll.id, "cancelled", reason))
    await tell(work, poll, text("polls.told_cancelled", poll=label, reason=reason))


@routes.command("截止表决", "closepoll")
async def end_early(work: Work, said: Said, rest: str) -> None:
    """`截止表决 议7`: only when the ballots still out cannot change the outcome, and only where a rule allows it."""
    poll, _ = await of_topic(work, said, rest)
    label = await require_running(work, poll)
    ends = moment(poll.closes_at, work.settings.zone)
    if poll.open_at is not None:
        raise Refusal("polls.not_begun", poll=label, opens=moment(poll.opens_at, work.settings.zone))
    out = await _still_out(work, poll)
    if out:
        raise Refusal("polls.not_settled", out=out, ends=ends)
    if not poll.early:
        raise Refusal("polls.no_early_close", poll=label, ends=ends)
    closes = max(work.now, poll.opens_at + _MOMENT)
    final = challenged_until(closes, grounds_of(poll).objections, work.settings.zone)
    await polls.change(work.tx, poll.id, closes_at=closes, final_at=final)
    await work.record(PollChanged(poll.id, "ended", poll.early))
    await close(work, replace(poll, closes_at=closes, final_at=final))
    work.answer(text("polls.ended_early", poll=label))


async def _still_out(work: Work, poll: Poll) -> int:
    """How many ballots can still change the outcome; 0 when none can."""
    cast, roll = await polls.turnout(work.tx, poll.id), poll.roll
    if poll.ask:
        return roll - cast
    rule = parse_rule(poll.rule)
    tally = await tally_of(work, poll, rule)
    out = outstanding(tally)
    kind = Ballots.CHANGEABLE if changeable(poll) and out.heads else Ballots.FINAL
    return 0 if settled(rule, tally, out, kind) else out.heads


@routes.command("计票", "count")
async def file_count(work: Work, said: Said, rest: str) -> None:
    """`计票 议7 应到36 到会34 赞成21 反对9 弃权4`: a vote taken elsewhere, judged by the stage's own rule."""
    topic, words = await topic_named(work, said, rest)
    await require(work, await units.get(work.tx, topic.community_id), *DESK)
    step_id, stage = await current(work, topic)
    if stage.kind is not StageKind.POLL:
        raise Refusal("polls.not_a_poll_stage", stage=stage.name, topic=topic_label(topic))
    rule = read_rule(rule_json(stage.rule), stage.body, stage.basis, Outcome.INVALID_PARTICIPATION)
    verdict = decide(rule, read_count(rule, words))
    lines = "\n".join(explain_verdict(verdict))
    said_so = text(
        "polls.verdict",
        poll=topic_label(topic),
        question=topic.title,
        headline=headline(verdict),
        lines=lines,
        seal="",
    )
    for address in await topic_origins(work, topic.id):
        work.say(address, said_so, once=f"step:{step_id}:filed:{address}")
    await work.record(StageDecided(step_id, verdict.outcome, "；".join(explain_arithmetic(verdict))))
    work.answer(said_so)
