"""Rows of small weights as text: a piece a line, and its weights in whole units as bytes around `ZERO`."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping

ZERO, MOST = 128, 127


def written(rows: Mapping[str, Iterable[int]]) -> str:
    """Rows of whole units from -127 to 127 as text; pieces that no line can hold are left out."""
    return "".join(
        f"{piece}\t{b64encode(bytes(unit + ZERO for unit in row)).decode()}\n"
        for piece, row in sorted(rows.items())
        if piece.isprintable()
    )


def read(text: str) -> Iterator[tuple[str, bytes]]:
    """The pieces with their bytes, as `written` gave them; raises ValueError for anything else."""
    for line in text.splitlines():
        piece, row = line.split("\t")
        yield piece, b64decode(row)
