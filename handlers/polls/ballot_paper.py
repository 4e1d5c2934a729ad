"""What a poll's ballot looks like: what can be pressed, what can be written, and what a ballot that is in says.

赞成·反对·弃权 is one paper, every kind that handlers.choices knows another; whoever deals with ballots asks the
paper and need not know which it is. A ballot is a text as storage keeps it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol

from handlers.bodies.catalogue import Counts, body
from handlers.choices.ask import Ask
from handlers.choices.cast import Cast
from handlers.choices.explain import explain_ask, explain_cast
from handlers.choices.reading import read_cast
from handlers.choices.stored import dump_cast, parse_ask, parse_cast
from handlers.choices.taps import Handing, Tap, Taps, hint, marks, tapped, taps
from handlers.refusals import Refusal
from handlers.routes import press
from handlers.texts import meaning, term, terms, text
from handlers.words import narrow
from storage.messages import Button
from storage.polls import Standing
from storage.records import Choice, Poll, Secrecy

_CHOICES: Mapping[str, Choice] = {choice.value: choice for choice in Choice}
_NUMBERED: Mapping[str, Choice] = {str(number): choice for number, choice in enumerate(Choice, start=1)}


class Paper(Protocol):
    """The ballot of one poll."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands on the card between the question and the rule: options, and how to answer."""
        ...

    @property
    def rows(self) -> Taps:
        """What can be pressed."""
        ...

    @property
    def example(self) -> str:
        """A ballot in words."""
        ...

    def read(self, said: str) -> str:
        """The ballot somebody wrote. Refusal that says how to write one."""
        ...

    def press(self, mark: str, before: str | None) -> str:
        """The ballot after a press, which may go on from what it said before. Refusal for a press nobody can make."""
        ...

    def words(self, ballot: str) -> str:
        """What a ballot says."""
        ...

    def place(self, ballot: str) -> int:
        """Where ballots that say this come in a list, before their number is looked at."""
        ...


class YesNo:
    """赞成·反对·弃权."""

    lines: tuple[str, ...] = ()

    @property
    def rows(self) -> Taps:
        """The three choices, in the order of their numbers."""
        return (tuple(Tap(term("choice", choice), choice) for choice in Choice),)

    @property
    def example(self) -> str:
        """赞成."""
        return term("choice", Choice.FOR)

    def read(self, said: str) -> str:
        """A choice by its word or its number."""
        words = narrow(said).strip()
        choice = _NUMBERED.get(words) or meaning("choice", words)
        if choice is None:
            raise Refusal("polls.choices", choices="、".join(terms("choice").values()))
        return Choice(choice)

    def press(self, mark: str, _: str | None) -> str:
        """The choice pressed."""
        if (choice := _CHOICES.get(mark)) is None:
            raise Refusal("dispatch.stale_button")
        return choice

    def words(self, ballot: str) -> str:
        """赞成, 反对 or 弃权."""
        return term("choice", ballot)

    def place(self, ballot: str) -> int:
        """In the order of their numbers."""
        return list(Choice).index(Choice(ballot))


class Asked:
    """The ballot of a kind that handlers.choices knows."""

    def __init__(self, ask: Ask, handing: Handing) -> None:
        self._ask = ask
        self.rows = taps(ask, handing)

    @property
    def lines(self) -> tuple[str, ...]:
        """The options with their numbers, how to answer, and what the buttons do where they do more than one thing."""
        return (*explain_ask(self._ask), *(hint(self._ask) if self.rows else ()))

    @property
    def example(self) -> str:
        """A ballot of this kind in words."""
        marks_given = " ".join(str(self._ask.highest) for _ in self._ask.options)
        return text(f"choices.example_{self._ask.kind}", marks=marks_given)

    def read(self, said: str) -> str:
        """A ballot in numbers or words."""
        return dump_cast(read_cast(self._ask, said))

    def press(self, mark: str, before: str | None) -> str:
        """The ballot that the press makes of the one before."""
        if mark not in marks(self.rows):
            raise Refusal("dispatch.stale_button")
        return dump_cast(tapped(self._ask, mark, self._cast(before) if before else None))

    def words(self, ballot: str) -> str:
        """The options named, ranked or marked."""
        return explain_cast(self._ask, self._cast(ballot))

    def place(self, _: str) -> int:
        """All alike."""
        return 0

    def _cast(self, ballot: str) -> Cast:
        return parse_cast(self._ask, ballot)


def paper_of(of: Poll | Standing) -> Paper:
    """The ballot of this poll."""
    return _paper(of.ask, handing_of(of))


def handing_of(of: Poll | Standing) -> Handing:
    """Whether a ballot of this poll is final once it is handed in; a secret one changes by its receipt alone."""
    return Handing.ONCE if of.secrecy is Secrecy.SECRET or not changeable(of) else Handing.REVISED


def changeable(of: Poll | Standing) -> bool:
    """Whether a ballot may be changed until the close. Owners vote once (北京: one-shot)."""
    return body(of.body).counts is not Counts.OWNER


def buttons(poll: Poll) -> tuple[tuple[Button, ...], ...]:
    """The buttons of a card that asks for a ballot of this poll."""
    return tuple(
        tuple(Button(tap.label, press("poll.cast", poll.id, tap.mark)) for tap in row)
        for row in paper_of(poll).rows
    )


_YES_NO = YesNo()


@lru_cache(maxsize=64)
def _paper(ask: str, handing: Handing) -> Paper:
    return Asked(parse_ask(ask), handing) if ask else _YES_NO
