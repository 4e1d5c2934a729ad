"""What communities call their places: the only queries on them."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import PlaceName
from storage.rows import many
from storage.tables import place_names

_ALL = select(place_names).order_by(place_names.c.community_id, place_names.c.name)
_OF_COMMUNITY = _ALL.where(place_names.c.community_id == bindparam("community"))
_PUT = insert(place_names)
_GIVE = _PUT.on_conflict_do_update(
    index_elements=["community_id", "name"],
    set_={"meant": _PUT.excluded.meant, "given_by": _PUT.excluded.given_by, "at": _PUT.excluded.at},
)


async def everywhere(tx: Transaction) -> list[PlaceName]:
    """The names of all communities."""
    return await many(tx, PlaceName, _ALL)


async def of_community(tx: Transaction, community_id: int) -> list[PlaceName]:
    """A community's names, in their own order."""
    return await many(tx, PlaceName, _OF_COMMUNITY, {"community": community_id})


async def give(tx: Transaction, named: PlaceName) -> None:
    """Let a name mean a place, whatever it meant before."""
    values = {name: getattr(named, name) for name in place_names.c.keys()}  # noqa: SIM118
    await tx.run(_GIVE, values)


async def drop(tx: Transaction, community_id: int, name: str) -> bool:
    """Let a name mean nothing; False when it meant nothing."""
    mine = (place_names.c.community_id == community_id, place_names.c.name == name)
    return bool(await tx.run(delete(place_names).where(*mine)))
