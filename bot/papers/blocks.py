"""Every block of a paper as elements of a document, and the lines that open and close it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import singledispatch

from bot.papers.elements import (
    Align,
    Border,
    Row,
    Set,
    Type,
    Xml,
    cell,
    joined,
    line,
    paragraph,
    row,
    run,
    shared_out,
    table,
)
from bot.papers.looks import Arrangement, Look
from handlers.papers.lines import GAP, block_lines, closing_lines, note_line, number_line, period_line
from handlers.papers.model import (
    Block,
    CheckRow,
    Field,
    Fields,
    Heading,
    Note,
    Paper,
    Paragraph,
    SignatureLines,
    Table,
)
from handlers.texts import text

_LABEL_SHARE = (1, 4)
_SPACER = Type(size=4)
_SHORT = 6
"""Options up to this length stand side by side."""


def paper_elements(paper: Paper, look: Look, first: Set) -> list[Xml]:
    """A whole paper without its check; `first` sets its title."""
    addressed = text("papers.addressed", to=paper.addressed_to) if paper.addressed_to else ""
    under = (number_line(paper), period_line(paper))
    opening = [
        line(paper.title, look.title, replace(first, align=Align.CENTER, after=6)),
        *(line(words, look.table, Set(Align.CENTER)) for words in under),
        *([line(addressed, look.body, Set(before=6))] if addressed else []),
    ]
    blocks = [made for block in paper.blocks for made in draw(block, look)]
    return [*opening, *blocks, *_closing(paper, look)]


def _closing(paper: Paper, look: Look) -> list[Xml]:
    """Signatures and the mark of a machine's draft on the left, unit and day on the right, kept together."""
    *before, issuer, day = closing_lines(paper)
    return [
        *(line(words, look.table, Set(before=6, stays="keepNext")) for words in before),
        line(issuer, look.body, Set(Align.RIGHT, before=12, stays="keepNext")),
        line(day, look.body, Set(Align.RIGHT)),
    ]


@singledispatch
def draw(block: Block, look: Look) -> list[Xml]:
    """The elements of one block."""
    return [line(words, look.body) for words in block_lines(block)]


@draw.register
def _(block: Heading, look: Look) -> list[Xml]:
    return [line(block.words, look.label, Set(before=8, after=4, stays="keepNext"))]


@draw.register
def _(block: Paragraph, look: Look) -> list[Xml]:
    return _indented(block.words, look)


@draw.register
def _(block: Note, look: Look) -> list[Xml]:
    return _indented(note_line(block), look)


@draw.register
def _(block: Fields, look: Look) -> list[Xml]:
    if look.arrangement is Arrangement.RULED:
        return _ruled(block.rows, look)
    if look.arrangement is Arrangement.FLOWING:
        return _flowing(block.rows, look)
    return [_labelled(field, look) for field in block.rows]


@draw.register
def _(block: Table, look: Look) -> list[Xml]:
    widths = shared_out(block.widths, look.width)
    head = replace(look.table, font=look.label.font)
    rows = [
        row(_cells(block.headers, widths, head, Align.CENTER), Row.HEADER, look.row),
        *(row(_cells(cells, widths, look.table, Align.LEFT), Row.WHOLE, look.row) for cells in block.rows),
    ]
    return _spaced(table(rows, widths, Border.SINGLE))


@draw.register
def _(block: CheckRow, look: Look) -> list[Xml]:
    label = text("papers.field", label=block.label, value="")
    boxes = [text("papers.box", option=option) for option in block.options]
    if max(map(len, block.options)) <= _SHORT:
        boxes = [GAP.join(boxes)]
    return [
        line(label, look.label, Set(before=6, stays="keepNext")),
        *(line(box, look.boxes, Set(before=4)) for box in boxes),
    ]


@draw.register
def _(block: SignatureLines, look: Look) -> list[Xml]:
    how = Set(before=look.body.size / 2, stays="keepNext")
    lines = block_lines(block)
    if look.arrangement is Arrangement.FLOWING:
        lines = (GAP.join(lines),)
    return [line(words, look.body, how) for words in lines]


def _indented(words: str, look: Look) -> list[Xml]:
    how = Set(Align.BOTH, indent=2)
    return [line(part, look.body, how) for part in words.split("\n")]


def _labelled(field: Field, look: Look) -> Xml:
    return paragraph(_pair(field, look), Set(before=2), look.body)


def _flowing(fields: Iterable[Field], look: Look) -> list[Xml]:
    gap = run(GAP, look.body)
    return [paragraph(Xml(gap.join(_pair(field, look) for field in fields)), Set(before=2), look.body)]


def _pair(field: Field, look: Look) -> Xml:
    label = text("papers.field", label=field.label, value="")
    return joined((run(label, look.label), run(field.value, look.body)))


def _ruled(rows: Iterable[Field], look: Look) -> list[Xml]:
    widths = shared_out(_LABEL_SHARE, look.width)
    head = replace(look.table, font=look.label.font)
    made = (
        row(
            [
                cell(line(field.label, head, Set(Align.CENTER)), widths[0]),
                cell(_parts(field.value, look.table), widths[1]),
            ],
            Row.LOOSE,
            look.row,
        )
        for field in rows
    )
    return _spaced(table(made, widths, Border.SINGLE))


def _cells(words: Sequence[str], widths: Sequence[int], kind: Type, align: Align) -> list[Xml]:
    return [cell(_parts(part, kind, align), width) for part, width in zip(words, widths, strict=True)]


def _parts(words: str, kind: Type, align: Align = Align.LEFT) -> Xml:
    return joined(line(part, kind, Set(align)) for part in words.split("\n"))


def _spaced(made: Xml) -> list[Xml]:
    """Two tables with nothing between them would become one."""
    return [made, line("", _SPACER)]
