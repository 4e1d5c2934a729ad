"""Which body is meant by the name of a meeting, and who is in it, also when it is the clock that asks."""

from handlers.bodies import people
from handlers.bodies.catalogue import Computed, bodies
from handlers.meetings.calling import kind_meant
from handlers.meetings.kinds import Kind
from handlers.refusals import Refusal
from handlers.work import Work
from storage.records import Member, Unit

_ON_ITS_OWN_ROLL = (None, Computed.ANYONE)


async def kind_on_a_roll(work: Work, community: Unit, name: str) -> Kind:
    """The meeting meant. Refusal for one whose people are listed for each matter: nothing of it comes round."""
    kind = await kind_meant(work, community, name)
    if kind.private or bodies()[kind.body].computed not in _ON_ITS_OWN_ROLL:
        raise Refusal("series.no_roll_of_its_own", name=kind.name)
    return kind


async def people_of(work: Work, community: Unit, body_id: str) -> list[Member]:
    """Who belongs to a body on its own roll, each once; nobody for one whose people depend on the matter."""
    if bodies()[body_id].computed not in _ON_ITS_OWN_ROLL:
        return []
    return await people(work, body_id, None, community)


async def belongs(work: Work, body_id: str) -> bool:
    """Whether who acts is in the body in their own community."""
    if work.member is None:
        return False
    return any(one.id == work.member.id for one in await people(work, body_id, None))
