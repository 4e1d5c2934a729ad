"""A paper as lines of text: for the chat, and for whoever approves what will be public."""

from functools import singledispatch

from handlers.papers.model import (
    Authorship,
    Block,
    CheckRow,
    Edition,
    Field,
    Fields,
    Heading,
    Note,
    Paper,
    PaperKind,
    Paragraph,
    SignatureLines,
    Table,
)
from handlers.papers.wording import kind_name, long_day
from handlers.refusals import Refusal
from handlers.texts import text

GAP = "\u3000\u3000"
"""What keeps things on one line apart: two ideographic blanks."""


def as_text(paper: Paper) -> tuple[str, ...]:
    """Every line of a paper, top to bottom, none empty."""
    blocks = (line for block in paper.blocks for line in block_lines(block))
    lines = (*opening_lines(paper), *blocks, *closing_lines(paper), *check_lines(paper))
    return tuple(part for line in lines for part in line.split("\n") if part.strip())


def what_is_public(paper: Paper) -> tuple[str, ...]:
    """Every line that everybody will be able to read, for the approval. Refusal for a full edition: it never is."""
    if paper.edition is not Edition.PUBLIC:
        raise Refusal("papers.not_public", paper=kind_name(paper.kind, paper.edition))
    return as_text(paper)


def opening_lines(paper: Paper) -> tuple[str, ...]:
    """Title, number, period and addressee, as far as the paper has them."""
    addressed = text("papers.addressed", to=paper.addressed_to) if paper.addressed_to else ""
    return (paper.title, number_line(paper), period_line(paper), addressed)


def number_line(paper: Paper) -> str:
    """文号：….."""
    return text("papers.number_line", number=paper.number)


def period_line(paper: Paper) -> str:
    """What the days of this kind of paper are called, and the days."""
    first, last = paper.period.first, paper.period.last
    if paper.kind is PaperKind.RESOLUTION or first == last:
        days = long_day(first)
    else:
        days = text("papers.from_to", first=long_day(first), last=long_day(last))
    return text("papers.period", label=text(f"papers.period_{paper.kind}"), days=days)


def closing_lines(paper: Paper) -> tuple[str, ...]:
    """Who drafted it, where that must be said; then the 落款: signatures, unit, day."""
    drafted = (text("papers.drafted_by_machine"),) if paper.authorship is Authorship.MACHINE else ()
    signed = tuple(field_line(field) for field in paper.signatures)
    return (*drafted, *signed, paper.issuer, long_day(paper.dated))


def check_lines(paper: Paper) -> tuple[str, ...]:
    """Where the paper can be checked, and a ballot's own code."""
    code = (text("papers.code_line", code=paper.code),) if paper.code else ()
    key = "papers.check_line" if paper.check_url.startswith("http") else "papers.check_by_word"
    return (*code, text(key, url=paper.check_url))


def field_line(field: Field) -> str:
    """标签：内容."""
    return text("papers.field", label=field.label, value=field.value)


def check_row_line(row: CheckRow) -> str:
    """标签：□ 赞成 □ 反对."""
    boxes = GAP.join(text("papers.box", option=option) for option in row.options)
    return text("papers.field", label=row.label, value=boxes)


def note_line(note: Note) -> str:
    """A person's words with their mark."""
    return text("papers.note", words=note.words, by=note.by)


@singledispatch
def block_lines(block: Block) -> tuple[str, ...]:
    """The lines of one block; a heading's and a paragraph's are its words."""
    assert isinstance(block, Heading | Paragraph)
    return (block.words,)


@block_lines.register
def _(block: Fields) -> tuple[str, ...]:
    return tuple(field_line(row) for row in block.rows)


@block_lines.register
def _(block: Table) -> tuple[str, ...]:
    bar = text("papers.bar")
    return tuple(bar.join(cells) for cells in (block.headers, *block.rows))


@block_lines.register
def _(block: CheckRow) -> tuple[str, ...]:
    return (check_row_line(block),)


@block_lines.register
def _(block: SignatureLines) -> tuple[str, ...]:
    return tuple(text("papers.to_sign", label=label) for label in block.labels)


@block_lines.register
def _(block: Note) -> tuple[str, ...]:
    return (note_line(block),)
