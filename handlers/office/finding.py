"""Finding the paper somebody means, and whether it still holds."""

import json
from dataclasses import dataclass
from enum import StrEnum

from handlers.events import PaperWithdrawn
from handlers.keys import first_key
from handlers.refusals import Refusal
from handlers.work import Work
from storage import journal, papers
from storage.database import Transaction
from storage.records import StoredPaper, Unit


class Standing(StrEnum):
    """Whether a paper holds: CORRECTED has a newer version, WITHDRAWN holds no longer."""

    HOLDS = "holds"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Found:
    """How a paper stands, and why; `newest` is its latest version."""

    standing: Standing
    reason: str
    newest: StoredPaper


async def numbered(work: Work, community: Unit, number: int) -> StoredPaper:
    """The newest version of the paper with this number. Refusal where there is none."""
    paper = await papers.numbered(work.tx, community.id, number)
    if paper is None:
        raise Refusal("office.no_paper", number=number)
    return paper


async def pressed(work: Work, arguments: tuple[str, ...]) -> StoredPaper:
    """The paper of a button. Refusal for one that is not there or not of this community."""
    key = first_key(arguments)
    paper = await papers.find(work.tx, key) if key else None
    if paper is None or paper.community_id != (await work.community()).id:
        raise Refusal("dispatch.stale_button")
    return paper


async def standing_of(tx: Transaction, paper: StoredPaper) -> Found:
    """How a paper stands now. Withdrawn is the number, whatever its version."""
    versions = await papers.versions(tx, paper)
    for one in versions:
        for entry in await journal.of(tx, f"paper:{one.id}"):
            if entry.event == PaperWithdrawn.__name__:
                return Found(Standing.WITHDRAWN, str(json.loads(entry.detail)["reason"]), versions[-1])
    newest = versions[-1]
    return Found(Standing.HOLDS if newest.id == paper.id else Standing.CORRECTED, "", newest)


async def require_holding(work: Work, paper: StoredPaper) -> None:
    """Refuse what can only be done with a paper that holds."""
    found = await standing_of(work.tx, paper)
    if found.standing is Standing.WITHDRAWN:
        raise Refusal("office.withdrawn_already", number=paper.number, reason=found.reason)
    if found.standing is Standing.CORRECTED:
        raise Refusal("office.corrected_meanwhile", number=paper.number)
