"""WordprocessingML as text, parsed once at the end (ISO/IEC 29500-1, 17). Lengths are twips: 567 to a centimetre.

Written directly, since python-docx walks the whole grid for every cell it hands out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NewType
from xml.sax.saxutils import escape, quoteattr

from handlers.papers.cleaning import clean

Xml = NewType("Xml", str)
"""One or more whole elements, everything in them escaped."""

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
LATIN = "Times New Roman"
_SOLID = 10


class Align(StrEnum):
    """Where a line stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


class Border(StrEnum):
    """How a table's lines are drawn; DASHED is for scissors."""

    SINGLE = "single"
    DASHED = "dashed"
    NONE = "nil"


class Row(StrEnum):
    """HEADER rows are repeated on every page; WHOLE rows are never split between two; LOOSE ones may be."""

    HEADER = "header"
    WHOLE = "whole"
    LOOSE = "loose"


class Weight(StrEnum):
    """How thick letters are."""

    PLAIN = "plain"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Type:
    """Letters: an East Asian font, a size in points, a weight."""

    font: str = FANG
    size: float = 16
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Set:
    """How a paragraph is set: spaces in points, `indent` in characters on its first line.

    `stays` is `keepNext` or `pageBreakBefore`, where asked for.
    """

    align: Align = Align.LEFT
    before: float = 0
    after: float = 0
    indent: int = 0
    stays: str = ""


def element(tag: str, *parts: Xml, **attributes: str | int) -> Xml:
    """`element("sz", val=24)`: tag and attributes are in the w namespace."""
    given = "".join(f" w:{name}={quoteattr(str(value))}" for name, value in attributes.items())
    return Xml(f"<w:{tag}{given}>{''.join(parts)}</w:{tag}>" if parts else f"<w:{tag}{given}/>")


def joined(parts: Iterable[Xml]) -> Xml:
    """Elements one after the other."""
    return Xml("".join(parts))


def run(words: str, kind: Type) -> Xml:
    """Words in one kind of letters; line breaks become elements, what XML cannot hold is gone."""
    lines = escape(clean_inside(words)).split("\n")
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return Xml(f"<w:r>{letters(kind)}{pieces}</w:r>")


def clean_inside(words: str) -> str:
    """Cleaned, but with the blanks at its ends: a run stands between others. Tabs become blanks."""
    kept = clean(f"|{words}|".replace("\t", " "))
    return kept[1:-1]


def counter(instruction: str, kind: Type) -> Xml:
    """A field the reader's program fills in: PAGE or NUMPAGES."""
    return element("fldSimple", run("1", kind), instr=instruction)


def paragraph(parts: Xml, how: Set, kind: Type) -> Xml:
    """A paragraph of runs; `kind` gives the size that its indent and its empty line are measured in."""
    return Xml(f"<w:p>{_settings(how, kind)}{parts}</w:p>")


def line(words: str, kind: Type, how: Set = Set()) -> Xml:
    """A paragraph of one run."""
    return paragraph(run(words, kind), how, kind)


def cell(parts: Xml, width: int) -> Xml:
    """A cell of paragraphs (and tables, which a paragraph must follow)."""
    settings = element("tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center"))
    return element("tc", settings, parts)


def row(cells: Iterable[Xml], sort: Row, height: int = 0) -> Xml:
    """A row at least `height` high."""
    whole = element("cantSplit") if sort is not Row.LOOSE else Xml("")
    high = element("trHeight", val=height, hRule="atLeast") if height else Xml("")
    repeated = element("tblHeader") if sort is Row.HEADER else Xml("")
    return element("tr", element("trPr", whole, high, repeated), *cells)


def table(rows: Iterable[Xml], widths: Sequence[int], border: Border) -> Xml:
    """A table of fixed columns, so that every program draws it alike."""
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", _ruling(sum(widths), border), grid, *rows)


def shared_out(shares: Sequence[int], whole: int) -> list[int]:
    """Widths in twips that add up to `whole` exactly, in these shares."""
    marks = [edge * whole // sum(shares) for edge in accumulate(shares, initial=0)]
    return [last - first for first, last in pairwise(marks)]


@lru_cache(64)
def letters(kind: Type) -> Xml:
    """The East Asian font goes by its Chinese name, as Word and WPS on Chinese machines know it."""
    fonts = element("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=kind.font, cs=LATIN)
    bold = element("b") if kind.weight is Weight.BOLD else Xml("")
    size = round(kind.size * 2)
    return element("rPr", fonts, bold, element("sz", val=size), element("szCs", val=size))


@lru_cache(256)
def _settings(how: Set, kind: Type) -> Xml:
    stays = element(how.stays) if how.stays else Xml("")
    before, after = _twips(how.before), _twips(how.after)
    spacing = element("spacing", before=before, after=after, line=_leading(kind), lineRule="auto")
    first = _twips(how.indent * kind.size)
    indent = element("ind", firstLineChars=how.indent * 100, firstLine=first) if how.indent else Xml("")
    return element("pPr", stays, spacing, indent, element("jc", val=how.align), letters(kind))


def _leading(kind: Type) -> int:
    """In 240ths of a line: a quarter more than the letters, but small ones are set solid."""
    return 300 if kind.size > _SOLID else 240


@lru_cache(64)
def _ruling(width: int, border: Border) -> Xml:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (element(side, val=border, sz=4, space=0, color="000000") for side in sides)
    margins = (element(side, w=85, type="dxa") for side in ("left", "right"))
    return element(
        "tblPr",
        element("tblW", w=width, type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *lines),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
    )


def _twips(points: float) -> int:
    return round(points * 20)
