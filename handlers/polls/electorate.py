"""The frozen electorate of a poll: an elector for everybody who may cast, under the entry that is counted."""

from collections.abc import Iterable
from datetime import datetime

from handlers.bodies import Entry, entries
from handlers.work import Work
from storage.records import Elector


async def electorate_for(work: Work, body: str, topic_id: int | None, at: datetime) -> list[Elector]:
    """Who decides, as of the opening. Refusal where the roll is not settled: it names doors, for the office alone."""
    return list(electors_of(await entries(work, body, topic_id, at)))


def electors_of(roll: Iterable[Entry]) -> Iterable[Elector]:
    """Those who share an entry stand under its first, and the area stands with that one alone."""
    for entry in roll:
        first = entry.members[0]
        for member_id in entry.members:
            area = entry.area if member_id == first else None
            yield Elector(0, member_id, entry.reason, area, first)
