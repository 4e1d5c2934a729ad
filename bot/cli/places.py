"""Units by the names an operator writes; a slip of the pen founds no community."""

from difflib import get_close_matches

from bot.cli.front import Refused
from bot.config import Config
from handlers.texts import text
from handlers.units.tree import find_or_found
from storage import units
from storage.database import Transaction
from storage.records import Unit, UnitKind


async def known_unit(tx: Transaction, name: str, config: Config, *, new: bool) -> Unit:
    """The unit of this name or path. Refused, with the nearest name, when it is not there and not called `new`.

    The community of the configuration, and the first of an empty house, need not be called new.
    """
    before = await units.all_units(tx)
    found = await find_or_found(tx, name)
    expected = new or not before or name == config.community.name
    if expected or len(await units.all_units(tx)) == len(before):
        return found
    near = get_close_matches(name, [unit.name for unit in before], n=1, cutoff=0.4)
    if near:
        raise Refused(text("cli.unknown_unit_guess", unit=name, guess=near[0]))
    raise Refused(text("cli.unknown_unit", unit=name))


async def places(tx: Transaction) -> list[Unit]:
    """Where a code may hang: every unit below a community."""
    above = {UnitKind.STREET, UnitKind.COMMUNITY}
    return [unit for unit in await units.all_units(tx) if unit.kind not in above]


async def communities(tx: Transaction) -> list[Unit]:
    """All communities of the house."""
    return [unit for unit in await units.all_units(tx) if unit.kind is UnitKind.COMMUNITY]


async def community_name(tx: Transaction, config: Config) -> str:
    """The community that goes without saying: the configuration's, else the only one there is. Refused without one."""
    known = await communities(tx)
    if config.community.name:
        return config.community.name
    if len(known) == 1:
        return known[0].name
    names = "、".join(unit.name for unit in known)
    raise Refused(text("cli.which_community", names=names) if names else text("cli.no_community"))
