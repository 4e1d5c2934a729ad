"""Ballots given on paper or by word, each for an entry of the roll, before a witness or with a photo of the paper.

Never both paper and chat: whichever came in first for the entry stands.
"""

import re
from dataclasses import dataclass

from handlers.audience import desk
from handlers.bodies.doors import doors_in
from handlers.events import BallotRecorded, PollClosed
from handlers.permissions import TRIAGE, require
from handlers.polls.ballot_paper import paper_of
from handlers.polls.casting import receipt_for, require_open
from handlers.polls.lookup import of_topic
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import members, polls, properties, units
from storage.messages import Said
from storage.records import Ballot, Elector, Member, Poll, Secrecy

routes = Routes()
ONE_IN = 10
"""One paper ballot in so many, and at least one, is asked about afterwards."""
_WRITTEN = re.compile(
    r"(?P<who>[^\s@]+)(?:@(?P<door>\S+))?\s+(?P<choice>\S.*?)(?:\s+见证人?\s*[:：]?\s*(?P<witness>\S.*))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Signer:
    """The entry a paper is for, the sharer who signed it where one was named, and what they are called."""

    entry: int
    hand: int | None
    called: str


@routes.command("代录", "paper")
async def record_paper(work: Work, said: Said, rest: str) -> None:
    """`代录 议7 张三 赞成 见证 李四`, `代录 议7 3-2-201 赞成` with a photo: whose ballot, what it says, before whom."""
    poll, words = await of_topic(work, said, rest)
    await require(work, await units.get(work.tx, poll.community_id), *TRIAGE)
    require_open(poll, work)
    paper = paper_of(poll)
    match = _WRITTEN.fullmatch(words.strip())
    witness = _witness(match["witness"] or "" if match else "", said)
    if match is None or not witness:
        raise Refusal("polls.paper_usage", choices=paper.example)
    if poll.secrecy is Secrecy.SECRET:
        raise Refusal("polls.paper_secret")
    choice = _read(poll, match["choice"])
    signer = await _signer(work, poll, match["who"], match["door"] or "")
    await _require_unrecorded(work, poll, signer)
    hand = None if signer.hand == signer.entry else signer.hand
    await polls.cast(work.tx, Ballot(poll.id, signer.entry, choice, work.now, witness, hand), None)
    await work.record(BallotRecorded(poll.id, signer.entry))
    work.refresh(f"poll:{poll.id}")
    receipt = receipt_for(poll.receipt_key, signer.entry)
    work.answer(text("polls.recorded", name=signer.called, choice=paper.words(choice), receipt=receipt))


def _witness(named: str, said: Said) -> str:
    return named.strip() or (text("polls.by_photo") if said.files else "")


def _read(poll: Poll, words: str) -> str:
    try:
        return paper_of(poll).read(words)
    except Refusal as no:
        raise Refusal("polls.paper_usage", choices=paper_of(poll).example) from no


async def _signer(work: Work, poll: Poll, who: str, door: str) -> _Signer:
    """By name (with the door where several are called so), else by a door of the frozen roll. Refusal otherwise."""
    named = await members.named(work.tx, poll.community_id, who)
    if not named and any(sign.isdigit() for sign in who):
        return await _at_door(work, poll, who)
    found = [member for member in named if not door or await _lives_or_owns(work, member, door)]
    if len(found) != 1:
        raise Refusal("polls.paper_several" if found else "polls.paper_nobody", name=who)
    standing = await polls.standing(work.tx, poll.id, found[0].id)
    if standing is None or standing.entitled is None:
        raise Refusal("polls.paper_not_on_roll", name=who)
    if standing.barred:
        raise Refusal("polls.paper_barred", name=who, reason=standing.barred)
    return _Signer(standing.entitled, found[0].id, found[0].name)


async def _lives_or_owns(work: Work, member: Member, door: str) -> bool:
    return member.door == door or any(
        one.door == door for one in await properties.owned_by(work.tx, member.id)
    )


async def _at_door(work: Work, poll: Poll, door: str) -> _Signer:
    """Whoever may cast for the door; one that was sold to somebody who has another entry already may sign here."""
    standing = [one for one in await polls.entitled(work.tx, poll.id) if door in doors_in(one.reason)]
    if not standing:
        raise Refusal("polls.paper_nobody", name=door)
    free = [one for one in standing if not one.barred]
    if not free and not await _sold(work, poll, door, standing):
        raise Refusal("polls.paper_barred", name=door, reason=standing[0].barred)
    return _Signer(standing[0].entry_id, None, door)


async def _sold(work: Work, poll: Poll, door: str, standing: list[Elector]) -> bool:
    found = await properties.at_door(work.tx, poll.community_id, door)
    owners = {member.id for member in await properties.owners_of(work.tx, found.id)} if found else set()
    return bool(owners) and not owners & {one.member_id for one in standing}


async def _require_unrecorded(work: Work, poll: Poll, signer: _Signer) -> None:
    """Refuse a paper for one's own entry, and a second ballot for any."""
    mine = await polls.standing(work.tx, poll.id, work.member.id) if work.member else None
    if mine and mine.entitled == signer.entry:
        raise Refusal("polls.paper_own")
    entry = await polls.standing(work.tx, poll.id, signer.entry)
    if entry and entry.cast is not None:
        raise Refusal("polls.paper_cast_already", name=signer.called)


@routes.on(PollClosed)
async def call_some_back(work: Work, event: PollClosed) -> None:
    """Some of the ballots on paper, drawn by chance, are to be asked about; the office hears which, not what they say."""
    paper = await polls.ballots_on_paper(work.tx, event.poll_id)
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
