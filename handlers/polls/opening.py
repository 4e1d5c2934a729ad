"""A stage asks for a poll: the electorate is frozen, the card goes to its group."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.audience import address_for, desk, private_address
from handlers.bodies import name_of, people
from handlers.events import PollOpened, StageBrief, StageEntered, StageLeft
from handlers.labels import topic_label
from handlers.polls.receipts import KEY_BYTES
from handlers.polls.timetable import first_reminder
from handlers.polls.views import poll_card
from handlers.routes import Routes
from handlers.rules.rule import Outcome, Rule
from handlers.rules.stored import dump_rule, rule_from_stage
from handlers.rules.tally import Measures, total, weigh
from handlers.texts import text
from handlers.work import Work
from storage import polls, topics, units
from storage.messages import Address, Card
from storage.records import Elector, GroupRole, Member, Poll, PollState, Secrecy, Topic, Unit

routes = Routes()
USUAL_WINDOW = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Plan:
    """A poll about to be opened. `basis` is printed on the card; `step_id` is the stage it decides."""

    topic: Topic
    step_id: int
    body: str
    rule: Rule
    secrecy: Secrecy
    group: GroupRole | None
    closes_at: datetime
    question: str


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


def read_rule(stage_rule: str, body: str, basis: str, invalid_as: Outcome) -> Rule:
    """A stage's rule as the poll keeps it. A stage without one asks for more than half of the ballots."""
    fields: dict[str, object] = json.loads(stage_rule or "{}")
    if "pass" not in fields:
        fields |= {"pass": "1/2", "pass_op": ">", "pass_base": "participants", "grade": "proposal"}
    return rule_from_stage(fields, electorate=body, basis=basis, invalid_as=invalid_as)


async def open_poll(work: Work, plan: Plan) -> Poll | None:
    """Freeze the electorate and put the question; None (and a word to the office) when nobody is on the roll."""
    community = await units.get(work.tx, plan.topic.community_id)
    entitled = await people(work, plan.body, plan.topic.id)
    if not entitled:
        await _tell_desk(
            work, community, text("polls.nobody", topic=topic_label(plan.topic), body=name_of(plan.body))
        )
        return None
    electorate = [Elector(0, member.id, plan.body, member.area) for member in entitled]
    roll = whole_of(plan.rule, electorate)
    poll = await polls.add(work.tx, await _new_poll(work, plan, community, roll), electorate)
    await work.record(PollOpened(poll.id))
    await _put_the_question(work, poll, plan.group, community, entitled)
    return poll


async def _new_poll(work: Work, plan: Plan, community: Unit, roll: Measures) -> Poll:
    year = work.now.astimezone(work.settings.zone).year
    number = await units.next_number(work.tx, community.id, "poll", year)
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
        group_id=None,
        opened_by=work.member.id if work.member else None,
        opens_at=work.now,
        closes_at=plan.closes_at,
        remind_at=first_reminder(work.now, plan.closes_at),
        state=PollState.OPEN,
        outcome="",
        verdict="",
        receipt_key=work.house.random(KEY_BYTES).hex() if plan.secrecy is Secrecy.OPEN else "",
    )


def whole_of(rule: Rule, electorate: list[Elector]) -> Measures:
    """The roll as the rule measures it. Refusal for an owner whose area is not known."""
    weights = list(weigh(rule, electorate).values())
    return total(weights, weights[0])


async def _put_the_question(
    work: Work, poll: Poll, role: GroupRole | None, community: Unit, entitled: list[Member]
) -> None:
    """In the body's group; where it has none, to each of its people alone."""
    card = await poll_card(work, poll)
    group = await address_for(work, community, role) if role else None
    if group:
        await _say(work, poll, group, card)
        return
    for member in entitled:
        if address := await private_address(work, member.id):
            await _say(work, poll, address, card)


async def _say(work: Work, poll: Poll, address: Address, card: Card) -> None:
    work.say(address, card, subject=f"poll:{poll.id}", once=f"poll:{poll.id}:opened:{address}")


async def _ask_to_file(work: Work, topic: Topic, brief: StageBrief) -> None:
    community = await units.get(work.tx, topic.community_id)
    said = text(
        "polls.elsewhere", topic=topic_label(topic), title=topic.title, stage=brief.name, basis=brief.basis
    )
    await _tell_desk(work, community, said)


async def _tell_desk(work: Work, community: Unit, said: str) -> None:
    for address in await desk(work, community):
        work.say(address, said)


@routes.on(StageLeft)
async def lapse(work: Work, event: StageLeft) -> None:
    """The stage was left another way: its poll is cancelled."""
    poll = await polls.of_step(work.tx, event.step_id)
    if poll and poll.state is PollState.OPEN:
        await polls.change(work.tx, poll.id, state=PollState.CANCELLED, remind_at=None)
        work.refresh(f"poll:{poll.id}")
