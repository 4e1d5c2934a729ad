"""A paper as one picture for the chat, for people who would rather look than open a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.papers.codes import qr_png
from bot.papers.elements import Align, shared_out
from bot.papers.lettering import find_font, load, wrap
from handlers.papers.cleaning import clean
from handlers.papers.lines import block_lines, check_lines, closing_lines, opening_lines
from handlers.papers.model import Heading, Paper, Table
from handlers.texts import text

_WIDTH, _TALLEST = 1080, 6000
"""Pixels: a phone's width three times over, and a height every chat still shows."""
_EDGE, _PAD = 64, 10
_TITLE, _BODY, _CELL, _SMALL = 44, 32, 26, 22
_LEADING = 1.5
_CODE = 200
_INNER = _WIDTH - 2 * _EDGE


@dataclass(frozen=True, slots=True)
class _Cell:
    """Wrapped lines of one column: `left` and `width` in pixels."""

    lines: tuple[str, ...]
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class _Strip:
    """Something that takes the picture's whole width: cells side by side, ruled or not."""

    cells: tuple[_Cell, ...]
    font: FreeTypeFont
    size: int
    align: Align = Align.LEFT
    ruled: str = ""

    @property
    def height(self) -> int:
        """In pixels."""
        rows = max(len(cell.lines) for cell in self.cells)
        return round(rows * self.size * _LEADING) + (2 * _PAD if self.ruled else 0)


def picture(paper: Paper, font: Path | None = None) -> bytes | None:
    """The paper as PNG, cut with a sentence where it is too long; None where no font with Chinese is to be found."""
    file = font or find_font()
    if file is None:
        return None
    strips = _fitting(list(_strips(paper, file)), file)
    foot = list(_foot(paper, file))
    below = max(_CODE, sum(strip.height for strip in foot))
    height = sum(strip.height for strip in strips) + below + 3 * _EDGE
    page = Image.new("L", (_WIDTH, height), 255)
    top = _draw(page, strips, _EDGE) + _EDGE
    code = (
        Image.open(BytesIO(qr_png(paper.check_url)))
        .convert("L")
        .resize((_CODE, _CODE), Image.Resampling.NEAREST)
    )
    page.paste(code, (_WIDTH - _EDGE - _CODE, top))
    _draw(page, foot, top)
    packed = BytesIO()
    page.save(packed, "PNG")
    return packed.getvalue()


def _strips(paper: Paper, file: Path) -> Iterator[_Strip]:
    title, *under = opening_lines(paper)
    yield from _lines(title, file, _TITLE, Align.CENTER)
    for words in under:
        yield from _lines(words, file, _CELL if words != paper.addressed_to else _BODY)
    for block in paper.blocks:
        if isinstance(block, Table):
            yield from _table(block, file)
        else:
            size = _BODY + 4 if isinstance(block, Heading) else _BODY
            for words in block_lines(block):
                yield from _lines(words, file, size)
    for words in closing_lines(paper):
        yield from _lines(words, file, _BODY, Align.RIGHT)


def _foot(paper: Paper, file: Path) -> Iterator[_Strip]:
    for words in check_lines(paper):
        yield from _lines(words, file, _SMALL, width=_INNER - _CODE - _EDGE)


def _lines(
    words: str, file: Path, size: int, align: Align = Align.LEFT, width: int = _INNER
) -> Iterator[_Strip]:
    """One strip per line, so that a long text can be cut anywhere."""
    font = load(file, size)
    for part in clean(words).replace("\t", " ").split("\n"):
        for found in wrap(part, font, width) if part else ():
            yield _Strip((_Cell((found,), _EDGE, width),), font, size, align)


def _table(block: Table, file: Path) -> Iterator[_Strip]:
    font = load(file, _CELL)
    widths = shared_out(block.widths, _INNER)
    lefts = [_EDGE + sum(widths[:index]) for index in range(len(widths))]
    for row in (block.headers, *block.rows):
        cells = tuple(
            _Cell(
                tuple(
                    line
                    for part in words.replace("\t", " ").split("\n")
                    for line in wrap(part, font, width - 2 * _PAD)
                ),
                left,
                width,
            )
            for words, left, width in zip(row, lefts, widths, strict=True)
        )
        yield _Strip(cells, font, _CELL, ruled="ruled")


def _fitting(strips: list[_Strip], file: Path) -> list[_Strip]:
    """As many strips as a chat shows, and then a line that says that there is more."""
    height = 0
    for taken, strip in enumerate(strips):
        height += strip.height
        if height > _TALLEST:
            return [*strips[:taken], *_lines(text("papers.cut_line"), file, _BODY)]
    return strips


def _draw(page: Image.Image, strips: list[_Strip], top: int) -> int:
    """Draw from `top` down; returns where it ended."""
    pen = ImageDraw.Draw(page)
    for strip in strips:
        for cell in strip.cells:
            _draw_cell(pen, strip, cell, top)
        top += strip.height
    return top


def _draw_cell(pen: ImageDraw.ImageDraw, strip: _Strip, cell: _Cell, top: int) -> None:
    pad = _PAD if strip.ruled else 0
    if strip.ruled:
        pen.rectangle((cell.left, top, cell.left + cell.width, top + strip.height), outline=0, width=2)
    for index, words in enumerate(cell.lines):
        room = cell.width - strip.font.getlength(words)
        shift = {Align.CENTER: room / 2, Align.RIGHT: room}.get(strip.align, 0)
        down = top + pad + round(index * strip.size * _LEADING)
        pen.text((cell.left + pad + shift, down), words, fill=0, font=strip.font)
