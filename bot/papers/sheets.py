"""A paper as one .docx: its text, and on every page its number, its check and the page's place among the others."""

from docx.document import Document as Docx
from docx.parts.story import StoryPart

from bot.papers.blocks import paper_elements
from bot.papers.canvas import blank, finish, parsed, picture
from bot.papers.elements import (
    HEI,
    SONG,
    Align,
    Border,
    Row,
    Set,
    Type,
    Xml,
    cell,
    counter,
    joined,
    line,
    paragraph,
    row,
    run,
    table,
)
from bot.papers.looks import LOOKS, Look
from handlers.papers.lines import check_lines, number_line
from handlers.papers.model import Paper, PaperKind
from handlers.texts import text

SMALL = Type(SONG, 9)
_TINY = Type(size=2)
_CODE = Type(HEI, 12)
_CODE_SIZE = 1.8
_CODE_WIDTH = 1304
_HEADED = {PaperKind.SIGN_IN, PaperKind.MINUTES, PaperKind.COUNT_SHEET}
"""Papers of several pages, which carry their name on each."""


def render_docx(paper: Paper) -> bytes:
    """Return the paper as .docx; equal papers give equal bytes. A ballot comes as one page."""
    look = LOOKS[paper.kind]
    document = blank(look)
    if paper.kind in _HEADED:
        _head(document, paper)
    _foot(document, paper, look)
    return finish(document, paper_elements(paper, look, Set()), paper.title, paper.made_at)


def check_strip(part: StoryPart, paper: Paper, width: int, number: int, below: tuple[Xml, ...] = ()) -> Xml:
    """Number, address and code on the left, the QR code at the right edge; `below` goes under the words."""
    words = [number_line(paper), *check_lines(paper)]
    widths = [width - _CODE_WIDTH, _CODE_WIDTH]
    told = [line(one, _CODE if paper.code and index == 1 else SMALL) for index, one in enumerate(words)]
    drawn = paragraph(picture(part, paper.check_url, number, _CODE_SIZE), Set(Align.RIGHT), SMALL)
    cells = (cell(joined((*told, *below)), widths[0]), cell(drawn, widths[1]))
    return table([row(cells, Row.WHOLE)], widths, Border.NONE)


def _head(document: Docx, paper: Paper) -> None:
    header = document.sections[0].header
    header.is_linked_to_previous = False
    words = text("papers.bar").join((paper.title, number_line(paper)))
    _fill(header.part, [line(words, SMALL, Set(Align.CENTER))])


def _foot(document: Docx, paper: Paper, look: Look) -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    strip = check_strip(footer.part, paper, look.width, 1, (_page_of(),))
    _fill(footer.part, [strip, line("", _TINY)])


def _page_of() -> Xml:
    """第 1 页 共 3 页, both counted by the program that prints."""
    before, between, after = text("papers.page_of", page="\n", pages="\n").split("\n")
    counted = (counter("PAGE", SMALL), run(between, SMALL), counter("NUMPAGES", SMALL))
    return paragraph(joined((run(before, SMALL), *counted, run(after, SMALL))), Set(), SMALL)


def _fill(part: StoryPart, elements: list[Xml]) -> None:
    for old in list(part.element):
        part.element.remove(old)
    part.element.extend(parsed(elements))
