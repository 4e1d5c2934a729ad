"""Polls, their frozen electorates, and ballots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Ballot, Choice, Elector, Member, Poll, PollState, Secrecy
from storage.rows import many, number, one
from storage.tables import ballots, electors, members, participations, polls, secret_ballots, tallies


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be known to take one person's ballot. `entitled` is their entry in the electorate, None without.

    `cast` is what their ballot of an open poll says now; `took_part` is all that is known in a secret one. `witness`: before whom it was
    given on paper, "" for one cast in the chat.
    """

    state: PollState
    closes_at: datetime
    secrecy: Secrecy
    body: str
    number: int
    entitled: int | None
    cast: Choice | None
    took_part: int | None
    receipt_key: str
    witness: str | None


_BY_ID = select(polls).where(polls.c.id == bindparam("id"))
_OF_STEP = select(polls).where(polls.c.step_id == bindparam("step"))
_STANDING = (
    select(
        polls.c.state,
        polls.c.closes_at,
        polls.c.secrecy,
        polls.c.body,
        polls.c.number,
        electors.c.member_id,
        ballots.c.choice,
        participations.c.member_id,
        polls.c.receipt_key,
        ballots.c.witness,
    )
    .outerjoin_from(
        polls, electors, and_(electors.c.poll_id == polls.c.id, electors.c.member_id == bindparam("member"))
    )
    .outerjoin(ballots, and_(ballots.c.poll_id == polls.c.id, ballots.c.member_id == bindparam("member")))
    .outerjoin(
        participations,
        and_(participations.c.poll_id == polls.c.id, participations.c.member_id == bindparam("member")),
    )
    .where(polls.c.id == bindparam("poll"))
)
_CAST = insert(ballots)
_CAST = _CAST.on_conflict_do_update(
    index_elements=["poll_id", "member_id"],
    set_={"choice": _CAST.excluded.choice, "cast_at": _CAST.excluded.cast_at},
)
_COUNT = insert(tallies)
_COUNT = _COUNT.on_conflict_do_update(
    index_elements=["poll_id", "choice"], set_={"heads": tallies.c.heads + _COUNT.excluded.heads}
)
_LESS = (
    update(tallies)
    .where(tallies.c.poll_id == bindparam("poll"), tallies.c.choice == bindparam("old"))
    .values(heads=tallies.c.heads - 1)
)
_TURNOUT = select(func.coalesce(func.sum(tallies.c.heads), 0)).where(tallies.c.poll_id == bindparam("poll"))
_SILENT = (
    select(members)
    .join(electors, electors.c.member_id == members.c.id)
    .where(
        electors.c.poll_id == bindparam("poll"),
        members.c.id.not_in(select(ballots.c.member_id).where(ballots.c.poll_id == bindparam("poll"))),
        members.c.id.not_in(
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
        {"poll_id": key, "member_id": elector.member_id, "reason": elector.reason, "area": elector.area}
        for elector in electorate
    ]
    if rows:
        await tx.run(electors.insert(), rows)
    return await get(tx, key)


async def change(tx: Transaction, poll_id: int, **columns: object) -> None:
    """Change columns of a poll."""
    await tx.run(update(polls).where(polls.c.id == poll_id).values(**columns))


async def standing(tx: Transaction, poll_id: int, member_id: int) -> Standing | None:
    """How a person stands to a poll; None when there is no such poll."""
    row = await tx.row(_STANDING, {"poll": poll_id, "member": member_id})
    return None if row is None else Standing(*row)


async def cast(tx: Transaction, ballot: Ballot, before: Choice | None) -> None:
    """Take a ballot of an open poll, in place of the one that said `before`."""
    await tx.run(
        _CAST,
        {
            "poll_id": ballot.poll_id,
            "member_id": ballot.member_id,
            "choice": ballot.choice,
            "cast_at": ballot.cast_at,
            "witness": ballot.witness,
        },
    )
    if before is not None:
        await tx.run(_LESS, {"poll": ballot.poll_id, "old": before})
    await tx.run(_COUNT, {"poll_id": ballot.poll_id, "choice": ballot.choice, "heads": 1})


async def cast_secretly(tx: Transaction, poll_id: int, member_id: int, receipt: str, choice: Choice) -> None:
    """Take a secret ballot: that the person took part, and what was cast, in two places that nothing joins."""
    await tx.run(participations.insert(), {"poll_id": poll_id, "member_id": member_id})
    await tx.run(secret_ballots.insert(), {"poll_id": poll_id, "receipt": receipt, "choice": choice})
    await tx.run(_COUNT, {"poll_id": poll_id, "choice": choice, "heads": 1})


async def recast_secretly(tx: Transaction, poll_id: int, receipt: str, choice: Choice) -> Choice | None:
    """Let the ballot with this receipt say something else; what it said before, None when there is none."""
    here = (secret_ballots.c.poll_id == poll_id, secret_ballots.c.receipt == receipt)
    row = await tx.row(select(secret_ballots.c.choice).where(*here))
    if row is None:
        return None
    before = Choice(row[0])
    await tx.run(update(secret_ballots).where(*here).values(choice=choice))
    await tx.run(_LESS, {"poll": poll_id, "old": before})
    await tx.run(_COUNT, {"poll_id": poll_id, "choice": choice, "heads": 1})
    return before


async def turnout(tx: Transaction, poll_id: int) -> int:
    """How many ballots are in."""
    return await number(tx, _TURNOUT, {"poll": poll_id})


async def electorate(tx: Transaction, poll_id: int) -> list[Elector]:
    """The frozen electorate."""
    return await many(tx, Elector, select(electors).where(electors.c.poll_id == poll_id))


async def ballots_of(tx: Transaction, poll_id: int) -> list[Ballot]:
    """The ballots of an open poll."""
    return await many(tx, Ballot, select(ballots).where(ballots.c.poll_id == poll_id))


async def secret_choices(tx: Transaction, poll_id: int) -> list[tuple[str, Choice]]:
    """(receipt, choice) of a secret poll, in the order of the receipts."""
    rows = await tx.rows(
        select(secret_ballots.c.receipt, secret_ballots.c.choice)
        .where(secret_ballots.c.poll_id == poll_id)
        .order_by(secret_ballots.c.receipt)
    )
    return [(row[0], row[1]) for row in rows]


async def silent(tx: Transaction, poll_id: int) -> list[Member]:
    """Who is entitled and has not cast a ballot."""
    return await many(tx, Member, _SILENT, {"poll": poll_id})
