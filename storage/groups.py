"""Chat groups and what they are for."""

from sqlalchemy import bindparam, select, update

from storage.database import Transaction
from storage.messages import Address
from storage.records import Group, GroupRole, GroupState, Unit
from storage.rows import many, one
from storage.tables import cards, groups, outbox, units

_AT = select(groups).where(
    groups.c.platform == bindparam("platform"),
    groups.c.chat == bindparam("chat"),
    groups.c.thread == bindparam("thread"),
)
_BY_ID = select(groups).where(groups.c.id == bindparam("id"))


def address_of(group: Group) -> Address:
    """Where to speak to the group."""
    return Address(group.platform, group.chat, group.thread)


async def at(tx: Transaction, address: Address) -> Group | None:
    """The group bound at this address; a thread without a binding of its own belongs to its chat's."""
    values = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
    found = await one(tx, Group, _AT, values)
    return found if found or not address.thread else await one(tx, Group, _AT, {**values, "thread": ""})


async def get(tx: Transaction, group_id: int) -> Group:
    """The group with this id."""
    group = await one(tx, Group, _BY_ID, {"id": group_id})
    assert group is not None
    return group


async def everywhere(tx: Transaction) -> list[Group]:
    """All groups we may speak in."""
    statement = select(groups).where(groups.c.state == GroupState.ACTIVE).order_by(groups.c.id)
    return await many(tx, Group, statement)


async def of_role(tx: Transaction, unit: Unit, *roles: GroupRole) -> list[Group]:
    """Active groups with one of the roles that serve this unit: bound to it or to what lies above, nearest first."""
    statement = (
        select(groups)
        .join(units, units.c.id == groups.c.unit_id)
        .where(
            groups.c.role.in_(roles),
            groups.c.state == GroupState.ACTIVE,
            bindparam("path").startswith(units.c.path),
        )
        .order_by(units.c.path.desc(), groups.c.id)
    )
    return await many(tx, Group, statement, {"path": unit.path})


async def twins(tx: Transaction, group: Group) -> list[Group]:
    """Active groups of the same role and unit on other platforms: the same body, where others of it talk."""
    statement = (
        select(groups)
        .where(
            groups.c.role == group.role,
            groups.c.unit_id == group.unit_id,
            groups.c.platform != group.platform,
            groups.c.state == GroupState.ACTIVE,
        )
        .order_by(groups.c.id)
    )
    return await many(tx, Group, statement)


async def below(tx: Transaction, unit: Unit, *roles: GroupRole) -> list[Group]:
    """Active groups with one of the roles bound to the unit or to anything below it."""
    statement = (
        select(groups)
        .join(units, units.c.id == groups.c.unit_id)
        .where(
            groups.c.role.in_(roles), groups.c.state == GroupState.ACTIVE, units.c.path.startswith(unit.path)
        )
        .order_by(groups.c.id)
    )
    return await many(tx, Group, statement)


async def bind(tx: Transaction, address: Address, role: GroupRole, unit: Unit) -> Group:
    """Give the chat this role in this unit, in place of what it was."""
    known = await one(
        tx, Group, _AT, {"platform": address.platform, "chat": address.chat, "thread": address.thread}
    )
    columns = {"role": role, "unit_id": unit.id, "state": GroupState.ACTIVE}
    if known:
        await tx.run(update(groups).where(groups.c.id == known.id).values(**columns))
        return await get(tx, known.id)
    place = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
    return await get(tx, await tx.add(groups.insert(), place | columns))


async def lose(tx: Transaction, address: Address) -> list[Group]:
    """We may not speak in this chat any more; the groups that were bound there."""
    lost = await _in_chat(tx, address)
    await _set(tx, address, state=GroupState.LOST)
    return lost


async def regain(tx: Transaction, address: Address) -> list[Group]:
    """We were let in again: what the chat was bound to counts again."""
    await _set(tx, address, state=GroupState.ACTIVE)
    return await _in_chat(tx, address)


async def move(tx: Transaction, address: Address, chat: str) -> list[Group]:
    """The chat's id is now `chat`, wherever it is written down."""
    for table in (groups, cards, outbox):
        await tx.run(
            update(table)
            .where(table.c.platform == address.platform, table.c.chat == address.chat)
            .values(chat=chat)
        )
    return await _in_chat(tx, Address(address.platform, chat))


async def _in_chat(tx: Transaction, address: Address) -> list[Group]:
    same = (groups.c.platform == address.platform, groups.c.chat == address.chat)
    return await many(tx, Group, select(groups).where(*same))


async def _set(tx: Transaction, address: Address, **columns: object) -> None:
    same = (groups.c.platform == address.platform, groups.c.chat == address.chat)
    await tx.run(update(groups).where(*same).values(**columns))
