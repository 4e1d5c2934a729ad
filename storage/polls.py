"""Polls, their frozen electorates, and ballots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Ballot, Elector, Member, Poll, PollState, Secrecy
from storage.rows import many, number, one
from storage.secret_lists import drop_in, take_part
from storage.tables import ballots, electors, members, participations, polls, secret_ballots, turnouts


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be known to take one person's ballot. `entitled` is the entry they vote for, None without one.

    `barred` says why they may not although they stand in the electorate. `cast` is what the entry's ballot of an
    open poll says now, `cast_by` who handed it in for the member, `witness` before whom it was given on paper ("" in
    the chat); `took_part` is all that is known in a secret poll.
    """

    state: PollState
    opens_at: datetime
    closes_at: datetime
    secrecy: Secrecy
    body: str
    number: int
    ask: str
    receipt_key: str
    entitled: int | None
    barred: str | None
    cast: str | None
    cast_by: int | None
    witness: str | None
    took_part: int | None


_BY_ID = select(polls).where(polls.c.id == bindparam("id"))
_OF_STEP = select(polls).where(polls.c.step_id == bindparam("step"))
_STANDING = (
    select(
        polls.c.state,
        polls.c.opens_at,
        polls.c.closes_at,
        polls.c.secrecy,
        polls.c.body,
        polls.c.number,
        polls.c.ask,
        polls.c.receipt_key,
        electors.c.entry_id,
        electors.c.barred,
        ballots.c.choice,
        ballots.c.cast_by,
        ballots.c.witness,
        participations.c.member_id,
    )
    .outerjoin_from(
        polls, electors, and_(electors.c.poll_id == polls.c.id, electors.c.member_id == bindparam("member"))
    )
    .outerjoin(ballots, and_(ballots.c.poll_id == polls.c.id, ballots.c.member_id == electors.c.entry_id))
    .outerjoin(
        participations,
        and_(participations.c.poll_id == polls.c.id, participations.c.member_id == electors.c.entry_id),
    )
    .where(polls.c.id == bindparam("poll"))
)
_CAST = insert(ballots)
_CAST = _CAST.on_conflict_do_update(
    index_elements=["poll_id", "member_id"],
    set_={
        "choice": _CAST.excluded.choice,
        "cast_at": _CAST.excluded.cast_at,
        "cast_by": _CAST.excluded.cast_by,
    },
)
_ONE_MORE = insert(turnouts)
_ONE_MORE = _ONE_MORE.on_conflict_do_update(
    index_elements=["poll_id"], set_={"heads": turnouts.c.heads + _ONE_MORE.excluded.heads}
)
_TURNOUT = select(func.coalesce(func.sum(turnouts.c.heads), 0)).where(turnouts.c.poll_id == bindparam("poll"))
_FREEZE = electors.insert()
_ENTRIES = select(electors).where(
    electors.c.poll_id == bindparam("poll"), electors.c.entry_id == electors.c.member_id
)
_BALLOTS = select(ballots).where(ballots.c.poll_id == bindparam("poll"))
_ON_PAPER = _BALLOTS.where(ballots.c.witness != "")
_SILENT = (
    select(members)
    .join(electors, electors.c.member_id == members.c.id)
    .where(
        electors.c.poll_id == bindparam("poll"),
        electors.c.barred == "",
        electors.c.entry_id.not_in(select(ballots.c.member_id).where(ballots.c.poll_id == bindparam("poll"))),
        electors.c.entry_id.not_in(
            select(participations.c.member_id).where(participations.c.poll_id == bindparam("poll"))
        ),
    )
    .order_by(members.c.id)
)


async def get(tx: Transaction, poll_id: int) -> Poll:
    """The poll with this id."""
    poll = await one(tx, Poll, _BY_ID, {"id": poll_id})
    assert poll is not None
    return poll


async def find(tx: Transaction, poll_id: int) -> Poll | None:
    """The poll with this id, if there is one (buttons may say anything)."""
    return await one(tx, Poll, _BY_ID, {"id": poll_id})


async def of_step(tx: Transaction, step_id: int) -> Poll | None:
    """The poll that decides a stage."""
    return await one(tx, Poll, _OF_STEP, {"step": step_id})


async def of_topic(tx: Transaction, topic_id: int) -> list[Poll]:
    """Every poll about a topic, oldest first."""
    return await many(tx, Poll, select(polls).where(polls.c.topic_id == topic_id).order_by(polls.c.id))


async def add(tx: Transaction, poll: Poll, electorate: Sequence[Elector]) -> Poll:
    """Open a poll with its electorate frozen; the ids are the database's to give."""
    fields = {name: getattr(poll, name) for name in polls.c.keys() if name != "id"}  # noqa: SIM118
    key = await tx.add(polls.insert(), fields)
    rows = [
        {
            "poll_id": key,
            "member_id": elector.member_id,
            "reason": elector.reason,
            "area": elector.area,
            "entry_id": elector.entry_id,
            "barred": elector.barred,
        }
        for elector in electorate
    ]
    if rows:
        await tx.run(_FREEZE, rows)
    return await get(tx, key)


