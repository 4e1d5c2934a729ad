"""The close: ballots are counted, the verdict is written, and everybody concerned hears it once."""

from handlers.audience import topic_origins
from handlers.events import PollClosed, StageDecided
from handlers.polls.views import poll_label, verdict_text
from handlers.routes import Routes
from handlers.rules.explain_verdict import explain_arithmetic
from handlers.rules.rule import Measure, Rule, measures
from handlers.rules.stored import dump_verdict, parse_rule
from handlers.rules.tally import Measures, Tally, count
from handlers.rules.verdict import Verdict, decide
from handlers.work import Work
from storage import cards, polls
from storage.messages import Address, Due
from storage.records import Choice, Poll, PollState, Secrecy

routes = Routes()


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
    await polls.change(
        work.tx,
        poll.id,
        state=PollState.CLOSED,
        outcome=verdict.outcome,
        verdict=dump_verdict(verdict),
        remind_at=None,
    )
    await work.record(PollClosed(poll.id, verdict.outcome))
    await _tell(work, await polls.get(work.tx, poll.id))
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


async def concerned(work: Work, poll: Poll) -> list[Address]:
    """Wherever the question was put, and every group that raised the matter; each once."""
    posted = await cards.about(work.tx, f"poll:{poll.id}")
    places = dict.fromkeys(Address(card.platform, card.chat, card.thread) for card in posted)
    if poll.topic_id is not None:
        places.update(dict.fromkeys(await topic_origins(work, poll.topic_id)))
    return list(places)
