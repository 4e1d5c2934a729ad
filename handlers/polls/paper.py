"""Ballots given on paper or by word: a grid worker writes them down before a witness; never both paper and chat."""

import re

from handlers.audience import desk
from handlers.events import BallotRecorded, PollClosed
from handlers.permissions import TRIAGE, require
from handlers.polls.casting import receipt_for, require_open
from handlers.polls.lookup import of_topic
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import meaning, term, terms, text
from handlers.work import Work
from storage import members, polls, units
from storage.messages import Said
from storage.records import Ballot, Choice, Member, Poll, Secrecy

routes = Routes()
ONE_IN = 10
"""One paper ballot in so many, and at least one, is asked about afterwards."""
_WRITTEN = re.compile(
    r"(?P<name>[^\s@]+)(?:@(?P<door>\S+))?\s+(?P<choice>\S+)\s+见证人?\s*[:：]?\s*(?P<witness>\S.*)"
)


@routes.command("代录", "paper")
async def record_paper(work: Work, said: Said, rest: str) -> None:
    """`代录 议7 张三 赞成 见证 李四`: whose ballot, what it says, before whom. Photos stay with the message."""
    poll, words = await of_topic(work, said, rest)
    await require(work, await units.get(work.tx, poll.community_id), *TRIAGE)
    require_open(poll.state, poll.closes_at, work)
    match = _WRITTEN.fullmatch(words.strip())
    choice = meaning("choice", match["choice"]) if match else None
    if match is None or choice is None:
        raise Refusal("polls.paper_usage", choices="、".join(terms("choice").values()))
    if poll.secrecy is Secrecy.SECRET:
        raise Refusal("polls.paper_secret")
    voter = await _voter(work, poll, match["name"], match["door"] or "")
    if work.member and work.member.id == voter.id:
        raise Refusal("polls.paper_own")
    ballot = Ballot(poll.id, voter.id, Choice(choice), work.now, match["witness"].strip())
    await polls.cast(work.tx, ballot, None)
    await work.record(BallotRecorded(poll.id, voter.id))
    work.refresh(f"poll:{poll.id}")
    receipt = receipt_for(poll.receipt_key, voter.id)
    work.answer(text("polls.recorded", name=voter.name, choice=term("choice", choice), receipt=receipt))


async def _voter(work: Work, poll: Poll, name: str, door: str) -> Member:
    """The one person of that name in the electorate who has not voted. Refusal otherwise."""
    named = await members.named(work.tx, poll.community_id, name)
    found = [member for member in named if not door or member.door == door]
    if len(found) != 1:
        raise Refusal("polls.paper_several" if found else "polls.paper_nobody", name=name)
    standing = await polls.standing(work.tx, poll.id, found[0].id)
    if standing is None or standing.entitled is None:
        raise Refusal("polls.paper_not_on_roll", name=name)
    if standing.cast is not None:
        raise Refusal("polls.paper_cast_already", name=name)
    return found[0]


@routes.on(PollClosed)
async def call_some_back(work: Work, event: PollClosed) -> None:
    """Some of the ballots on paper, drawn by chance, are to be asked about; the office hears which, not what they say."""
    paper = [ballot for ballot in await polls.ballots_of(work.tx, event.poll_id) if ballot.witness]
    if not paper:
        return
    poll = await polls.get(work.tx, event.poll_id)
    drawn = sorted(paper, key=lambda _: work.house.random(8))[: -(-len(paper) // ONE_IN)]
    people = [await members.get(work.tx, ballot.member_id) for ballot in drawn]
    said = text(
        "polls.sample",
        poll=await poll_label(work, poll),
        count=len(paper),
        names="、".join(sorted(member.name for member in people)),
    )
    community = await units.get(work.tx, poll.community_id)
    for address in await desk(work, community):
        work.say(address, said, once=f"poll:{poll.id}:sample:{address}")
