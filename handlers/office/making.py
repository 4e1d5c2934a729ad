"""出文 and 更正文书: one way from a wish to a paper on the shelf, whoever asks."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from handlers.labels import label
from handlers.office.asking import Particulars, Wish, read_particulars
from handlers.office.desk import Desk, Gathered
from handlers.office.of_ballots import ballots
from handlers.office.of_count import count_sheet
from handlers.office.of_decision import resolution
from handlers.office.of_letter import letter
from handlers.office.of_meeting import held, invitation, sign_in
from handlers.office.of_notice import notice, result_notice
from handlers.papers.model import Edition, PaperKind
from handlers.papers.stored import parse_filed
from handlers.papers.wording import kind_name
from handlers.refusals import Refusal
from handlers.shelf import Order, file_paper, roll_of
from handlers.shelf.topics import any_private, topics_of
from handlers.work import Work
from storage import meetings, papers, tasks, topics
from storage.records import StoredPaper, Unit

_GATHER: Mapping[PaperKind, Callable[[Desk, int], Awaitable[Gathered]]] = {
    PaperKind.INVITATION: invitation,
    PaperKind.SIGN_IN: sign_in,
    PaperKind.RESOLUTION: resolution,
    PaperKind.BALLOT: ballots,
    PaperKind.COUNT_SHEET: count_sheet,
    PaperKind.NOTICE: notice,
    PaperKind.RESULT_NOTICE: result_notice,
    PaperKind.LETTER: letter,
}
_MANY = frozenset({PaperKind.LETTER})
"""What may well be made again about the same thing: to somebody else."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes papers for a community."""

    work: Work
    community: Unit

    async def make(self, wish: Wish) -> StoredPaper:
        """Make a paper and keep it. Refusal where one is there already, or something it must say is not known."""
        if wish.kind is PaperKind.MINUTES:
            return await self._minutes(wish.number)
        gathered = await self._gather(wish)
        there = await self._there(wish.kind, gathered.subject)
        if there:
            raise Refusal(
                "office.there_already", paper=kind_name(wish.kind, Edition.FULL), number=there.number
            )
        return await self._file(wish.kind, self._order(wish.kind, gathered, wish.particulars))

    async def find_or_make(self, wish: Wish) -> StoredPaper:
        """The paper where it is there already, in its newest version; else a new one."""
        if wish.kind is PaperKind.MINUTES:
            return await self._minutes(wish.number)
        gathered = await self._gather(wish)
        there = await self._there(wish.kind, gathered.subject)
        return there or await self._file(wish.kind, self._order(wish.kind, gathered, wish.particulars))

    async def correct(self, before: StoredPaper, written: str) -> StoredPaper:
        """Make the next version, from what is recorded now and from what was added then and now; a reason must be given."""
        reason, added = read_particulars(written)
        if not reason:
            raise Refusal("office.correct_usage", number=before.number)
        kind = PaperKind(before.kind)
        if kind is PaperKind.MINUTES:
            raise Refusal("office.correct_minutes")
        _, earlier = read_particulars(parse_filed(before.body).asked)
        particulars = added.over(earlier)
        gathered = await _GATHER[kind](await self._desk(particulars), await self._number_of(before))
        if gathered.subject != before.subject:
            raise Refusal("office.other_subject", number=before.number)
        order = self._order(kind, gathered, particulars)
        return await self._file(kind, replace(order, reason=reason, replaces=before))

    def _order(self, kind: PaperKind, gathered: Gathered, particulars: Particulars) -> Order:
        return Order(self.community, gathered.subject, kind, gathered.making, asked=particulars.said)

    async def _desk(self, particulars: Particulars) -> Desk:
        return Desk(self.work, self.community, await roll_of(self.work.tx, self.community), particulars)

    async def _file(self, kind: PaperKind, order: Order) -> StoredPaper:
        """A field that is missing is said with how to give it."""
        try:
            return await file_paper(self.work, order)
        except Refusal as no:
            if no.key != "papers.missing":
                raise
            raise Refusal(
                "office.missing", paper=kind_name(kind, Edition.FULL), fields=no.values["fields"]
            ) from None

    async def _require_speakable(self, subject: str) -> None:
        """A matter of which nothing is told in groups is put on paper in private alone."""
        touched = await topics_of(self.work.tx, subject)
        if not self.work.event.private and await any_private(self.work.tx, touched):
            raise Refusal("office.private_alone")

    async def _gather(self, wish: Wish) -> Gathered:
        gathered = await _GATHER[wish.kind](await self._desk(wish.particulars), wish.number)
        await self._require_speakable(gathered.subject)
        return gathered

    async def _there(self, kind: PaperKind, subject: str) -> StoredPaper | None:
        if kind in _MANY:
            return None
        return await papers.newest_about(self.work.tx, self.community.id, subject, kind)

    async def _minutes(self, number: int) -> StoredPaper:
        """Minutes are on the shelf once the chair has approved them."""
        meeting = await held(await self._desk(Particulars({})), number)
        subject = f"meeting:{meeting.id}"
        found = await papers.newest_about(self.work.tx, self.community.id, subject, PaperKind.MINUTES)
        if found is None:
            raise Refusal("office.minutes_not_approved", meeting=label("meeting", meeting))
        return found

    async def _number_of(self, before: StoredPaper) -> int:
        """The number under which people know what a paper is about."""
        noun, _, key = before.subject.partition(":")
        tx = self.work.tx
        if noun == "meeting":
            return (await meetings.get(tx, int(key))).number
        if noun == "task":
            return (await tasks.get(tx, int(key))).number
        [topic_id] = await topics_of(tx, before.subject)
        return (await topics.get(tx, topic_id)).number
