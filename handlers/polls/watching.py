"""What the organiser may know while a poll runs (what is missing, never who), and the roll-call afterwards."""

from handlers.choices.results import decides
from handlers.permissions import DESK, holds, require
from handlers.polls.ballot_paper import paper_of
from handlers.polls.counting import tally_of
from handlers.polls.lagging import lagging_lines
from handlers.polls.lookup import of_topic
from handlers.polls.proxy_casting import by_whom
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.rules.explain_gap import explain_gap
from handlers.rules.outlook import still_needed
from handlers.rules.rule import Rule
from handlers.rules.stored import parse_rule
from handlers.texts import text
from handlers.work import Work
from storage import members, polls, units
from storage.messages import Said
from storage.records import Ballot, Poll, PollState, Secrecy

routes = Routes()


@routes.command("还差", "gap")
async def gap(work: Work, said: Said, rest: str) -> None:
    """`还差 议7`: how many are still missing for participation; how it stands is nobody's business yet."""
    poll, _ = await of_topic(work, said, rest)
    await require(work, await units.get(work.tx, poll.community_id), *DESK)
    if poll.state is not PollState.OPEN:
        raise Refusal("polls.over", poll=await poll_label(work, poll))
    if not decides(poll.ask):
        raise Refusal("polls.gap_of_nothing", poll=await poll_label(work, poll))
    rule = parse_rule(poll.rule)
    found = still_needed(rule, await tally_of(work, poll, rule))
    line = explain_gap(rule, found) if found else _met(rule)
    head = text("polls.gap", poll=await poll_label(work, poll))
    work.answer("\n".join((head, line, *await lagging_lines(work, poll))))


def _met(rule: Rule) -> str:
    """Nothing is missing for participation; whether it passes is not said while it runs."""
    return text("polls.gap_met" if rule.quorum or rule.minimum_present else "polls.gap_free")


@routes.command("唱票", "rollcall", where=Where.PRIVATE)
async def roll_call(work: Work, said: Said, rest: str) -> None:
    """`唱票 议7`, in private: who cast what in an open poll that is over, for those entitled and the office."""
    poll, _ = await of_topic(work, said, rest)
    label = await poll_label(work, poll)
    if poll.secrecy is Secrecy.SECRET:
        raise Refusal("polls.rollcall_secret", poll=label)
    if poll.state is not PollState.CLOSED:
        raise Refusal("polls.rollcall_open", poll=label)
    member = await work.someone()
    standing = await polls.standing(work.tx, poll.id, member.id)
    office = await holds(work, await units.get(work.tx, poll.community_id), *DESK)
    if not office and (standing is None or standing.entitled is None):
        raise Refusal("polls.rollcall_not_entitled")
    called = [await _call(work, poll, ballot) for ballot in await polls.ballots_of(work.tx, poll.id)]
    work.answer("\n".join((text("polls.rollcall", poll=label), *called)))


async def _call(work: Work, poll: Poll, ballot: Ballot) -> str:
    """张三：赞成, with who handed it in where that was somebody else, and the witness of one on paper."""
    voter = await members.get(work.tx, ballot.member_id)
    paper = text("polls.on_paper", witness=ballot.witness) if ballot.witness else ""
    beside = f"{await by_whom(work, ballot)}{paper}"
    return text("polls.called", name=voter.name, choice=paper_of(poll).words(ballot.choice), paper=beside)
