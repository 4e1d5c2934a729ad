"""One of every paper the desk can produce."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handlers.papers.ballot import ballot_paper
from handlers.papers.count_sheet import count_sheet_paper
from handlers.papers.invitation import invitation_paper
from handlers.papers.letter import letter_paper
from handlers.papers.minutes import minutes_paper
from handlers.papers.model import Edition, Paper, PaperKind
from handlers.papers.notice import notice_paper, result_notice_paper
from handlers.papers.resolution import resolution_paper
from handlers.papers.sign_in import sign_in_paper
from tests.handlers.papers import board, desk

FULL, PUBLIC = Edition.FULL, Edition.PUBLIC
INSIDE = {PaperKind.SIGN_IN, PaperKind.BALLOT}


@dataclass(frozen=True)
class Sort:
    """A kind of paper: its facts, complete, and what makes a paper of them."""

    kind: PaperKind
    facts: Callable[[], Any]
    assemble: Callable[[Any, Edition], Paper]

    def paper(self, edition: Edition) -> Paper:
        return self.assemble(self.facts(), edition)


SORTS = (
    Sort(PaperKind.INVITATION, desk.invitation, invitation_paper),
    Sort(PaperKind.SIGN_IN, desk.sign_in, sign_in_paper),
    Sort(PaperKind.MINUTES, desk.minutes, minutes_paper),
    Sort(PaperKind.RESOLUTION, desk.resolution, resolution_paper),
    Sort(PaperKind.BALLOT, desk.ballot, ballot_paper),
    Sort(PaperKind.COUNT_SHEET, desk.count_sheet, count_sheet_paper),
    Sort(PaperKind.NOTICE, board.notice, notice_paper),
    Sort(PaperKind.RESULT_NOTICE, board.result_notice, result_notice_paper),
    Sort(PaperKind.LETTER, board.letter, letter_paper),
)
PUBLISHED = tuple(sort for sort in SORTS if sort.kind not in INSIDE)
EVERY = tuple(
    (sort, edition) for sort in SORTS for edition in Edition if edition is FULL or sort in PUBLISHED
)


def named(given: object) -> str:
    return str(given.kind) if isinstance(given, Sort) else str(given)
