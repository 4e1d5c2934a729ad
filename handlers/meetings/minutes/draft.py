"""A version as a paper, for whoever turns papers into files."""

from handlers.papers.kept_minutes import parse_minutes
from handlers.papers.model import Paper
from storage import minutes
from storage.database import Transaction


async def draft_paper(tx: Transaction, minutes_id: int) -> Paper | None:
    """The full edition of a version as it was kept; None for a version there is not."""
    version = await minutes.find(tx, minutes_id)
    return parse_minutes(version.body).full if version else None
