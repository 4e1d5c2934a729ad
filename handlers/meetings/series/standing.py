"""How the times of a search stand: who can come when, against the quorum of what the body is to decide."""

from handlers.meetings.rules import least_present, roll_of, rule_of
from handlers.meetings.series.bodies import people_of
from handlers.recurring.slots import Answer, Can, Ranking, Slot, rank
from handlers.refusals import Refusal
from handlers.work import Work
from storage import searches, units, waits
from storage.records import Search, SlotAnswer

_CAN = {SlotAnswer.CAN: Can.YES, SlotAnswer.HARDLY: Can.MAYBE, SlotAnswer.CANNOT: Can.NO}


async def ranked(work: Work, search: Search) -> Ranking:
    """The times that lie ahead, those that suit best first. Refusal when all are over, or nobody is on the roll."""
    community = await units.get(work.tx, search.community_id)
    roll = frozenset(one.id for one in await people_of(work, community, search.body))
    slots = [
        Slot(slot.position, slot.starts_at)
        for slot in await searches.slots_of(work.tx, search.id)
        if slot.starts_at > work.now
    ]
    if not slots:
        raise Refusal("search.all_past", name=search.name)
    if not roll:
        raise Refusal("meetings.nobody", body=search.name)
    answers = [
        Answer(reply.member_id, reply.position, _CAN[reply.answer])
        for reply in await searches.replies_of(work.tx, search.id)
    ]
    return rank(slots, answers, roll, await quorum_of(work, search, len(roll)))


async def quorum_of(work: Work, search: Search, heads: int) -> int:
    """How many must come so that everything that waits for the body can be decided; 0 when no rule says."""
    roll = roll_of(search.body, heads)
    rules = [
        rule_of(wait)
        for wait in await waits.uncalled(work.tx, search.community_id)
        if wait.body == search.body
    ]
    return max((least_present(rule, roll) for rule in rules if rule), default=0)
