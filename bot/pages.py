"""The pages people reach from a paper or a phone: what a paper is, and a body's calendar. They show what may be seen.

Whoever asks for what is not there gets the same answer whatever they asked for, and the database is asked only for
keys of the right form. Nothing here may be kept by anybody on the way.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.papers.calendar import feed_ics
from handlers.bodies import name_of
from handlers.codes import ALPHABET, LENGTH
from handlers.office.finding import Found, Standing, standing_of
from handlers.papers.facts import CalendarFacts
from handlers.papers.lines import as_text, period_line
from handlers.papers.model import Edition, Paper
from handlers.papers.stored import parse_filed
from handlers.papers.wording import kind_name, long_day
from handlers.settings import Settings
from handlers.shelf.calendars import calendar_facts, touches_private
from handlers.texts import text
from storage import feeds, papers
from storage.database import Database, Transaction
from storage.records import StoredPaper

_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_TOKEN = re.compile(r"[0-9a-f]{48}")
_BEHIND_US = timedelta(days=90)
"""How long a meeting stays in a calendar after it was held."""
_GUARDED = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_FRAME = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>\
<meta name="viewport" content="width=device-width,initial-scale=1"><style>\
body{{font:20px/1.7 sans-serif;max-width:40em;margin:1em auto;padding:0 1em;color:#111}}\
h1{{font-size:1.3em}}</style></head><body><h1>{title}</h1>{body}</body></html>"""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paper as far as a stranger may see it; `newer` is the code of the version that took its place."""

    stored: StoredPaper
    found: Found
    full: Paper
    public: Paper | None

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said of it: what it is, whether it holds, and the public edition where it was published."""
        shown = (
            self.public if self.stored.approved_at and self.found.standing is not Standing.WITHDRAWN else None
        )
        head = (
            text("office.page_what", number=self.full.number, kind=kind_name(self.full.kind, Edition.FULL)),
            text("office.page_made", day=long_day(self.full.dated)),
            period_line(self.full),
            text(f"office.page_{self.found.standing}", reason=self.found.reason),
        )
        if shown is None:
            return (*head, text("office.page_unpublished"))
        return (*head, text("office.page_published"), *as_text(shown))


@dataclass(frozen=True, slots=True)
class Pages:
    """What the pages are drawn from."""

    database: Database
    settings: Settings
    clock: Clock

    def routes(self) -> list[Route]:
        """/p/<code> and /calendar/<token>.ics."""
        return [
            Route("/p/{code}", self.paper, methods=["GET"]),
            Route("/calendar/{token}.ics", self.calendar, methods=["GET"]),
        ]

    async def paper(self, request: Request) -> Response:
        """What the paper with this code is."""
        code = request.path_params["code"].upper()
        seen = await self.database.read(lambda tx: _seen(tx, code)) if _CODE.fullmatch(code) else None
        if seen is None:
            return _unknown()
        return _page([escape(line) for line in seen.lines], _link(seen), HTTPStatus.OK)

    async def calendar(self, request: Request) -> Response:
        """The meetings of the body behind this token."""
        token = request.path_params["token"]
        found = (
            await self.database.read(lambda tx: self._meetings(tx, token))
            if _TOKEN.fullmatch(token)
            else None
        )
        if found is None:
            return _unknown()
        name, facts = found
        content = await asyncio.to_thread(feed_ics, name, facts)
        return Response(content, media_type="text/calendar; charset=utf-8", headers=_GUARDED)

    async def _meetings(self, tx: Transaction, token: str) -> tuple[str, list[CalendarFacts]] | None:
        feed = await feeds.by_token(tx, token)
        if feed is None:
            return None
        told = [
            await calendar_facts(tx, meeting, self.settings.zone)
            for meeting in await feeds.meetings_in(tx, feed, self.clock.now() - _BEHIND_US)
            if not await touches_private(tx, meeting)
        ]
        return name_of(feed.body), told


async def _seen(tx: Transaction, code: str) -> _Seen | None:
    stored = await papers.by_code(tx, code)
    if stored is None:
        return None
    filed = parse_filed(stored.body)
    return _Seen(stored, await standing_of(tx, stored), filed.papers[0], filed.public)


def _link(seen: _Seen) -> str:
    if seen.found.standing is not Standing.CORRECTED:
        return ""
    return f'<p><a href="{escape(seen.found.newest.code)}">{escape(text("office.page_newest"))}</a></p>'


def _unknown() -> Response:
    return _page([escape(text("office.page_unknown"))], "", HTTPStatus.NOT_FOUND)


def _page(lines: list[str], link: str, status: HTTPStatus) -> Response:
    """Escaped lines as paragraphs."""
    body = "".join(f"<p>{line}</p>" for line in (*lines, text("office.page_by"))) + link
    return HTMLResponse(_FRAME.format(title=text("office.page_title"), body=body), status, _GUARDED)
