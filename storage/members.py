"""Members, the roles they hold and the accounts they use."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.messages import Address
from storage.records import Holding, Identity, Member, Role, Unit
from storage.rows import many, one
from storage.tables import holdings, identities, issues, members, supports, units

_BY_ID = select(members).where(members.c.id == bindparam("id"))
_BY_CODE = select(members).where(members.c.code == bindparam("code"), members.c.code != "")
_BY_ACCOUNT = (
    select(members)
    .join(identities, identities.c.member_id == members.c.id)
    .where(identities.c.platform == bindparam("platform"), identities.c.account == bindparam("account"))
)
_HOLDINGS = select(holdings).where(holdings.c.member_id == bindparam("id"))
_WAYS = select(identities).where(identities.c.member_id == bindparam("id")).order_by(identities.c.platform)
_KNOW = insert(identities).on_conflict_do_update(
    index_elements=["platform", "account"],
    set_={
        "name": bindparam("new_name"),
        "private_chat": func.coalesce(func.nullif(bindparam("new_chat"), ""), identities.c.private_chat),
    },
)
_OPENED = (
    update(identities)
    .where(
        identities.c.platform == bindparam("at"),
        identities.c.account == bindparam("who"),
        identities.c.private_chat == "",
    )
    .values(private_chat=bindparam("chat"))
)
_BELOW = or_(
    units.c.path.startswith(bindparam("path", unique=False)),
    bindparam("path", unique=False).startswith(units.c.path),
)


async def get(tx: Transaction, member_id: int) -> Member:
    """The member with this id; a foreign key says there is one."""
    member = await one(tx, Member, _BY_ID, {"id": member_id})
    assert member is not None
    return member


async def by_account(tx: Transaction, platform: str, account: str) -> Member | None:
    """Whose account this is."""
    return await one(tx, Member, _BY_ACCOUNT, {"platform": platform, "account": account})


async def by_code(tx: Transaction, code: str) -> Member | None:
    """Whose personal code this is."""
    return await one(tx, Member, _BY_CODE, {"code": code})


async def named(tx: Transaction, community_id: int, name: str) -> list[Member]:
    """Members of the community called so."""
    return await many(
        tx, Member, select(members).where(members.c.community_id == community_id, members.c.name == name)
    )


async def of_community(tx: Transaction, community_id: int) -> list[Member]:
    """Everybody of a community, in the order they came."""
    statement = select(members).where(members.c.community_id == community_id).order_by(members.c.id)
    return await many(tx, Member, statement)


async def add(tx: Transaction, member: Member) -> Member:
    """Put somebody on the roll; the id is the database's to give."""
    fields = {name: getattr(member, name) for name in members.c.keys() if name != "id"}  # noqa: SIM118
    key = await tx.add(members.insert(), fields)
    return await get(tx, key)


async def change(tx: Transaction, member_id: int, **columns: object) -> None:
    """Correct what the roll says of somebody."""
    await tx.run(update(members).where(members.c.id == member_id).values(**columns))


async def holdings_of(tx: Transaction, member_id: int) -> list[Holding]:
    """Every role somebody holds, with its unit."""
    return await many(tx, Holding, _HOLDINGS, {"id": member_id})


async def hold(tx: Transaction, holding: Holding) -> None:
    """Give a role in a unit; giving it twice is giving it once."""
    values = {"member_id": holding.member_id, "role": holding.role, "unit_id": holding.unit_id}
    await tx.run(insert(holdings).on_conflict_do_nothing(), values)


async def lay_down(tx: Transaction, holding: Holding) -> None:
    """Take a role back."""
    await tx.run(
        delete(holdings).where(
            holdings.c.member_id == holding.member_id,
            holdings.c.role == holding.role,
            holdings.c.unit_id == holding.unit_id,
        )
    )


async def with_roles(tx: Transaction, unit: Unit, roles: Sequence[Role]) -> list[Member]:
    """Who holds one of the roles in the unit, above it or below it; each person once, in the order of the roll."""
    statement = (
        select(members)
        .where(
            members.c.id.in_(
                select(holdings.c.member_id)
                .join(units, units.c.id == holdings.c.unit_id)
                .where(holdings.c.role.in_(list(roles)), _BELOW)
            )
        )
        .order_by(members.c.id)
    )
    return await many(tx, Member, statement, {"path": unit.path})


async def held_in(tx: Transaction, unit: Unit, roles: Sequence[Role]) -> list[tuple[Holding, str]]:
    """Who holds which of the roles in the unit, above it or below it, each with the name of the unit it is held in."""
    statement = (
        select(holdings, units.c.name)
        .join(units, units.c.id == holdings.c.unit_id)
        .where(holdings.c.role.in_(list(roles)), _BELOW)
        .order_by(holdings.c.member_id, units.c.path)
    )
    rows = await tx.rows(statement, {"path": unit.path})
    return [(Holding(row[0], row[1], row[2]), row[3]) for row in rows]


async def know(tx: Transaction, identity: Identity) -> None:
    """Remember an account: its latest name and, when given, where its owner can be written to alone."""
    values = {
        "platform": identity.platform,
        "account": identity.account,
        "member_id": identity.member_id,
        "name": identity.name,
        "private_chat": identity.private_chat,
        "new_name": identity.name,
        "new_chat": identity.private_chat,
    }
    await tx.run(_KNOW, values)


async def open_private_chats(tx: Transaction, opened: Sequence[Identity]) -> None:
    """These accounts have spoken alone with us: where nothing else was known, they can be written to there."""
    if opened:
        keys = [{"at": one.platform, "who": one.account, "chat": one.private_chat} for one in opened]
        await tx.run(_OPENED, keys)


async def release(tx: Transaction, member_id: int) -> int:
    """The member has no accounts any more; how many there were."""
    return await tx.run(delete(identities).where(identities.c.member_id == member_id))


async def forget_private_chat(tx: Transaction, address: Address) -> None:
    """The person has shut the door: do not write there again."""
    await tx.run(
        update(identities)
        .where(identities.c.platform == address.platform, identities.c.private_chat == address.chat)
        .values(private_chat="")
    )


async def ways_to(tx: Transaction, member_id: int) -> list[Identity]:
    """The accounts of a member."""
    return await many(tx, Identity, _WAYS, {"id": member_id})


async def absorb(tx: Transaction, old: Member, roll: Member) -> None:
    """The person met in chat as `old` is `roll`: what they raised and supported is theirs."""
    for table, column in ((issues, issues.c.reporter_id), (identities, identities.c.member_id)):
        await tx.run(update(table).where(column == old.id).values({column.name: roll.id}))
    mine = select(supports.c.issue_id).where(supports.c.member_id == roll.id)
    await tx.run(delete(supports).where(supports.c.member_id == old.id, supports.c.issue_id.in_(mine)))
    await tx.run(update(supports).where(supports.c.member_id == old.id).values(member_id=roll.id))


def newcomer(community_id: int, unit_id: int, name: str, now: datetime) -> Member:
    """Somebody met in a chat who is on no roll yet."""
    return Member(0, community_id, name, unit_id, "", None, "", "", now)
