"""What a poll looks like: the card with its buttons, and afterwards its verdict."""

from handlers.bodies.catalogue import Counts, body
from handlers.labels import topic_label
from handlers.moments import moment
from handlers.routes import press
from handlers.rules.explain_rule import explain_rule
from handlers.rules.explain_verdict import explain_verdict, headline
from handlers.rules.stored import parse_rule, parse_verdict
from handlers.rules.tally import Measures
from handlers.texts import term, text
from handlers.work import Work
from storage import polls, topics
from storage.messages import Button, Card
from storage.records import Choice, Poll, PollState, Secrecy

SMALLEST_SECRET = 5
"""Fewer ballots than this in a secret poll, and nothing but its outcome is told."""


def changeable(poll: Poll) -> bool:
    """Whether a ballot may be changed until the close. Owners vote once (北京: one-shot); a paper may be theirs."""
    return body(poll.body).counts is not Counts.OWNER


async def poll_card(work: Work, poll: Poll) -> Card:
    """The question, the rule, the deadline and the turnout; once it is over, what came of it."""
    label = await poll_label(work, poll)
    if poll.state is PollState.CANCELLED:
        return Card(text("polls.cancelled", poll=label, question=poll.question))
    if poll.state is PollState.CLOSED:
        return Card(verdict_text(label, poll))
    return Card(await _open_text(work, poll, label), (choice_buttons(poll),))


def choice_buttons(poll: Poll) -> tuple[Button, ...]:
    """赞成 反对 弃权, in the order of their numbers."""
    return tuple(Button(term("choice", choice), press("poll.cast", poll.id, choice)) for choice in Choice)


def verdict_text(label: str, poll: Poll) -> str:
    """The verdict with its rule and arithmetic; of a secret poll with few ballots no more than the outcome."""
    verdict = parse_verdict(parse_rule(poll.rule), poll.verdict)
    told = explain_verdict(verdict)
    if too_few(poll, verdict.tally.participation.heads):
        told = (text("polls.too_few", least=SMALLEST_SECRET),)
    return text(
        "polls.verdict",
        poll=label,
        question=poll.question,
        headline=headline(verdict),
        lines="\n".join((*explain_rule(verdict.rule), *told)),
        seal=text("polls.seal", seal=poll.seal) if poll.seal else "",
    )


def too_few(poll: Poll, cast: int) -> bool:
    """Whether the numbers of a secret poll would tell who cast what."""
    return poll.secrecy is Secrecy.SECRET and cast < SMALLEST_SECRET


async def poll_label(work: Work, poll: Poll) -> str:
    """议7 where the poll is about a topic, else 表决3."""
    if poll.topic_id is None:
        return text("labels.poll", number=poll.number)
    return topic_label(await topics.get(work.tx, poll.topic_id))


async def _open_text(work: Work, poll: Poll, label: str) -> str:
    rule = parse_rule(poll.rule)
    return text(
        "polls.open",
        poll=label,
        question=poll.question,
        rule="\n".join(explain_rule(rule, Measures(poll.roll, poll.roll_area))),
        deadline=moment(poll.closes_at, work.settings.zone),
        change=text("polls.changeable" if changeable(poll) else "polls.final"),
        secrecy=term("secrecy", poll.secrecy),
        voted=await polls.turnout(work.tx, poll.id),
        roll=poll.roll,
        note=text("polls.secret_note") if poll.secrecy is Secrecy.SECRET else "",
    )
