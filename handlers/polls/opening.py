"""A stage asks for a poll: the electorate is frozen, the card goes to its group."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.audience import desk, group_of
from handlers.bodies import name_of
from handlers.events import StageBrief, StageEntered
from handlers.labels import topic_label
from handlers.polls.announcing import announce, begin
from handlers.polls.electorate import electorate_for
from handlers.polls.timetable import first_reminder
from handlers.receipts import KEY_BYTES
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.rules.rule import Outcome, Rule
from handlers.rules.stored import dump_rule, rule_from_stage
from handlers.rules.tally import Measures, total, weigh
from handlers.texts import text
from handlers.work import Work
from storage import polls, topics, units
from storage.records import Elector, GroupRole, Poll, PollState, Secrecy, Topic, Unit

routes = Routes()
USUAL_WINDOW = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Plan:
    """A poll about to be opened. `step_id` is the stage it decides, None where it decides none.

    `opens_at` None is now. `group_id` is the group asked, if it is known already; else that of `group` is.
    `ask`, `matter` and `early` are as the poll keeps them.
    """

    topic: Topic
    step_id: int | None
    body: str
    rule: Rule
    secrecy: Secrecy
    group: GroupRole | None
    closes_at: datetime
    question: str
    opens_at: datetime | None = None
    final_at: datetime | None = None
    group_id: int | None = None
    ask: str = ""
    matter: str = ""
    early: str = ""


@routes.on(StageEntered)
async def open_for_stage(work: Work, event: StageEntered) -> None:
    """Open the poll a stage asks for; one that the law gives to another channel is only filed here."""
    brief = event.brief
    if brief.kind != "poll":
        return
    topic = await topics.get(work.tx, event.topic_id)
    if brief.group is None:
        await _ask_to_file(work, topic, brief)
        return
    rule = read_rule(brief.rule, brief.body, brief.basis, Outcome.INVALID_PARTICIPATION)
    closes = brief.limit or work.now + USUAL_WINDOW
    await open_poll(
        work, Plan(topic, event.step_id, brief.body, rule, brief.secrecy, brief.group, closes, topic.title)
    )


def read_rule(
    stage_rule: str, body: str, basis: str, invalid_as: Outcome, base: str = "participants"
) -> Rule:
    """A stage's rule as the poll keeps it. A stage without one asks for more than half of the ballots (or of `base`)."""
    fields: dict[str, object] = json.loads(stage_rule or "{}")
    if "pass" not in fields:
        fields |= {"pass": "1/2", "pass_op": ">", "pass_base": base, "grade": "proposal"}
    return rule_from_stage(fields, electorate=body, basis=basis, invalid_as=invalid_as)


async def open_poll(work: Work, plan: Plan) -> Poll | None:
    """Freeze the electorate and put the question; None (and a word to the office) when nobody is on the roll."""
    community = await units.get(work.tx, plan.topic.community_id)
    try:
        electorate = await electorate_for(work, plan.body, plan.topic.id, plan.opens_at or work.now)
        roll = whole_of(plan.rule, electorate) if electorate else Measures(0)
    except Refusal as no:
        why = text(no.key, **no.values)
        told = text("electorate.not_opened", topic=topic_label(plan.topic), why=why)
        await _tell_desk(work, community, told)
        return None
    if not electorate:
        await _tell_desk(
            work, community, text("polls.nobody", topic=topic_label(plan.topic), body=name_of(plan.body))
        )
        return None
    poll = await polls.add(work.tx, await new_poll(work, plan, community, roll), electorate)
    await (announce(work, poll) if poll.open_at else begin(work, poll))
    return poll


async def new_poll(work: Work, plan: Plan, community: Unit, roll: Measures) -> Poll:
    """The row of a poll with the next number of its community; not written yet."""
    year = work.now.astimezone(work.settings.zone).year
    number = await units.next_number(work.tx, community.id, "poll", year)
    opens = plan.opens_at or work.now
    return Poll(
        id=0,
        community_id=community.id,
        year=year,
        number=number,
        topic_id=plan.topic.id,
        step_id=plan.step_id,
        question=plan.question,
        body=plan.body,
        roll=roll.heads,
        roll_area=roll.area,
        rule=dump_rule(plan.rule),
        secrecy=plan.secrecy,
        group_id=plan.group_id or await _group(work, plan, community),
        opened_by=work.member.id if work.member else None,
        opens_at=opens,
        closes_at=plan.closes_at,
        remind_at=first_reminder(opens, plan.closes_at),
        state=PollState.OPEN,
        outcome="",
        verdict="",
        receipt_key=work.house.random(KEY_BYTES).hex() if plan.secrecy is Secrecy.OPEN else "",
        ask=plan.ask,
        matter=plan.matter,
        early=plan.early,
        open_at=plan.opens_at,
        final_at=plan.final_at,
    )


async def _group(work: Work, plan: Plan, community: Unit) -> int | None:
    """The group the question goes to; None where each is asked alone."""
    group = await group_of(work, community, plan.group) if plan.group else None
    return group.id if group else None


def whole_of(rule: Rule, electorate: list[Elector]) -> Measures:
    """The roll as the rule measures it. Refusal for an owner whose area is not known."""
    entries = [elector for elector in electorate if elector.entry_id == elector.member_id]
    weights = list(weigh(rule, entries).values())
    return total(weights, weights[0])


async def _ask_to_file(work: Work, topic: Topic, brief: StageBrief) -> None:
    community = await units.get(work.tx, topic.community_id)
    said = text(
        "polls.elsewhere", topic=topic_label(topic), title=topic.title, stage=brief.name, basis=brief.basis
    )
    await _tell_desk(work, community, said)


async def _tell_desk(work: Work, community: Unit, said: str) -> None:
    for address in await desk(work, community):
        work.say(address, said)
