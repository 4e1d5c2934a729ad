"""Whether something said in passing may be written down without a person's word: never, unless the operator said so."""

from datetime import timedelta

from handlers.intake.measuring import settled, standing, trusted
from handlers.intake.reading import Understanding
from handlers.issues.reading import hearing
from handlers.work import Work
from storage import lessons
from storage.records import Category, Kind, Level

REMEMBERED, LATEST = timedelta(days=365), 200
"""How far back people's judgements count, and how many of a class."""


async def needs_nobody(work: Work, words: str) -> bool:
    """Of a category the operator named, and which people here have found to be understood well enough this past year."""
    if not work.settings.automatic:
        return False
    found = (await hearing(work)).understood(words)
    if found.category not in work.settings.automatic or _needs_a_person(found):
        return False
    community = await work.community()
    since = work.now - REMEMBERED
    taught = await lessons.of_class(work.tx, community.id, found.category, since, LATEST)
    return trusted(standing(settled(taught), found.category), work.settings.trust)


def _needs_a_person(found: Understanding) -> bool:
    """Danger rings for people anyway, and what is between neighbours is looked at before a word is said."""
    private = found.kind is Kind.DISPUTE or found.category is Category.NEIGHBOURS
    return private or found.urgency.level is Level.U0 or found.second is not None
