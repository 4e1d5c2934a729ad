"""过户: a property is sold, and the roll knows its new owners."""

import re
from dataclasses import dataclass

from handlers.bodies.estate import property_at
from handlers.codes import LENGTH, code_from
from handlers.events import PropertySold
from handlers.permissions import DESK, require
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import members, properties
from storage.messages import Said
from storage.records import Holding, Member, Ownership, Property, Role, Unit

routes = Routes()
_SALE = re.compile(
    r"(?P<door>[^\s@]*\d[^\s@]*)\s+(?P<buyers>[^\s\d]\S*)"
    r"(?:\s+(?:手机|电话)?\s*[:：]?\s*(?P<phone>1[3-9]\d{9}))?(?:\s+由\s*(?P<seller>\S+))?\s*"
)
_BETWEEN = re.compile(r"[、,，]")


@dataclass(frozen=True, slots=True)
class _Buyer:
    """Whom somebody wrote down: 王五, or 王五@5-1-101 where several are called so; the phone is a single buyer's."""

    name: str
    door: str
    phone: str


@routes.command("过户", "sold")
async def sell(work: Work, said: Said, rest: str) -> None:
    """`过户 3-2-201 王五 手机19900001111`, `过户 3-2-201 王五、赵六`, `… 由 张三` where one co-owner sells."""
    del said
    community = await work.community()
    await require(work, community, *DESK)
    match = _SALE.fullmatch(narrow(rest).strip())
    if match is None:
        raise Refusal("estate.sale_usage")
    found = await property_at(work.tx, community, match["door"])
    if found is None:
        raise Refusal("estate.no_property", door=match["door"])
    owners = await properties.owners_of(work.tx, found.id)
    sellers = [one for one in owners if match["seller"] in {None, one.name}]
    if not sellers:
        raise Refusal("estate.not_its_owner", door=found.door, name=match["seller"])
    buyers = [await _find(work, community, buyer) for buyer in _buyers(match["buyers"], match["phone"] or "")]
    if {one.id for one in buyers if one} & {one.id for one in owners}:
        raise Refusal("estate.owns_it", door=found.door)
    named = _buyers(match["buyers"], match["phone"] or "")
    entered = [
        one or await _enrol(work, community, found, who) for one, who in zip(buyers, named, strict=True)
    ]
    await _transfer(work, found, sellers, entered)
    await _answer(work, found, sellers, entered)


def _buyers(written: str, phone: str) -> list[_Buyer]:
    found = []
    names = [name for name in _BETWEEN.split(written) if name]
    for name in names:
        called, _, door = name.partition("@")
        found.append(_Buyer(called, door, phone if len(names) == 1 else ""))
    return found


async def _find(work: Work, community: Unit, buyer: _Buyer) -> Member | None:
    """The buyer on the roll; None for somebody new. A name alone is nobody: Refusal where it is on the roll."""
    named = await members.named(work.tx, community.id, buyer.name)
    alike = [
        one
        for one in named
        if (buyer.phone and one.phone == buyer.phone) or (buyer.door and one.door == buyer.door)
    ]
    if len(alike) == 1:
        return alike[0]
    if (named and not buyer.phone) or len(alike) > 1 or buyer.door:
        raise Refusal("estate.which_buyer", name=buyer.name)
    return None


async def _enrol(work: Work, community: Unit, found: Property, buyer: _Buyer) -> Member:
    code = code_from(work.house.random(LENGTH))
    made = Member(
        0, community.id, buyer.name, community.id, found.door, found.area, buyer.phone, code, work.now
    )
    return await members.add(work.tx, made)


async def _transfer(work: Work, found: Property, sellers: list[Member], buyers: list[Member]) -> None:
    """Other owners from now on; whoever owns nothing any more is no owner, and what was settled is open again."""
    for seller in sellers:
        await properties.let_go(work.tx, found.id, seller.id)
        if not await properties.owned_by(work.tx, seller.id):
            await _lay_down(work, seller)
    for buyer in buyers:
        await properties.own(work.tx, Ownership(found.id, buyer.id, work.now))
        await members.hold(work.tx, Holding(buyer.id, Role.OWNER, buyer.unit_id))
    await properties.unsettle(work.tx, found.id)


async def _lay_down(work: Work, seller: Member) -> None:
    for holding in await members.holdings_of(work.tx, seller.id):
        if holding.role is Role.OWNER:
            await members.lay_down(work.tx, holding)


async def _answer(work: Work, found: Property, sellers: list[Member], buyers: list[Member]) -> None:
    divider = text("electorate.and")
    new = [one for one in buyers if one.joined_at == work.now and not await members.ways_to(work.tx, one.id)]
    codes = [text("estate.code", name=one.name, code=one.code) for one in new]
    told = text(
        "estate.sold",
        door=found.door,
        sellers=divider.join(one.name for one in sellers),
        buyers=divider.join(one.name for one in buyers),
    )
    work.answer("\n".join((told, *codes)))
    ids = tuple(one.id for one in sellers), tuple(one.id for one in buyers)
    await work.record(PropertySold(found.id, found.door, *ids))
