"""How large each kind of paper is set: for a board that is read from a metre away, a desk, or a ballot box."""

from dataclasses import dataclass
from enum import StrEnum

from bot.papers.elements import FANG, HEI, SONG, Type, Weight
from handlers.papers.model import PaperKind

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
"""A4 in twips (GB/T 148)."""


class Arrangement(StrEnum):
    """Fields as ruled rows of a form, as lines of a letter, or one behind the other where there is little room."""

    RULED = "ruled"
    LINES = "lines"
    FLOWING = "flowing"


@dataclass(frozen=True, slots=True)
class Look:
    """The letters of each part, and how far the text stays from the paper's edge (twips)."""

    title: Type
    body: Type
    label: Type
    table: Type
    boxes: Type
    arrangement: Arrangement
    side: int = 1417
    edge: int = 1247
    row: int = 0

    @property
    def width(self) -> int:
        """What is left for the text, in twips."""
        return PAGE_WIDTH - 2 * self.side


def _look(title: float, body: float, table: float, arrangement: Arrangement, row: int = 0) -> Look:
    return Look(
        title=Type(HEI, title, Weight.BOLD),
        body=Type(FANG, body),
        label=Type(HEI, body),
        table=Type(SONG, table),
        boxes=Type(SONG, body + 4),
        arrangement=arrangement,
        row=row,
    )


_BOARD = _look(22, 16, 14, Arrangement.LINES, 560)
_LETTER = _look(22, 15, 12, Arrangement.LINES, 480)
_FORM = _look(20, 12, 10.5, Arrangement.RULED, 380)

LOOKS = {
    PaperKind.NOTICE: _BOARD,
    PaperKind.RESULT_NOTICE: _BOARD,
    PaperKind.INVITATION: _LETTER,
    PaperKind.LETTER: _LETTER,
    PaperKind.RESOLUTION: _FORM,
    PaperKind.MINUTES: _FORM,
    PaperKind.COUNT_SHEET: _FORM,
    PaperKind.SIGN_IN: _look(20, 12, 12, Arrangement.LINES, 560),
    PaperKind.BALLOT: _look(22, 15, 12, Arrangement.LINES),
}
"""三号 is 16 points, 小三 15, 四号 14, 小四 12, 五号 10.5, 二号 22."""

SMALL_BALLOT = Look(
    title=Type(HEI, 12, Weight.BOLD),
    body=Type(FANG, 10),
    label=Type(HEI, 10),
    table=Type(SONG, 9),
    boxes=Type(SONG, 14),
    arrangement=Arrangement.FLOWING,
    side=567,
    edge=567,
)
"""Four to a page."""
