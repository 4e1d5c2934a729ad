"""What all papers are put together from: the envelope around, and blocks that leave out what is empty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handlers.papers.cleaning import clean
from handlers.papers.face import Face
from handlers.papers.facts import Envelope, Person, Promise
from handlers.papers.model import Block, Edition, Field, Fields, Note, Paper, PaperKind, Period, Table
from handlers.papers.required import label
from handlers.papers.wording import long_day
from handlers.refusals import Refusal
from handlers.texts import text


@dataclass(frozen=True, slots=True)
class Content:
    """A paper's own part: what its envelope does not say. Title and addressee still have to pass the face."""

    title: str
    period: Period
    blocks: Iterable[Block]
    addressed_to: str = ""
    code: str = ""


def enclose(kind: PaperKind, envelope: Envelope, face: Face, content: Content) -> Paper:
    """Put number, issuer, day, signatures and check around a paper's content; empty blocks are dropped."""
    return Paper(
        kind=kind,
        edition=face.edition,
        number=clean(envelope.number),
        title=face.words(content.title),
        addressed_to=face.words(content.addressed_to),
        period=content.period,
        blocks=_joined(block for block in content.blocks if not _bare(block)),
        signatures=tuple(Field(face.words(role), face.person(who)) for role, who in envelope.signatures),
        issuer=face.words(envelope.issuer),
        dated=envelope.dated,
        made_at=envelope.made_at,
        check_url=clean(envelope.check_url),
        authorship=envelope.authorship,
        code=clean(content.code),
    )


def fields(*rows: tuple[str, str]) -> Fields:
    """Labels (by their names in the texts) with values; a row without a value is left out."""
    return Fields(tuple(Field(label(name), value) for name, value in rows if value))


def said(face: Face, lines: Iterable[str]) -> tuple[str, ...]:
    """Free lines as this face says them, empty ones dropped."""
    return tuple(line for line in (face.words(line) for line in lines) if line)


def days(first: date, last: date) -> Period:
    """The days a paper is about. Refusal where they are the wrong way round."""
    if last < first:
        raise Refusal("papers.days_reversed", first=long_day(first), last=long_day(last))
    return Period(first, last)


def note(face: Face, words: str, by: Person | None) -> Note:
    """A person's own words, marked with who wrote them."""
    return Note(face.words(words), face.person(by) if by else text("papers.a_person"))


def promises(face: Face, heading: str, made: tuple[Promise, ...]) -> Table | None:
    """What is to be done, by whom, until when; None where nothing is."""
    if not made:
        return None
    headers = (label(heading), label("owner"), label("due"), label("funding"))
    rows = tuple(_promise(face, promise) for promise in made)
    return Table(headers, rows, (6, 5, 5, 4))


def _promise(face: Face, promise: Promise) -> tuple[str, ...]:
    due = long_day(promise.due) if promise.due else text("papers.none")
    funding = face.words(promise.funding) or text("papers.none")
    return (face.words(promise.content), face.person(promise.owner), due, funding)


def kept_inside(kind: PaperKind, edition: Edition) -> None:
    """Refuse a public edition of what is never public: signatures and ballots of named people."""
    if edition is Edition.PUBLIC:
        raise Refusal("papers.never_public", paper=text(f"papers.kind_{kind}"))


def _joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Fields that follow fields are one block."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Fields) and made and isinstance(made[-1], Fields):
            made[-1] = Fields((*made[-1].rows, *block.rows))
        else:
            made.append(block)
    return tuple(made)


def _bare(block: Block) -> bool:
    if isinstance(block, Fields | Table):
        return not block.rows
    return hasattr(block, "words") and not block.words
