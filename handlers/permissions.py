"""Who may do what: a role held in a unit is good for that unit and everything below it, and in the field also above."""

from handlers.refusals import Refusal
from handlers.texts import term
from handlers.work import Work
from storage import units
from storage.records import Holding, Role, Unit

TRIAGE = (Role.GRID_WORKER, Role.GRID_LEAD, Role.SECRETARY, Role.COMMITTEE, Role.PARTY_SECRETARY)
DESK = (Role.SECRETARY, Role.COMMITTEE, Role.PARTY_SECRETARY)


FIELD = frozenset({Role.GRID_WORKER, Role.GRID_LEAD, Role.PROPERTY, Role.RESPONDER})
"""Roles of people who go and look: what concerns the whole community concerns each of its grids."""


async def holds(work: Work, unit: Unit, *roles: Role) -> bool:
    """Whether who acts holds one of the roles for this unit. An operator holds every role."""
    if work.account in work.settings.operators:
        return True
    for holding in await work.holdings():
        if holding.role in {*roles, Role.OPERATOR} and await _reaches(work, holding, unit):
            return True
    return False


async def _reaches(work: Work, holding: Holding, unit: Unit) -> bool:
    own = await units.get(work.tx, holding.unit_id)
    return units.holds(own, unit) or (holding.role in FIELD and units.holds(unit, own))


async def require(work: Work, unit: Unit, *roles: Role) -> None:
    """Refuse whoever holds none of the roles for this unit, whatever the button said."""
    if not await holds(work, unit, *roles):
        names = "、".join(dict.fromkeys(term("role", role) for role in roles))
        raise Refusal("members.not_your_role", roles=names)
