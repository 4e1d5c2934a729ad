"""How a poll looks: the card people answer, and what came of it."""

from handlers.choices.results import SMALLEST_SECRET, decides, result_of, rule_lines, too_few
from handlers.labels import topic_label
from handlers.moments import moment
from handlers.polls.ballot_paper import buttons, changeable, paper_of
from handlers.polls.finality import finality_line
from handlers.polls.matters import lawful_lines
from handlers.polls.reckoning import open_notes
from handlers.rules.beside import beside_lines
from handlers.rules.stored import parse_rule
from handlers.rules.tally import Measures
from handlers.texts import term, text
from handlers.work import Work
from storage import polls, topics
from storage.messages import Card
from storage.records import Poll, PollState, Secrecy


async def poll_card(work: Work, poll: Poll) -> Card:
    """The question, the rule, the deadline and the turnout; once it is over, what came of it."""
    label = await poll_label(work, poll)
    if poll.state is PollState.CANCELLED:
        return Card(text("polls.cancelled", poll=label, question=poll.question))
    if poll.state is PollState.CLOSED:
        return Card(await closed_text(work, poll))
    if poll.open_at is not None:
        return Card(await _text(work, poll, label, "polls.announced"))
    return Card(await _text(work, poll, label, "polls.open"), buttons(poll))


async def closed_text(work: Work, poll: Poll) -> str:
    """The verdict, and above it whether it stands."""
    told = verdict_text(await poll_label(work, poll), poll)
    return "\n".join(filter(None, (await finality_line(work, poll), told)))


def verdict_text(label: str, poll: Poll) -> str:
    """The verdict with its rule and arithmetic; of a secret poll with few ballots no more than the outcome."""
    result = result_of(poll)
    few = too_few(poll, result.cast)
    told = (text("polls.too_few", least=SMALLEST_SECRET),) if few else (*result.lines, *beside_lines(poll))
    lines = (*rule_lines(poll.ask, parse_rule(poll.rule)), *lawful_lines(poll), *told)
    return text(
        "polls.verdict",
        poll=label,
        question=poll.question,
        headline=result.bare if few else result.headline,
        lines="\n".join(lines),
        seal=text("polls.seal", seal=poll.seal) if poll.seal else "",
    )


async def poll_label(work: Work, poll: Poll) -> str:
    """议7 where the poll is about a topic, else 表决3."""
    if poll.topic_id is None:
        return text("labels.poll", number=poll.number)
    return topic_label(await topics.get(work.tx, poll.topic_id))


def how_to_say(label: str, poll: Poll) -> tuple[str, ...]:
    """The sentence that is a ballot, where no button is."""
    paper = paper_of(poll)
    if paper.rows:
        return ()
    key = "polls.say_secretly" if poll.secrecy is Secrecy.SECRET else "polls.say_it"
    return (text(key, poll=label, example=paper.example),)


async def _text(work: Work, poll: Poll, label: str, key: str) -> str:
    rule = rule_lines(poll.ask, parse_rule(poll.rule), Measures(poll.roll, poll.roll_area))
    lines = (*paper_of(poll).lines, *how_to_say(label, poll), *rule, *lawful_lines(poll))
    return text(
        key,
        kind=text("polls.decides" if decides(poll.ask) else "polls.decides_nothing"),
        poll=label,
        question=poll.question,
        rule="\n".join((*lines, *await open_notes(work, poll))),
        opens=moment(poll.opens_at, work.settings.zone),
        deadline=moment(poll.closes_at, work.settings.zone),
        change=text("polls.changeable" if changeable(poll) else "polls.final"),
        secrecy=term("secrecy", poll.secrecy),
        voted=await polls.turnout(work.tx, poll.id),
        roll=poll.roll,
        note=text("polls.secret_note") if poll.secrecy is Secrecy.SECRET else "",
    )
