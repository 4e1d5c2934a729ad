"""A stack of ballots as one .docx, each with its own code."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from docx.parts.story import StoryPart

from bot.papers.blocks import paper_elements
from bot.papers.canvas import blank, finish
from bot.papers.elements import Border, Row, Set, Type, Xml, cell, joined, line, row, table
from bot.papers.looks import LOOKS, PAGE_HEIGHT, SMALL_BALLOT, Look
from bot.papers.sheets import check_strip
from handlers.papers.model import Paper, PaperKind
from handlers.refusals import Refusal

_TINY = Type(size=2)
_PAD = 170
_SLACK = 340
"""Left at the foot of a page, so that two rows and the paragraph a program adds never need a third."""


class Layout(StrEnum):
    """How many ballots lie on a page."""

    ONE = "one"
    FOUR = "four"


def render_ballots(papers: Sequence[Paper], layout: Layout) -> bytes:
    """Return all ballots as one .docx, in the given order. Refusal where there are none; ValueError for other papers."""
    if not papers:
        raise Refusal("papers.nothing_to_print")
    if any(paper.kind is not PaperKind.BALLOT for paper in papers):
        raise ValueError("only ballots are printed in a stack")
    look = LOOKS[PaperKind.BALLOT] if layout is Layout.ONE else SMALL_BALLOT
    document = blank(look)
    drawn = _one_by_one if layout is Layout.ONE else _by_fours
    body = drawn(document.part, papers, look)
    return finish(document, body, papers[0].title, papers[0].made_at)


def _one_by_one(part: StoryPart, papers: Sequence[Paper], look: Look) -> list[Xml]:
    made: list[Xml] = []
    for number, paper in enumerate(papers, start=1):
        first = Set(stays="pageBreakBefore") if number > 1 else Set()
        made += _ballot(part, paper, look, number, first)
    return made


def _by_fours(part: StoryPart, papers: Sequence[Paper], look: Look) -> list[Xml]:
    """Two to a row, two rows to a page, dashed where the scissors go."""
    half = look.width // 2
    inner = replace(look, side=look.side + half // 2 + _PAD)
    cells = [
        cell(joined(_ballot(part, paper, inner, number, Set())), half)
        for number, paper in enumerate(papers, start=1)
    ]
    cells += [cell(line("", _TINY), half)] * (len(cells) % 2)
    height = (PAGE_HEIGHT - 2 * look.edge - _SLACK) // 2
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return [
        table((row(pair, Row.WHOLE, height) for pair in pairs), [half, half], Border.DASHED),
        line("", _TINY),
    ]


def _ballot(part: StoryPart, paper: Paper, look: Look, number: int, first: Set) -> list[Xml]:
    strip = check_strip(part, paper, look.width, number)
    return [*paper_elements(paper, look, first), strip, line("", _TINY)]
