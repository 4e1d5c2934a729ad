"""What texts say to the community they are said in."""

from handlers.intake.hearing import Hearing, shipped_hearing
from handlers.intake.reading import Reading
from handlers.work import Work
from storage import units


def hearing_of(work: Work, community_id: int) -> Hearing:
    """How a community is heard."""
    return work.house.hearings.of(community_id)


async def hearing(work: Work) -> Hearing:
    """How the community is heard that this event belongs to."""
    book = work.house.hearings
    if book.is_one or not (work.group or work.member):
        return book.usual
    community = await units.community_of(work.tx, await work.unit())
    return book.of(community.id) if community else book.usual


def reading_of(words: str) -> Reading:
    """What of a text is compared, whichever community it was said in."""
    return shipped_hearing().reading_of(words)
