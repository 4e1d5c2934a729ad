"""The office's words about a poll: put a stage to the vote, extend, cancel, end early, file a count from elsewhere."""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.audience import topic_origins
from handlers.events import PollChanged, StageDecided
from handlers.labels import topic_label
from handlers.matters.model import Lawful
from handlers.moments import moment
from handlers.permissions import DESK, require
from handlers.polls.closing import close, concerned, tally_of
from handlers.polls.filing import read_count
from handlers.polls.lookup import of_topic, topic_named
from handlers.polls.matters import hints, lawful_for, question_for, require_window
from handlers.polls.opening import Plan, open_poll, read_rule
from handlers.polls.timetable import first_reminder
from handlers.polls.views import changeable, poll_label
from handlers.procedures.loader import parse
from handlers.procedures.model import Stage
from handlers.procedures.terms import StageKind
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.rules.explain_verdict import explain_arithmetic, explain_verdict, headline
from handlers.rules.outlook import Ballots, outstanding, settled
from handlers.rules.rule import Measure, Outcome, Rule, measures
from handlers.rules.stored import parse_rule
from handlers.rules.verdict import decide
from handlers.stage_rules import rule_json
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import cases, polls, units
from storage.messages import Said
from storage.records import Poll, PollState, Secrecy, Topic

routes = Routes()
_SPAN = re.compile(r"\s*(\d{1,3})\s*(天|日|小时|分钟)\s*")
_LENGTHS = {
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "小时": timedelta(hours=1),
    "分钟": timedelta(minutes=1),
}
_BASIS = "依据"
_MATTER = "事项"
_UNSIGNED = "无记名"


@routes.command("发起表决", "poll")
async def put_to_the_vote(work: Work, said: Said, rest: str) -> None:
    """`发起表决 议7 3天 [无记名] [事项 居民公约] [依据 …]`: ballots in the chat for a stage that otherwise needs a meeting.

    Whether people who are not in the hall count is for a rule to say: of the procedure, or cited here and shown.
    """
    topic, words = await topic_named(work, said, rest)
    await _require_desk(work, topic)
    span, words = read_span(words)
    step_id, stage = await _current(work, topic)
    cited = words.partition(_BASIS)[2].partition(_MATTER)[0].strip() or stage.remote_basis
    _may_be_put(topic, stage, cited, await polls.of_step(work.tx, step_id))
    invalid = Outcome.INVALID_QUORUM if stage.kind is StageKind.MEETING else Outcome.INVALID_PARTICIPATION
    basis = "；".join(filter(None, (stage.rule.basis if stage.rule else "", cited)))
    lawful = lawful_for(words, stage.body)
    closes = work.now + span
    if lawful:
        require_window(lawful, work.now, closes)
    rule = ruled(lawful, cited) or read_rule(rule_json(stage.rule), stage.body, basis, invalid)
    secrecy = Secrecy.SECRET if _UNSIGNED in words else stage.secrecy
    _secret_by_heads(secrecy, rule)
    zone = work.settings.zone
    warnings = hints(topic.title, work.now.astimezone(zone), closes.astimezone(zone))
    plan = Plan(
        topic, step_id, stage.body, rule, secrecy, stage.group, closes, question_for(topic.title, lawful)
    )
    if await open_poll(work, plan):
        said_so = text("polls.put", topic=topic_label(topic), ends=moment(closes, zone))
        work.answer("\n".join((said_so, *warnings)))


@routes.command("延长表决", "extend")
async def extend(work: Work, said: Said, rest: str) -> None:
    """`延长表决 议7 2天 理由`: later deadline, for a reason that is shown; reminders follow."""
    poll, words = await of_topic(work, said, rest)
    await _require_poll_desk(work, poll)
    span, reason = read_span(words)
    _needs_reason(reason)
    closes = poll.closes_at + span
    reminder = first_reminder(work.now, closes)
    await polls.change(work.tx, poll.id, closes_at=closes, remind_at=reminder)
    await work.record(PollChanged(poll.id, "extended", reason))
    ends = moment(closes, work.settings.zone)
    await _tell(
        work, poll, text("polls.extended", poll=await poll_label(work, poll), ends=ends, reason=reason)
    )


