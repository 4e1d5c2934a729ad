"""What hangs at a door: the place, a code to scan, and what scanning does. An A6 page at 150 dots an inch and more."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from bot.papers.codes import qr_png
from bot.papers.lettering import find_font, load, wrap
from handlers.papers.cleaning import clean
from handlers.texts import text

_WIDTH, _EDGE = 900, 60
_TITLE, _BODY, _LEADING = 64, 36, 1.5
_CODE = 620


def poster(place: str, address: str, font: Path | None = None) -> bytes:
    """A PNG with the code of an address under the name of a place; the code alone where no font has Chinese signs."""
    file = font or find_font()
    code = _squares(address)
    if file is None:
        return _packed(code)
    above = _lines(file, _TITLE, clean(place)) + _lines(file, _BODY, text("poster.title"))
    below = _lines(file, _BODY, text("poster.how")) + _lines(file, _BODY, text("poster.danger"))
    height = _tall(above) + code.height + _tall(below) + 4 * _EDGE
    page = Image.new("L", (_WIDTH, height), 255)
    top = _put(page, file, above, _EDGE) + _EDGE
    page.paste(code, ((_WIDTH - code.width) // 2, top))
    _put(page, file, below, top + code.height + _EDGE)
    return _packed(page)


def _squares(address: str) -> Image.Image:
    """The code enlarged by a whole number, so that its squares stay sharp."""
    drawn = Image.open(BytesIO(qr_png(address))).convert("L")
    times = max(1, _CODE // drawn.width)
    return drawn.resize((drawn.width * times, drawn.height * times), Image.Resampling.NEAREST)


def _lines(file: Path, size: int, words: str) -> list[tuple[int, str]]:
    """Each line with its size."""
    return [(size, line) for line in wrap(words, load(file, size), _WIDTH - 2 * _EDGE)]


def _tall(lines: list[tuple[int, str]]) -> int:
    return sum(round(size * _LEADING) for size, _ in lines)


def _put(page: Image.Image, file: Path, lines: list[tuple[int, str]], top: int) -> int:
    """Write the lines, each in the middle; where the next would begin."""
    pen = ImageDraw.Draw(page)
    for size, words in lines:
        pen.text((_WIDTH // 2, top), words, fill=0, font=load(file, size), anchor="ma")
        top += round(size * _LEADING)
    return top


def _packed(page: Image.Image) -> bytes:
    packed = BytesIO()
    page.convert("1").save(packed, "PNG")
    return packed.getvalue()
