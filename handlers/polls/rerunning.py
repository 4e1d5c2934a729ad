"""重新表决: the same question once more, after a challenge was upheld or where nothing came of the first vote."""

import re
from datetime import datetime, timedelta
from typing import Final

from handlers.events import PollChanged
from handlers.matters.lint import Schedule
from handlers.matters.stored import grounds_of
from handlers.moments import local_date, moment
from handlers.polls.challenging import settle_challenge
from handlers.polls.finality import require_none_pending
from handlers.polls.lookup import of_topic
from handlers.polls.matters import check_again
from handlers.polls.opening import Plan, open_poll
from handlers.polls.ordering import read_span
from handlers.polls.starting import cut_start
from handlers.polls.telling import needs_reason, require_desk, tell
from handlers.polls.timetable import LAST_DAY, challenged_until
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.rules.rule import INVALID, Outcome
from handlers.rules.stored import parse_rule
from handlers.texts import text
from handlers.work import Work
from storage import cases, challenges, polls, topics
from storage.messages import Said
from storage.records import ChallengeState, Poll, PollState

routes = Routes()
_SPAN_FIRST: Final = re.compile(r"\s*\d{1,3}\s*个?(天|日|小时|分钟)")


@routes.command("重新表决", "rerun")
async def rerun(work: Work, said: Said, rest: str) -> None:
    """`重新表决 议7 [3天] [12月2日9:00起] 理由`: on the same terms, with the roll as it is now."""
    before, words = await of_topic(work, said, rest)
    label = await require_desk(work, before)
    upheld = await _upheld(work, before)
    step_id = await _step(work, before, void="yes" if upheld else "")
    span = max(before.closes_at - before.opens_at, LAST_DAY if before.early else timedelta(0))
    if _SPAN_FIRST.match(words):
        span, words = read_span(words)
    opens_at, words = cut_start(words, work.now, work.settings.zone)
    reason = needs_reason(words)
    plan, warnings = await _plan(work, before, step_id, opens_at, span)
    await polls.change(
        work.tx, before.id, step_id=None, final_at=None, void=reason if upheld else before.void
    )
    await work.record(PollChanged(before.id, "void" if upheld else "repeated", reason))
    await _answer_the_rest(work, before, reason)
    zone, opens = work.settings.zone, plan.opens_at or work.now
    key = "polls.rerun_void" if upheld else "polls.rerun"
    times = {"opens": moment(opens, zone), "ends": moment(plan.closes_at, zone)}
    await tell(work, before, text(key, poll=label, reason=reason, **times), *warnings)
    await open_poll(work, plan)


async def _upheld(work: Work, poll: Poll) -> bool:
    found = await challenges.of_poll(work.tx, poll.id)
    return not poll.void and any(one.state is ChallengeState.UPHELD for one in found)


async def _step(work: Work, before: Poll, *, void: str) -> int | None:
    """The stage the new poll decides, None for one beside the case. Refusal where there is no second round."""
    label = await poll_label(work, before)
    if grounds_of(before).meeting:
        raise Refusal("polls.rerun_in_room", poll=label)
    if before.state is PollState.OPEN:
        raise Refusal("polls.rerun_running", poll=label)
    undecided = before.outcome in INVALID or before.outcome == Outcome.TIE
    if before.void or before.state is not PollState.CLOSED or not (void or undecided):
        raise Refusal("polls.rerun_not_so", poll=label)
    assert before.topic_id is not None
    if not void:
        await require_none_pending(work, await topics.get(work.tx, before.topic_id))
    if before.step_id is None:
        return None
    return await _same_stage(work, before, before.step_id)


async def _same_stage(work: Work, before: Poll, step_id: int) -> int:
    """The step the case is in, when it is the very one or another round of the same stage without a poll."""
    assert before.topic_id is not None
    case = await cases.of_topic(work.tx, before.topic_id)
    old = await cases.step_of(work.tx, step_id)
    if case is None or case.step_id is None or case.id != old.case_id or case.stage != old.stage:
        raise Refusal("polls.rerun_no_round", poll=await poll_label(work, before))
    if case.step_id != step_id and await polls.of_step(work.tx, case.step_id):
        raise Refusal("polls.rerun_no_round", poll=await poll_label(work, before))
    return case.step_id


async def _plan(
    work: Work, before: Poll, step_id: int | None, opens_at: datetime | None, span: timedelta
) -> tuple[Plan, tuple[str, ...]]:
    assert before.topic_id is not None
    zone, opens = work.settings.zone, opens_at or work.now
    closes, grounds = opens + span, grounds_of(before)
    told_on = local_date(work.now, zone)
    schedule = Schedule(told_on, opens.astimezone(zone), closes.astimezone(zone), grounds.urgent)
    warnings = check_again(before, schedule)
    plan = Plan(
        topic=await topics.get(work.tx, before.topic_id),
        step_id=step_id,
        body=before.body,
        rule=parse_rule(before.rule),
        secrecy=before.secrecy,
        group=None,
        closes_at=closes,
        question=before.question,
        opens_at=opens_at,
        final_at=challenged_until(closes, grounds.objections, zone),
        group_id=before.group_id,
        ask=before.ask,
        matter=before.matter,
        early=before.early,
    )
    return plan, warnings


async def _answer_the_rest(work: Work, poll: Poll, reason: str) -> None:
    """Challenges nobody has answered yet are met by the new vote."""
    for made in await challenges.of_poll(work.tx, poll.id):
        if made.state is ChallengeState.OPEN:
            await settle_challenge(work, poll, made, ChallengeState.UPHELD, reason)
