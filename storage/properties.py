"""What owners own, and what was settled of those who stand under several heads."""

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Joining, Member, Ownership, Property
from storage.rows import many, one
from storage.tables import joinings, members, ownerships, properties

_OF_COMMUNITY = (
    select(properties).where(properties.c.community_id == bindparam("community")).order_by(properties.c.id)
)
_AT_DOOR = select(properties).where(
    properties.c.community_id == bindparam("community"), properties.c.door == bindparam("door")
)
_OWNERSHIPS = (
    select(ownerships)
    .join(properties, properties.c.id == ownerships.c.property_id)
    .where(properties.c.community_id == bindparam("community"))
    .order_by(ownerships.c.property_id, ownerships.c.member_id)
)
_OWNERS = (
    select(members)
    .join(ownerships, ownerships.c.member_id == members.c.id)
    .where(ownerships.c.property_id == bindparam("property"))
    .order_by(members.c.id)
)
_OWNED = (
    select(properties)
    .join(ownerships, ownerships.c.property_id == properties.c.id)
    .where(ownerships.c.member_id == bindparam("member"))
    .order_by(properties.c.id)
)
_JOININGS = (
    select(joinings)
    .join(properties, properties.c.id == joinings.c.property_id)
    .where(properties.c.community_id == bindparam("community"))
    .order_by(joinings.c.property_id, joinings.c.other_id)
)


async def of_community(tx: Transaction, community_id: int) -> list[Property]:
    """Every property of a community, in the order they came."""
    return await many(tx, Property, _OF_COMMUNITY, {"community": community_id})


async def at_door(tx: Transaction, community_id: int, door: str) -> Property | None:
    """The property with this door."""
    return await one(tx, Property, _AT_DOOR, {"community": community_id, "door": door})


async def ownerships_in(tx: Transaction, community_id: int) -> list[Ownership]:
    """Who owns what in a community."""
    return await many(tx, Ownership, _OWNERSHIPS, {"community": community_id})


async def owners_of(tx: Transaction, property_id: int) -> list[Member]:
    """Everybody who owns a property, in the order of the roll."""
    return await many(tx, Member, _OWNERS, {"property": property_id})


async def owned_by(tx: Transaction, member_id: int) -> list[Property]:
    """What a person owns, alone or with others."""
    return await many(tx, Property, _OWNED, {"member": member_id})


async def add(tx: Transaction, found: Property) -> Property:
    """Put a property on the roll; the id is the database's to give."""
    fields = {name: getattr(found, name) for name in properties.c.keys() if name != "id"}  # noqa: SIM118
    await tx.add(properties.insert(), fields)
    made = await at_door(tx, found.community_id, found.door)
    assert made is not None
    return made


async def change(tx: Transaction, property_id: int, **columns: object) -> None:
    """Correct what the roll says of a property."""
    await tx.run(update(properties).where(properties.c.id == property_id).values(**columns))


async def own(tx: Transaction, ownership: Ownership) -> None:
    """Enter an owner; entering them twice is entering them once."""
    values = {
        "property_id": ownership.property_id,
        "member_id": ownership.member_id,
        "since": ownership.since,
    }
    await tx.run(insert(ownerships).on_conflict_do_nothing(), values)


async def let_go(tx: Transaction, property_id: int, member_id: int) -> None:
    """Strike out an owner."""
    await tx.run(
        delete(ownerships).where(ownerships.c.property_id == property_id, ownerships.c.member_id == member_id)
    )


async def joinings_in(tx: Transaction, community_id: int) -> list[Joining]:
    """What was settled in a community of units that share an owner."""
    return await many(tx, Joining, _JOININGS, {"community": community_id})


async def settle(tx: Transaction, joining: Joining) -> None:
    """Settle how two units count, in place of what was settled before."""
    values = {name: getattr(joining, name) for name in joinings.c.keys()}  # noqa: SIM118
    told = insert(joinings)
    keys = ("property_id", "other_id")
    new = {name: told.excluded[name] for name in values if name not in keys}
    await tx.run(told.on_conflict_do_update(index_elements=list(keys), set_=new), values)


async def unsettle(tx: Transaction, property_id: int) -> None:
    """Forget what was settled of a property: it has other owners now."""
    mine = or_(joinings.c.property_id == property_id, joinings.c.other_id == property_id)
    await tx.run(delete(joinings).where(mine))
