"""Papers as they were made, word for word; a correction is another version of the same number."""

from datetime import datetime

from sqlalchemy import bindparam, exists, select, update

from storage.database import Transaction
from storage.records import StoredPaper
from storage.rows import many, one
from storage.tables import papers

_LATER = papers.alias("later")
_NEWEST = ~exists().where(
    _LATER.c.community_id == papers.c.community_id,
    _LATER.c.year == papers.c.year,
    _LATER.c.number == papers.c.number,
    _LATER.c.version > papers.c.version,
)
_BY_ID = select(papers).where(papers.c.id == bindparam("id"))
_BY_CODE = select(papers).where(papers.c.code == bindparam("code"))
_BY_NUMBER = (
    select(papers)
    .where(papers.c.community_id == bindparam("community"), papers.c.number == bindparam("number"))
    .order_by(papers.c.year.desc(), papers.c.version.desc())
    .limit(1)
)
_OF_SUBJECT = (
    select(papers)
    .where(
        papers.c.community_id == bindparam("community"),
        papers.c.subject == bindparam("subject"),
        papers.c.kind == bindparam("kind"),
    )
    .order_by(papers.c.id.desc())
    .limit(1)
)
_LATEST = (
    select(papers)
    .where(papers.c.community_id == bindparam("community"), _NEWEST)
    .order_by(papers.c.year.desc(), papers.c.number.desc())
    .limit(bindparam("count"))
)
_VERSIONS = (
    select(papers)
    .where(
        papers.c.community_id == bindparam("community"),
        papers.c.year == bindparam("year"),
        papers.c.number == bindparam("number"),
    )
    .order_by(papers.c.version)
)


async def find(tx: Transaction, paper_id: int) -> StoredPaper | None:
    """The paper with this id, if there is one (buttons may say anything)."""
    return await one(tx, StoredPaper, _BY_ID, {"id": paper_id})


async def get(tx: Transaction, paper_id: int) -> StoredPaper:
    """The paper with this id."""
    paper = await find(tx, paper_id)
    assert paper is not None
    return paper


async def by_code(tx: Transaction, code: str) -> StoredPaper | None:
    """The paper that carries this code."""
    return await one(tx, StoredPaper, _BY_CODE, {"code": code})


async def numbered(tx: Transaction, community_id: int, number: int) -> StoredPaper | None:
    """The newest version of the newest paper of the community with this number."""
    return await one(tx, StoredPaper, _BY_NUMBER, {"community": community_id, "number": number})


async def newest_about(tx: Transaction, community_id: int, subject: str, kind: str) -> StoredPaper | None:
    """The paper of this kind made last about a subject such as "meeting:3"."""
    return await one(
        tx, StoredPaper, _OF_SUBJECT, {"community": community_id, "subject": subject, "kind": kind}
    )


async def latest(tx: Transaction, community_id: int, count: int) -> list[StoredPaper]:
    """The papers with the highest numbers, each in its newest version."""
    return await many(tx, StoredPaper, _LATEST, {"community": community_id, "count": count})


async def versions(tx: Transaction, paper: StoredPaper) -> list[StoredPaper]:
    """All versions of a paper, the first one first."""
    values = {"community": paper.community_id, "year": paper.year, "number": paper.number}
    return await many(tx, StoredPaper, _VERSIONS, values)


async def add(tx: Transaction, paper: StoredPaper) -> StoredPaper:
    """Keep a paper; the id is the database's to give."""
    fields = {name: getattr(paper, name) for name in papers.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(papers.insert(), fields))


async def approve(tx: Transaction, paper_id: int, member_id: int | None, now: datetime) -> bool:
    """Somebody lets it be public; False where somebody has before."""
    open_still = (papers.c.id == paper_id, papers.c.approved_at.is_(None))
    return bool(
        await tx.run(update(papers).where(*open_still).values(approved_by=member_id, approved_at=now))
    )
