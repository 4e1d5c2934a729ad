"""Keeping a paper: its number without gaps, its code, everything around its text; what is kept is what is printed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.codes import code_from
from handlers.events import PaperFiled
from handlers.moments import local_date
from handlers.papers.face import face_of
from handlers.papers.facts import Envelope
from handlers.papers.model import Edition, Note, Paper, PaperKind
from handlers.papers.stored import Filed, dump_filed
from handlers.papers.wording import kind_name
from handlers.shelf.roll import roll_of
from handlers.shelf.topics import any_private, complainants, topics_of
from handlers.texts import text
from handlers.work import Work
from storage import papers, units
from storage.messages import MADE, File, FileKind
from storage.records import StoredPaper, Unit

INSIDE = frozenset({PaperKind.SIGN_IN, PaperKind.BALLOT})
"""What has no public edition."""
_CODE_BYTES = 8

Making = Callable[[Envelope, Edition], Paper | tuple[Paper, ...]]
"""Assembles one edition inside the envelope that it is given; of ballots the whole stack."""


@dataclass(frozen=True, slots=True)
class Order:
    """A paper to be kept. `subject` is what it is about: "meeting:3", "topic:7", "poll:4", "task:5".

    With a `reason` it corrects `replaces`, or the paper made last of this kind about this subject, and bears the
    same number. `asked` are the words it was asked for with.
    """

    community: Unit
    subject: str
    kind: PaperKind
    making: Making
    reason: str = ""
    replaces: StoredPaper | None = None
    asked: str = ""


async def file_paper(work: Work, order: Order) -> StoredPaper:
    """Make and keep it. Refusal of the making (a field that is missing …) before anything is written."""
    before = await _before(work, order)
    envelope = await _envelope(work, order)
    order.making(envelope, Edition.FULL)
    year, number, version = await _number(work, order, before)
    code = code_from(work.house.random(_CODE_BYTES))
    shown = number_of(order.community, year, number, version)
    envelope = replace(envelope, number=shown, check_url=_check(work, shown, code))
    filed = await _filed(work, order, envelope)
    stored = await papers.add(
        work.tx,
        StoredPaper(
            id=0,
            community_id=order.community.id,
            year=year,
            number=number,
            version=version,
            kind=order.kind,
            subject=order.subject,
            title=filed.papers[0].title,
            body=dump_filed(filed),
            code=code,
            made_by=work.member.id if work.member else None,
            made_at=work.now,
            approved_by=None,
            approved_at=None,
        ),
    )
    await work.record(PaperFiled(stored.id, stored.kind, version, order.reason))
    return stored


def number_of(community: Unit, year: int, number: int, version: int) -> str:
    """桂花里社区议事〔2026〕3号; a correction says which version it is."""
    shown = text("shelf.number", unit=community.name, year=year, number=number)
    return shown if version == 1 else text("shelf.number_again", number=shown, version=version)


def docx_of(stored: StoredPaper, edition: Edition = Edition.FULL) -> File:
    """The paper as a file that an office prints."""
    return File(FileKind.DOCUMENT, _ref("paper", stored, edition), f"{_file_name(stored, edition)}.docx")


def picture_of(stored: StoredPaper, edition: Edition = Edition.FULL) -> File:
    """The paper as a picture for the chat."""
    return File(FileKind.PHOTO, _ref("picture", stored, edition), f"{_file_name(stored, edition)}.png")


def _ref(what: str, stored: StoredPaper, edition: Edition) -> str:
    return f"{MADE}{what}:{stored.id}" + (":public" if edition is Edition.PUBLIC else "")


def _file_name(stored: StoredPaper, edition: Edition) -> str:
    return text("shelf.file", number=stored.number, kind=kind_name(PaperKind(stored.kind), edition))


async def _before(work: Work, order: Order) -> StoredPaper | None:
    if order.replaces or not order.reason:
        return order.replaces
    return await papers.newest_about(work.tx, order.community.id, order.subject, order.kind)


async def _number(work: Work, order: Order, before: StoredPaper | None) -> tuple[int, int, int]:
    if before is not None:
        newest = (await papers.versions(work.tx, before))[-1]
        return newest.year, newest.number, newest.version + 1
    year = local_date(work.now, work.settings.zone).year
    return year, await units.next_number(work.tx, order.community.id, "paper", year), 1


async def _envelope(work: Work, order: Order) -> Envelope:
    """Everything but number and address, for which something stands that is never printed."""
    touched = await topics_of(work.tx, order.subject)
    return Envelope(
        number="-",
        issuer=_issuer(order.community),
        dated=local_date(work.now, work.settings.zone),
        made_at=work.now,
        zone=work.settings.zone,
        check_url="-",
        known=(await roll_of(work.tx, order.community)).everybody,
        complainants=await complainants(work.tx, touched),
    )


def _issuer(community: Unit) -> str:
    village = community.name.endswith("村")
    return text("shelf.issuer_village" if village else "shelf.issuer", unit=community.name)


def _check(work: Work, number: str, code: str) -> str:
    """Where the code leads; without pages outside, what to read out to the community."""
    if work.settings.public_url:
        return f"{work.settings.public_url}/p/{code}"
    return text("shelf.check_by_word", number=number, code=code)


async def _filed(work: Work, order: Order, envelope: Envelope) -> Filed:
    made = order.making(envelope, Edition.FULL)
    stack = made if isinstance(made, tuple) else (made,)
    public = await _public(work, order, envelope)
    if not order.reason:
        return Filed(stack, public, order.asked)
    return Filed(
        tuple(_explained(paper, envelope, order.reason) for paper in stack),
        _explained(public, envelope, order.reason) if public else None,
        order.asked,
        order.reason,
    )


async def _public(work: Work, order: Order, envelope: Envelope) -> Paper | None:
    private = await any_private(work.tx, await topics_of(work.tx, order.subject))
    if order.kind in INSIDE or private:
        return None
    made = order.making(envelope, Edition.PUBLIC)
    assert isinstance(made, Paper), "what is public is one paper"
    return made


def _explained(paper: Paper, envelope: Envelope, reason: str) -> Paper:
    """A correction opens with why it was made, in a person's words."""
    face = face_of(envelope, (), paper.edition)
    note = Note(face.words(text("shelf.corrected", reason=reason)), text("papers.a_person"))
    return replace(paper, blocks=(note, *paper.blocks))
