"""Challenges 质疑: who says that a result is not right, and what the office answered."""

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction
from storage.records import Challenge, ChallengeState
from storage.rows import many, number, one
from storage.tables import challenges

_OF_POLL = select(challenges).where(challenges.c.poll_id == bindparam("poll")).order_by(challenges.c.number)
_NUMBERED = select(challenges).where(
    challenges.c.poll_id == bindparam("poll"), challenges.c.number == bindparam("number")
)
_LAST = select(func.coalesce(func.max(challenges.c.number), 0)).where(
    challenges.c.poll_id == bindparam("poll")
)


async def add(tx: Transaction, challenge: Challenge) -> Challenge:
    """Write a challenge down; its id and its number within the poll are the database's to give."""
    count = await number(tx, _LAST, {"poll": challenge.poll_id}) + 1
    fields = {name: getattr(challenge, name) for name in challenges.c.keys() if name != "id"}  # noqa: SIM118
    await tx.add(challenges.insert(), fields | {"number": count})
    added = await numbered(tx, challenge.poll_id, count)
    assert added is not None
    return added


async def numbered(tx: Transaction, poll_id: int, count: int) -> Challenge | None:
    """The challenge of a poll by its number."""
    return await one(tx, Challenge, _NUMBERED, {"poll": poll_id, "number": count})


async def of_poll(tx: Transaction, poll_id: int) -> list[Challenge]:
    """Every challenge to a poll's result, in order."""
    return await many(tx, Challenge, _OF_POLL, {"poll": poll_id})


async def unsettled(tx: Transaction, poll_id: int) -> list[Challenge]:
    """The challenges that keep a result from becoming final: unanswered, or upheld."""
    return [one for one in await of_poll(tx, poll_id) if one.state is not ChallengeState.DISMISSED]


async def answer(tx: Transaction, challenge_id: int, state: ChallengeState, said: str) -> None:
    """Write down what the office answered."""
    mine = update(challenges).where(challenges.c.id == challenge_id)
    await tx.run(mine.values(state=state, answer=said))
