"""并户 and 分户: whether two units that share an owner, and not all owners, count as one head or as two.

No law says (业主大会和业主委员会指导规则 24, 25 know one owner's units, and a unit's co-owners): the organiser settles it.
"""

from handlers.bodies.estate import property_at, read_estate
from handlers.events import HeadsSettled
from handlers.permissions import DESK, require
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.rules.owners import electors_of, unsettled
from handlers.texts import term, text
from handlers.words import narrow
from handlers.work import Work
from storage import properties
from storage.messages import Said
from storage.records import Heads, Joining, Property, Unit

routes = Routes()


@routes.command("并户", "joinheads")
async def join(work: Work, said: Said, rest: str) -> None:
    """`并户 3-2-201 3-2-301 两人商定合并计票`: one head from the next poll on."""
    del said
    await _settle(work, rest, Heads.ONE)


@routes.command("分户", "partheads")
async def part(work: Work, said: Said, rest: str) -> None:
    """`分户 3-2-201 3-2-301 各自登记`: each its own head; nobody casts for both."""
    del said
    await _settle(work, rest, Heads.APART)


async def _settle(work: Work, rest: str, heads: Heads) -> None:
    community = await work.community()
    await require(work, community, *DESK)
    words = narrow(rest).split(maxsplit=2)
    if len(words) < 3 or words[0] == words[1]:  # noqa: PLR2004 - two doors and a reason
        raise Refusal("estate.heads_usage", word=term("heads", heads))
    first, second = sorted(
        [await _property(work, community, door) for door in words[:2]], key=lambda one: one.id
    )
    await _require_shared(work, first, second)
    by = work.member.id if work.member else None
    reason = words[2].strip()
    await properties.settle(work.tx, Joining(first.id, second.id, heads, reason, by, work.now))
    await _require_seats(work, community, heads)
    await work.record(HeadsSettled(first.id, second.id, heads, reason))
    told = text(f"estate.heads_{heads}", one=first.door, other=second.door, reason=reason)
    work.answer(told)


async def _property(work: Work, community: Unit, door: str) -> Property:
    found = await property_at(work.tx, community, door)
    if found is None:
        raise Refusal("estate.no_property", door=door)
    return found


async def _require_shared(work: Work, first: Property, second: Property) -> None:
    """Nothing is to be settled where no owner is shared, and where all are (they are one head by law)."""
    one, other = await _owners(work, first), await _owners(work, second)
    if not one & other or one == other:
        raise Refusal("estate.nothing_to_settle", one=first.door, other=second.door)


async def _owners(work: Work, found: Property) -> set[int]:
    return {member.id for member in await properties.owners_of(work.tx, found.id)}


async def _require_seats(work: Work, community: Unit, heads: Heads) -> None:
    """Apart needs an owner for each, once all is settled; a refusal here undoes what was written before it."""
    if heads is Heads.ONE:
        return
    estate = await read_estate(work.tx, work.settings, community)
    roll = estate.roll
    if unsettled(roll, estate.settled):
        return
    seats = electors_of(roll)
    if short := [entry for entry in roll.entries if not seats[entry.holder]]:
        raise Refusal("electorate.too_few_owners", doors=text("electorate.and").join(short[0].units))
