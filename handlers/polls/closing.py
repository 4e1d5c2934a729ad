"""The close: ballots are counted, the verdict is written, and everybody concerned hears it once."""

from handlers.audience import topic_origins
from handlers.events import PollClosed, StageDecided
from handlers.polls.published import Published, list_lines, publish_openly, publish_secretly
from handlers.polls.receipts import KEY_BYTES
from handlers.polls.views import poll_label, too_few, verdict_text
from handlers.routes import Routes
from handlers.rules.explain_verdict import explain_arithmetic
from handlers.rules.rule import Measure, Rule, measures
from handlers.rules.stored import dump_verdict, parse_rule
from handlers.rules.tally import Measures, Tally, count
from handlers.rules.verdict import Verdict, decide
from handlers.texts import text
from handlers.work import Work
from storage import cards, polls
from storage.database import Transaction
from storage.messages import Address, Due
from storage.records import Choice, Poll, PollState, Secrecy

routes = Routes()
MOST_LISTED = 200
"""A longer list of ballots is a file to ask for and no message."""


@routes.due("poll.close")
async def close_at_deadline(work: Work, due: Due) -> None:
    """A poll closes at its own deadline, however late we notice."""
    poll = await polls.get(work.tx, due.subject)
    if poll.state is PollState.OPEN:
        await close(work, poll)


async def close(work: Work, poll: Poll) -> Verdict:
    """Count, judge, write the verdict down, and tell the group and everybody who raised the matter."""
    rule = parse_rule(poll.rule)
    verdict = decide(rule, await tally_of(work, poll, rule))
    published = await publish(work.tx, poll)
    few = too_few(poll, verdict.tally.participation.heads)
    await polls.change(
        work.tx,
        poll.id,
        state=PollState.CLOSED,
        outcome=verdict.outcome,
        verdict=dump_verdict(verdict),
        seal="" if few else published.seal,
        remind_at=None,
    )
    await work.record(PollClosed(poll.id, verdict.outcome))
    closed = await polls.get(work.tx, poll.id)
    if not few:
        await _tell_list(work, closed, published)
    await _tell(work, closed)
    work.refresh(f"poll:{poll.id}")
    if poll.step_id is not None:
        await work.record(StageDecided(poll.step_id, verdict.outcome, "；".join(explain_arithmetic(verdict))))
    return verdict


async def tally_of(work: Work, poll: Poll, rule: Rule) -> Tally:
    """The count so far. A secret poll is counted by heads from ballots that name nobody."""
    electorate = await polls.electorate(work.tx, poll.id)
    if poll.secrecy is Secrecy.OPEN:
        return count(rule, electorate, await polls.ballots_of(work.tx, poll.id))
    assert measures(rule) == {Measure.HEADS}
    cast = [choice for _, choice in await polls.secret_choices(work.tx, poll.id)]
    yes, no, abstain = (Measures(cast.count(choice)) for choice in Choice)
    return Tally(Measures(len(electorate)), Measures(len(cast)), yes, no, abstain)


async def _tell(work: Work, poll: Poll) -> None:
    said = verdict_text(await poll_label(work, poll), poll)
    for address in await concerned(work, poll):
        work.say(address, said, once=f"poll:{poll.id}:verdict:{address}")


async def publish(tx: Transaction, poll: Poll) -> Published:
    """The ballots by receipt with their chain; of a secret poll from the box alone."""
    if poll.secrecy is Secrecy.SECRET:
        return publish_secretly(poll, await polls.secret_choices(tx, poll.id))
    roll, cast = await polls.electorate(tx, poll.id), await polls.ballots_of(tx, poll.id)
    return publish_openly(poll, roll, cast, bytes.fromhex(poll.receipt_key) or bytes(KEY_BYTES))


async def _tell_list(work: Work, poll: Poll, published: Published) -> None:
    """The list of ballots goes to where the question was put, so that each voter can find their own."""
    head = text("polls.list_head", poll=await poll_label(work, poll))
    said = "\n".join((head, *list_lines(published)))
    if len(published.links) > MOST_LISTED:
        said = text("polls.list_elsewhere", poll=await poll_label(work, poll), count=len(published.links))
    for card in await cards.about(work.tx, f"poll:{poll.id}"):
        address = Address(card.platform, card.chat, card.thread)
        work.say(address, said, once=f"poll:{poll.id}:list:{address}")


async def concerned(work: Work, poll: Poll) -> list[Address]:
    """Wherever the question was put, and every group that raised the matter; each once."""
    posted = await cards.about(work.tx, f"poll:{poll.id}")
    places = dict.fromkeys(Address(card.platform, card.chat, card.thread) for card in posted)
    if poll.topic_id is not None:
        places.update(dict.fromkeys(await topic_origins(work, poll.topic_id)))
    return list(places)