@routes.command("取消表决", "cancelpoll")
async def cancel(work: Work, said: Said, rest: str) -> None:
    """`取消表决 议7 理由`: no verdict comes of it; the stage waits for a poll or a meeting."""
    poll, reason = await of_topic(work, said, rest)
    await _require_poll_desk(work, poll)
    _needs_reason(reason)
    await polls.change(work.tx, poll.id, state=PollState.CANCELLED, remind_at=None, step_id=None)
    await work.record(PollChanged(poll.id, "cancelled", reason))
    await _tell(work, poll, text("polls.told_cancelled", poll=await poll_label(work, poll), reason=reason))


@routes.command("截止表决", "closepoll")
async def end_early(work: Work, said: Said, rest: str) -> None:
    """`截止表决 议7`: only when the ballots still out cannot change the outcome."""
    poll, _ = await of_topic(work, said, rest)
    await _require_poll_desk(work, poll)
    rule = parse_rule(poll.rule)
    tally = await tally_of(work, poll, rule)
    out = outstanding(tally)
    kind = Ballots.CHANGEABLE if changeable(poll) and out.heads else Ballots.FINAL
    if settled(rule, tally, out, kind) is None:
        raise Refusal("polls.not_settled", out=out.heads, ends=moment(poll.closes_at, work.settings.zone))
    await close(work, poll)
    work.answer(text("polls.ended_early", poll=await poll_label(work, poll)))


@routes.command("计票", "count")
async def file_count(work: Work, said: Said, rest: str) -> None:
    """`计票 议7 应到36 到会34 赞成21 反对9 弃权4`: a vote taken elsewhere, judged by the stage's own rule."""
    topic, words = await topic_named(work, said, rest)
    await _require_desk(work, topic)
    step_id, stage = await _current(work, topic)
    if stage.kind is not StageKind.POLL:
        raise Refusal("polls.not_a_poll_stage", stage=stage.name)
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


def ruled(lawful: Lawful | None, cited: str) -> Rule | None:
    """The lawful rule with whatever was cited besides its clause."""
    if lawful is None:
        return None
    return replace(lawful.rule, basis="；".join(filter(None, (lawful.rule.basis, cited))))


def _secret_by_heads(secrecy: Secrecy, rule: Rule) -> None:
    """A secret ballot carries no area: nothing may join it to a flat."""
    if secrecy is Secrecy.SECRET and measures(rule) != {Measure.HEADS}:
        raise Refusal("polls.secret_by_heads")


def read_span(words: str) -> tuple[timedelta, str]:
    """Read 3天, 12小时 … and what follows. Refusal with the way to write it."""
    match = _SPAN.match(narrow(words))
    if match is None or int(match[1]) == 0:
        raise Refusal("polls.span_usage")
    return int(match[1]) * _LENGTHS[match[2]], words[match.end() :].strip()


def _may_be_put(topic: Topic, stage: Stage, cited: str, before: Poll | None) -> None:
    label = topic_label(topic)
    if stage.kind not in {StageKind.MEETING, StageKind.POLL} or stage.group is None:
        raise Refusal("polls.not_a_poll_stage", stage=stage.name)
    if before is not None:
        raise Refusal("polls.put_already", topic=label)
    if stage.kind is StageKind.MEETING and not cited:
        raise Refusal("polls.cite_basis", topic=label, stage=stage.name)


async def _current(work: Work, topic: Topic) -> tuple[int, Stage]:
    case = await cases.of_topic(work.tx, topic.id)
    if case is None or case.step_id is None:
        raise Refusal("polls.no_stage", topic=topic_label(topic))
    procedure = parse(await cases.procedure_source(work.tx, case.digest))
    return case.step_id, procedure.stage(case.stage)


async def _require_desk(work: Work, topic: Topic) -> None:
    await require(work, await units.get(work.tx, topic.community_id), *DESK)


async def _require_poll_desk(work: Work, poll: Poll) -> None:
    await require(work, await units.get(work.tx, poll.community_id), *DESK)
    if poll.state is not PollState.OPEN:
        raise Refusal("polls.over", poll=await poll_label(work, poll))


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("polls.say_why")


async def _tell(work: Work, poll: Poll, said: str) -> None:
    work.refresh(f"poll:{poll.id}")
    for address in await concerned(work, poll):
        work.say(address, said, once=f"{work.event.event_id}:{address}")
    work.answer(said)
