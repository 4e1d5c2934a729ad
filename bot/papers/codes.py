"""QR codes as PNG."""

from functools import lru_cache
from io import BytesIO

import segno
from PIL import Image, ImageOps

_SCALE = 6
_QUIET = 2
_MASK = 3
_PAPER = 255
_INK = bytes([_PAPER, 0]) + bytes(254)
_MOST = 1200
"""Characters: beyond that the squares are too fine for a cheap phone."""


@lru_cache(512)
def qr_png(address: str) -> bytes:
    """A QR code of an address, black on white, with a quiet zone; error correction M survives a stain.

    The mask is given, since trying all eight costs more than everything else; readers undo any of them (ISO/IEC 18004).
    """
    code = segno.make(address[:_MOST], error="m", micro=False, boost_error=False, mask=_MASK)
    side = len(code.matrix)
    squares = Image.frombytes("L", (side, side), b"".join(row.translate(_INK) for row in code.matrix))
    drawn = ImageOps.expand(squares, _QUIET, _PAPER)
    size = (drawn.width * _SCALE, drawn.height * _SCALE)
    packed = BytesIO()
    drawn.resize(size, Image.Resampling.NEAREST).convert("1").save(packed, "PNG")
    return packed.getvalue()
