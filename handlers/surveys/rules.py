"""What the answers to 解决了吗 come to; exact, and with everybody counted once."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from handlers.procedures.model import Share
from handlers.procedures.terms import Base, Bound
from storage.records import Answer

# 好了一部分 is half solved, so it is half a "no".
_PARTLY: Final = Fraction(1, 2)


# The longer word first: 好了一部分 begins with 好了.
_SAID: Final = (
    ("好了一部分", Answer.PARTLY),
    ("好了一半", Answer.PARTLY),
    ("没有好", Answer.NO),
    ("还没好", Answer.NO),
    ("没好", Answer.NO),
    ("已经好了", Answer.YES),
    ("好了", Answer.YES),
)
_END: Final = " \t\n，,。.！!；;、"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked and what they answered."""

    asked: int
    yes: int
    partly: int
    no: int

    @property
    def answered(self) -> int:
        """Everyone who said something."""
        return self.yes + self.partly + self.no

    @property
    def unsolved(self) -> Fraction:
        """The share of the answers that say "no"; none without answers."""
        return Fraction(self.no + _PARTLY * self.partly, self.answered) if self.answered else Fraction(0)


def read_answer(said: str) -> Answer | None:
    """The answer a message begins with, standing by itself (还没好，还在漏); None for anything else (好了伤疤…)."""
    words = said.strip()
    for word, answer in _SAID:
        if words.startswith(word) and (words == word or words[len(word)] in _END):
            return answer
    return None


def tally(counted: dict[Answer, int]) -> Tally:
    """A tally of what storage counted; those who said nothing were asked all the same."""
    return Tally(
        sum(counted.values()),
        counted.get(Answer.YES, 0),
        counted.get(Answer.PARTLY, 0),
        counted.get(Answer.NO, 0),
    )


def outcome(found: Tally, reopen: Fraction, passing: Share | None) -> str:
    """Return ok or reopen: by the share a stage's rule asks for, else by the share of "no" from which we reopen.

    Without a rule silence reopens nothing: with no answer at all the matter stays closed.
    """
    if passing is not None:
        return "ok" if _passes(found, passing) else "reopen"
    return "reopen" if found.answered and found.unsolved >= reopen else "ok"


def decided_early(found: Tally) -> bool:
    """Whether more than half of all who were asked have said "no", so that waiting only loses time."""
    return 2 * found.no > found.asked


def _passes(found: Tally, passing: Share) -> bool:
    whole = found.answered if passing.base in (Base.PARTICIPANTS, Base.PRESENT) else found.asked
    if not whole:
        return False
    solved = Fraction(found.yes, whole)
    return solved >= passing.fraction if passing.op is Bound.AT_LEAST else solved > passing.fraction
