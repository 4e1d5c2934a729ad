"""Letting a paper be public: seen first, then posted where it was asked for; and taking back what no longer holds."""

from handlers.audience import publication_groups
from handlers.events import PaperPublished, PaperWithdrawn
from handlers.intake.masking import mask
from handlers.office.finding import require_holding
from handlers.office.views import public_card, public_of
from handlers.papers.model import PaperKind
from handlers.papers.stored import parse_filed
from handlers.permissions import DESK, require
from handlers.refusals import Refusal
from handlers.shelf.topics import any_private, topics_of
from handlers.texts import text
from handlers.work import Work
from storage import groups, papers, units
from storage.groups import address_of
from storage.messages import Address
from storage.records import GroupRole, StoredPaper


async def require_desk(work: Work, stored: StoredPaper) -> None:
    """Refuse whoever does not answer for the community's papers."""
    await require(work, await units.get(work.tx, stored.community_id), *DESK)


async def may_be_public(work: Work, stored: StoredPaper) -> list[Address]:
    """Where the paper would go. Refusal for one that must not, was before, or no longer holds."""
    await require_desk(work, stored)
    if stored.kind == PaperKind.MINUTES:
        raise Refusal("office.publish_minutes")
    public_of(stored)
    await require_holding(work, stored)
    if stored.approved_at is not None:
        raise Refusal("office.public_already", number=stored.number)
    if await any_private(work.tx, await topics_of(work.tx, stored.subject)):
        raise Refusal("office.private_alone")
    return await _places(work, stored)


async def publish(work: Work, stored: StoredPaper) -> list[Address]:
    """Post it; who let it and when is kept. Returns where it went."""
    places = await may_be_public(work, stored)
    approver = await work.someone()
    await papers.approve(work.tx, stored.id, approver.id, work.now)
    card = public_card(stored, parse_filed(stored.body))
    for place in places:
        work.say(place, card, once=f"paper:{stored.id}:public:{place}")
    await work.record(PaperPublished(stored.id))
    return places


async def withdraw(work: Work, stored: StoredPaper, reason: str) -> None:
    """A paper no longer holds; where it was public, that is said too."""
    await require_desk(work, stored)
    await require_holding(work, stored)
    shown = mask(reason)
    if stored.approved_at is not None:
        said = text(
            "office.withdrawn_said", title=public_of(stored).title, number=stored.number, reason=shown
        )
        for place in await _places(work, stored):
            work.say(place, said, once=f"paper:{stored.id}:withdrawn:{place}")
    await work.record(PaperWithdrawn(stored.id, shown))


async def _places(work: Work, stored: StoredPaper) -> list[Address]:
    """The boards of the community and every group that raised a matter of the paper; each once."""
    community = await units.get(work.tx, stored.community_id)
    boards = await groups.below(work.tx, community, GroupRole.HOUSEHOLD_NOTICE)
    found = dict.fromkeys(address_of(board) for board in boards)
    for topic_id in await topics_of(work.tx, stored.subject):
        found.update(dict.fromkeys(await publication_groups(work, topic_id, community)))
    return list(found)