async def change(tx: Transaction, poll_id: int, **columns: object) -> None:
    """Change columns of a poll."""
    await tx.run(update(polls).where(polls.c.id == poll_id).values(**columns))


async def standing(tx: Transaction, poll_id: int, member_id: int) -> Standing | None:
    """How a person stands to a poll; None when there is no such poll."""
    row = await tx.row(_STANDING, {"poll": poll_id, "member": member_id})
    return None if row is None else Standing(*row)


async def cast(tx: Transaction, ballot: Ballot, before: str | None) -> None:
    """Take a ballot of an open poll, in place of the one that said `before`."""
    await tx.run(
        _CAST,
        {
            "poll_id": ballot.poll_id,
            "member_id": ballot.member_id,
            "choice": ballot.choice,
            "cast_at": ballot.cast_at,
            "witness": ballot.witness,
            "cast_by": ballot.cast_by,
        },
    )
    if before is None:
        await tx.run(_ONE_MORE, {"poll_id": ballot.poll_id, "heads": 1})


async def cast_secretly(tx: Transaction, poll_id: int, member_id: int, receipt: str, choice: str) -> None:
    """Take a secret ballot: that the entry took part, and what was cast, in two lists that nothing joins."""
    await tx.leave_no_trace()
    await take_part(tx, poll_id, member_id)
    await drop_in(tx, poll_id, receipt, choice)
    await tx.run(_ONE_MORE, {"poll_id": poll_id, "heads": 1})


async def recast_secretly(tx: Transaction, poll_id: int, receipt: str, choice: str) -> str | None:
    """Let the ballot with this receipt say something else; what it said before, None when there is none."""
    here = (secret_ballots.c.poll_id == poll_id, secret_ballots.c.receipt == receipt)
    row = await tx.row(select(secret_ballots.c.choice).where(*here))
    if row is None:
        return None
    before: str = row[0]
    await tx.leave_no_trace()
    await tx.run(delete(secret_ballots).where(*here))
    await drop_in(tx, poll_id, receipt, choice)
    return before


async def turnout(tx: Transaction, poll_id: int) -> int:
    """How many ballots are in."""
    return await number(tx, _TURNOUT, {"poll": poll_id})


async def electorate(tx: Transaction, poll_id: int) -> list[Elector]:
    """The entries of the frozen electorate: one for each head that counts."""
    return await many(tx, Elector, _ENTRIES, {"poll": poll_id})


async def standing_open(tx: Transaction, member_id: int) -> list[tuple[Poll, Elector]]:
    """The polls that are not over in whose electorate somebody stands, each with how they do; oldest first."""
    mine = select(electors).where(electors.c.member_id == member_id).order_by(electors.c.poll_id)
    found = [(await get(tx, elector.poll_id), elector) for elector in await many(tx, Elector, mine)]
    return [(poll, elector) for poll, elector in found if poll.state is PollState.OPEN]


async def cast_entries(tx: Transaction, poll_id: int) -> frozenset[int]:
    """The entries whose ballot is in, open or secret; what they say is not asked."""
    for_open = select(ballots.c.member_id).where(ballots.c.poll_id == poll_id)
    in_secret = select(participations.c.member_id).where(participations.c.poll_id == poll_id)
    return frozenset(row[0] for row in await tx.rows(for_open.union(in_secret)))


async def entitled(tx: Transaction, poll_id: int) -> list[Elector]:
    """Everybody who stands in the electorate, also those who share an entry and those who are barred."""
    return await many(tx, Elector, select(electors).where(electors.c.poll_id == poll_id))


async def bar(tx: Transaction, poll_id: int, member_id: int, why: str) -> None:
    """Let somebody who stands in the electorate cast no ballot; "" lets them again."""
    here = (electors.c.poll_id == poll_id, electors.c.member_id == member_id)
    await tx.run(update(electors).where(*here).values(barred=why))


async def enter(tx: Transaction, elector: Elector) -> None:
    """Let somebody vote for an entry that is there already."""
    fields = {name: getattr(elector, name) for name in electors.c.keys()}  # noqa: SIM118
    await tx.run(_FREEZE, fields)


async def ballots_of(tx: Transaction, poll_id: int) -> list[Ballot]:
    """The ballots of an open poll."""
    return await many(tx, Ballot, _BALLOTS, {"poll": poll_id})


async def ballots_on_paper(tx: Transaction, poll_id: int) -> list[Ballot]:
    """The ballots of an open poll that were given on paper."""
    return await many(tx, Ballot, _ON_PAPER, {"poll": poll_id})


async def secret_choices(tx: Transaction, poll_id: int) -> list[tuple[str, str]]:
    """(receipt, choice) of a secret poll, in the order of the receipts."""
    rows = await tx.rows(
        select(secret_ballots.c.receipt, secret_ballots.c.choice)
        .where(secret_ballots.c.poll_id == poll_id)
        .order_by(secret_ballots.c.receipt)
    )
    return [(row[0], row[1]) for row in rows]


async def silent(tx: Transaction, poll_id: int) -> list[Member]:
    """Who may cast a ballot of an entry that has none yet."""
    return await many(tx, Member, _SILENT, {"poll": poll_id})
