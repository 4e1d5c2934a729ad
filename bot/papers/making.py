"""Files that the house makes itself, turned into bytes when they are sent.

A `ref` is "made:<what>:<which>[:public]" (`storage.messages.MADE`). What is stored is read in one transaction, then
drawn on a thread of its own, so that nothing else waits for a large paper; asked again, the same bytes come out.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import DBAPIError

from bot.inlet import outside_our_power
from bot.papers.ballots import Layout, render_ballots
from bot.papers.calendar import invitation_ics
from bot.papers.codes import qr_png
from bot.papers.picture import picture
from bot.papers.sheets import render_docx
from bot.platforms.base import Unavailable
from handlers.meetings.minutes.draft import draft_paper
from handlers.papers.model import Edition, PaperKind
from handlers.papers.stored import Filed, parse_filed
from handlers.settings import Settings
from handlers.shelf.calendars import calendar_facts
from handlers.texts import text
from storage import meetings, papers
from storage.database import Database, Transaction
from storage.messages import MADE, Card, File, FileKind, Made

log = structlog.get_logger()
_LONGEST_KEY = 18
_PAGED = frozenset({"paper", "picture"})

Draw = Callable[[], bytes | None]
"""Draws what was read; None where it cannot be drawn on this machine."""
Read = Callable[[Transaction, str, Settings], Coroutine[object, object, Draw | None]]
"""Reads what is behind the rest of a `ref`; None where there is no such thing."""


@dataclass(frozen=True, slots=True)
class Making:
    """Makes the files of a card."""

    database: Database
    settings: Settings

    async def fulfil(self, card: Card) -> tuple[Card, tuple[Made, ...]]:
        """The card with the files that could be made; its text says which could not. Raises Unavailable for the disk."""
        wanted = [file for file in card.files if file.is_made]
        if not wanted:
            return card, ()
        found = {file.ref: await self._instead(file) for file in wanted}
        made = tuple(one for one in found.values() if one)
        missing = [file for file in wanted if found[file.ref] is None]
        return _with(card, found, missing), made

    async def _instead(self, file: File) -> Made | None:
        """A picture no font is there for comes as the document it would have shown."""
        made = await self.make(file)
        if made is None and file.kind is FileKind.PHOTO:
            document = replace(
                file,
                kind=FileKind.DOCUMENT,
                ref=file.ref.replace(f"{MADE}picture:", f"{MADE}paper:", 1),
                name=file.name.removesuffix(".png") + ".docx",
            )
            return await self.make(document) if document.ref != file.ref else None
        return made

    async def make(self, file: File) -> Made | None:
        """One file; None for one that cannot be made, which is noted for the operator."""
        what, _, rest = file.ref.removeprefix(MADE).partition(":")
        read = _SOURCES.get(what)
        if read is None:
            return None
        try:
            draw = await self.database.read(lambda tx: read(tx, rest, self.settings))
            content = await asyncio.to_thread(draw) if draw else None
            page = await self._page(what, rest)
        except DBAPIError as error:
            if outside_our_power(error):
                raise Unavailable("what is to be sent cannot be read now") from error
            raise
        except Exception:
            log.exception("a file could not be made", what=what)
            return None
        return None if content is None else Made(file.kind, file.ref, file.name, content, page)

    async def _page(self, what: str, rest: str) -> str:
        """Where a kept paper is looked at; "" for what has no page, and where there are none."""
        if what not in _PAGED or not self.settings.public_url:
            return ""
        key, _, _ = rest.partition(":")
        stored = await self.database.read(lambda tx: papers.find(tx, _key(key)))
        return f"{self.settings.public_url}/p/{stored.code}" if stored else ""


def _with(card: Card, found: Mapping[str, Made | None], missing: list[File]) -> Card:
    files: dict[str, File] = {}
    for file in card.files:
        made = found.get(file.ref) if file.is_made else None
        shown = File(made.kind, made.ref, made.name) if made else file
        if made or not file.is_made:
            files[shown.ref] = shown
    names = text("papers.and").join(file.name or file.kind for file in missing)
    words = card.text if not missing else f"{card.text}\n{text('shelf.not_made', files=names)}".strip()
    return replace(card, text=words, files=tuple(files.values()))


def drawn(filed: Filed, edition: Edition) -> bytes | None:
    """A kept paper as .docx, of ballots the whole stack, four to a page; None where there is no such edition."""
    paper = filed.edition(edition)
    if paper is None:
        return None
    if paper.kind is PaperKind.BALLOT:
        return render_ballots(filed.papers, Layout.FOUR)
    return render_docx(paper)


async def _paper(tx: Transaction, rest: str, _: Settings) -> Draw | None:
    filed, edition = await _filed(tx, rest)
    return (lambda: drawn(filed, edition)) if filed else None


async def _picture(tx: Transaction, rest: str, _: Settings) -> Draw | None:
    filed, edition = await _filed(tx, rest)
    paper = filed.edition(edition) if filed else None
    return (lambda: picture(paper)) if paper else None


async def _filed(tx: Transaction, rest: str) -> tuple[Filed | None, Edition]:
    key, _, edition = rest.partition(":")
    stored = await papers.find(tx, _key(key))
    wanted = Edition(edition) if edition else Edition.FULL
    return (parse_filed(stored.body) if stored else None), wanted


async def _meeting(tx: Transaction, rest: str, settings: Settings) -> Draw | None:
    meeting = await meetings.find(tx, _key(rest))
    if meeting is None:
        return None
    facts = await calendar_facts(tx, meeting, settings.zone)
    return lambda: invitation_ics(facts)


async def _minutes(tx: Transaction, rest: str, _: Settings) -> Draw | None:
    paper = await draft_paper(tx, _key(rest))
    return (lambda: render_docx(paper)) if paper else None


async def _code(_: Transaction, rest: str, __: Settings) -> Draw | None:
    return lambda: qr_png(rest)


def _key(written: str) -> int:
    """An id of a row; 0, which none has, for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _LONGEST_KEY else 0


_SOURCES: Mapping[str, Read] = {
    "paper": _paper,
    "picture": _picture,
    "meeting": _meeting,
    "ics": _meeting,
    "minutes": _minutes,
    "qr": _code,
}
