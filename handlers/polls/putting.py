"""发起表决: the office puts a question, under the rule its matter has, guarded where the law sets traps."""

from handlers.choices.ask import Ask, Kind
from handlers.choices.stored import dump_ask, parse_ask
from handlers.events import PollChanged
from handlers.labels import topic_label
from handlers.matters.lint import Schedule, lint
from handlers.matters.model import Label, Lawful
from handlers.matters.stored import Grounds, dump_grounds, lawful_of
from handlers.moments import local_date, moment
from handlers.permissions import DESK, require
from handlers.polls.asking import read_options
from handlers.polls.finality import require_none_pending
from handlers.polls.lookup import of_topic, topic_named
from handlers.polls.matters import Putting, check_order, lawful_for, refuse_errors, ruled
from handlers.polls.opening import Plan, open_poll, read_rule
from handlers.polls.ordering import Order, read_order
from handlers.polls.seats import Seat, seat_for, studied_on, switch
from handlers.polls.telling import require_running, tell
from handlers.polls.timetable import challenged_until
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.rules.rule import Measure, Rule, measures
from handlers.texts import text
from handlers.work import Work
from storage import polls, units
from storage.messages import Said
from storage.records import Poll, Secrecy, Topic

routes = Routes()


@routes.command("发起表决", "poll")
async def put_to_the_vote(work: Work, said: Said, rest: str) -> None:
    """`发起表决 议7 3天 [事项 居民公约] [依据 …] …`: see `handlers.polls.ordering` for all that may follow.

    Whether people who are not in the hall count is for a rule to say: of the procedure, or cited here and shown.
    """
    topic, words = await topic_named(work, said, rest)
    await require(work, await units.get(work.tx, topic.community_id), *DESK)
    order = read_order(words, work.now, work.settings.zone)
    seat = await seat_for(work, topic, order)
    lawful = lawful_for(order, seat.bodies)
    if lawful:
        seat = await switch(work, topic, seat, lawful.route.rule.electorate)
    await _may_be_put(work, topic, seat, order)
    plan, warnings = await _plan(work, topic, seat, order, lawful)
    if poll := await open_poll(work, plan):
        work.answer("\n".join((_put_text(work, topic, poll, lawful), *warnings)))


@routes.command("改选项", "options")
async def change_options(work: Work, said: Said, rest: str) -> None:
    """`改选项 议7 东门；西门；北门`: only until the first ballot is in, and told to everybody."""
    poll, words = await of_topic(work, said, rest)
    label = await require_running(work, poll)
    if not poll.ask or parse_ask(poll.ask).kind is Kind.CONSENT:
        raise Refusal("polls.no_options", poll=label)
    if await polls.turnout(work.tx, poll.id):
        raise Refusal("polls.options_frozen", poll=label)
    before = parse_ask(poll.ask)
    ask = read_options(before, words)
    zone = work.settings.zone
    schedule = Schedule(None, poll.opens_at.astimezone(zone), poll.closes_at.astimezone(zone))
    lawful = lawful_of(poll)
    told = [
        one
        for one in lint(poll.question, ask.printed, schedule, lawful)
        if one.key != "matters.notice_missing"
    ]
    refuse_errors(told)
    await polls.change(work.tx, poll.id, ask=dump_ask(ask))
    await work.record(PollChanged(poll.id, "options", "；".join(ask.printed)))
    shown = {"old": "；".join(before.printed), "new": "；".join(ask.printed)}
    await tell(work, poll, text("polls.options_changed", poll=label, **shown), *(one.line for one in told))


async def _plan(
    work: Work, topic: Topic, seat: Seat, order: Order, lawful: Lawful | None
) -> tuple[Plan, tuple[str, ...]]:
    zone = work.settings.zone
    opens = order.opens_at or work.now
    closes = opens + order.span
    told_on = local_date(work.now, zone)
    schedule = Schedule(told_on, opens.astimezone(zone), closes.astimezone(zone), order.urgent)
    question = order.question or topic.title
    step_id = None if lawful and lawful.label is Label.OPINION else seat.step_id
    studied = await studied_on(work, topic, order)
    warnings = check_order(order, lawful, Putting(question, seat.bodies[0], step_id, schedule, studied))
    secrecy = order.secrecy or seat.secrecy
    rule = _rule(seat, order, lawful)
    _secret_by_heads(secrecy, rule)
    plan = Plan(
        topic=topic,
        step_id=step_id,
        body=seat.bodies[0],
        rule=rule,
        secrecy=secrecy,
        group=seat.group,
        closes_at=closes,
        question=question,
        opens_at=order.opens_at,
        final_at=challenged_until(closes, order.objections, zone),
        ask=_ask(order.ask),
        matter=dump_grounds(_grounds(order, lawful, studied.isoformat() if studied else "")),
        early=order.early,
    )
    return plan, warnings


def _rule(seat: Seat, order: Order, lawful: Lawful | None) -> Rule:
    basis = "；".join(filter(None, (seat.basis, order.cited or seat.remote)))
    return ruled(lawful, order.cited or seat.remote) or read_rule(
        seat.rule, seat.bodies[0], basis, seat.invalid
    )


def _ask(ask: Ask | None) -> str:
    return dump_ask(ask) if ask else ""


def _grounds(order: Order, lawful: Lawful | None, studied: str) -> Grounds:
    if lawful is None:
        return Grounds(objections=order.objections)
    asked = lawful.matter.party_first
    return Grounds(
        matter=lawful.matter.id,
        route=lawful.route.id,
        reason=lawful.reason,
        urgent=order.urgent,
        studied=studied if asked else "",
        objections=order.objections,
    )


def _put_text(work: Work, topic: Topic, poll: Poll, lawful: Lawful | None) -> str:
    zone = work.settings.zone
    times = {"opens": moment(poll.opens_at, zone), "ends": moment(poll.closes_at, zone)}
    key = "polls.put_announced" if poll.open_at else "polls.put"
    lines = [text(key, topic=topic_label(topic), **times)]
    if poll.step_id is None:
        lines.append(text("polls.put_beside"))
    if lawful and lawful.weaker:
        lines.append(text("polls.put_weaker"))
    return "\n".join(lines)


async def _may_be_put(work: Work, topic: Topic, seat: Seat, order: Order) -> None:
    label = topic_label(topic)
    if seat.step_id is not None and await polls.of_step(work.tx, seat.step_id):
        raise Refusal("polls.put_already", topic=label)
    await require_none_pending(work, topic)
    if seat.meeting and not (order.cited or seat.remote):
        raise Refusal("polls.cite_basis", topic=label, stage=seat.meeting)


def _secret_by_heads(secrecy: Secrecy, rule: Rule) -> None:
    """A secret ballot carries no area: nothing may join it to a flat."""
    if secrecy is Secrecy.SECRET and measures(rule) != {Measure.HEADS}:
        raise Refusal("polls.secret_by_heads")
