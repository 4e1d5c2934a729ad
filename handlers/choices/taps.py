"""A ballot made by pressing: what can be pressed on a card, and what a press makes of the ballot before it.

Every press leaves a valid ballot, so that nothing has to be confirmed. Where a ballot can be handed in only once,
only what is said with a single press can be pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from handlers.choices.ask import NONE, RANKED, Ask, Kind
from handlers.choices.cast import (
    REJECTS_ALL,
    Abstention,
    Cast,
    Consent,
    Picks,
    Ranking,
    Scores,
    Stance,
    check,
)
from handlers.refusals import Refusal
from handlers.texts import term, text
from storage.records import Choice

_AGAIN: Final = "again"
_MARK: Final = "="
_FEW_MARKS: Final = 5
_FEW_OPTIONS: Final = 4
_IN_A_ROW: Final = 2
_SHOWN: Final = 8


class Handing(StrEnum):
    """Whether a ballot is final once it is handed in, or says what its last press made it say."""

    ONCE = "once"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Tap:
    """What stands on a button, and the mark by which a press is known: ASCII, a few letters."""

    label: str
    mark: str


Taps = tuple[tuple[Tap, ...], ...]


def taps(ask: Ask, handing: Handing) -> Taps:
    """The buttons of a ballot in rows, options first and in their order; none where only words can say it."""
    if ask.kind is Kind.CONSENT:
        return (tuple(Tap(text(f"choices.stance_{stance}"), stance) for stance in Stance), (_abstain(),))
    if handing is Handing.ONCE and ask.kind not in _ONE_TAP:
        return ()
    if ask.kind is Kind.SCORE:
        return _score_rows(ask)
    again = (Tap(text("choices.again"), _AGAIN),) if ask.kind in RANKED else ()
    beside = () if ask.kind is Kind.SENSE else ((*again, _abstain()),)
    return (*_option_rows(ask), *beside)


def tapped(ask: Ask, mark: str, before: Cast | None) -> Cast:
    """The ballot after a press. Refusal where the press makes none, with what to do instead."""
    cast = _ALIKE.get(mark) or _TAPPED[ask.kind](ask, mark, before)
    check(ask, cast)
    return cast


def hint(ask: Ask) -> tuple[str, ...]:
    """What the buttons do where one press does not make the whole ballot."""
    several_presses = ask.kind not in _ONE_TAP
    return (text(f"choices.tap_{ask.kind}", lowest=ask.lowest),) if several_presses else ()


def marks(rows: Taps) -> frozenset[str]:
    """Every mark that one of these buttons carries."""
    return frozenset(tap.mark for row in rows for tap in row)


def _abstain() -> Tap:
    return Tap(term("choice", Choice.ABSTAIN), Choice.ABSTAIN)


def _option_rows(ask: Ask) -> Taps:
    buttons = [Tap(_label(ask, number), str(number)) for number in ask.numbers]
    narrow = all(len(tap.label) <= _SHOWN for tap in buttons)
    wide = _IN_A_ROW if narrow else 1
    return tuple(tuple(buttons[start : start + wide]) for start in range(0, len(buttons), wide))


def _label(ask: Ask, number: int) -> str:
    """The option where it is short, else its number and how it begins."""
    word = ask.word(number)
    return word if len(word) <= _SHOWN else f"{ask.shown(number)} {word[:_SHOWN]}…"


def _score_rows(ask: Ask) -> Taps:
    """A row of marks for each option, where that is few enough to be looked over."""
    scale = range(ask.lowest, ask.highest + 1)
    if len(scale) > _FEW_MARKS or len(ask.options) > _FEW_OPTIONS:
        return ()
    rows = tuple(
        tuple(Tap(text("choices.mark", option=option, mark=mark), f"{option}{_MARK}{mark}") for mark in scale)
        for option in range(1, len(ask.options) + 1)
    )
    none = (Tap(ask.word(NONE), str(NONE)),) if ask.none_offered else ()
    return (*rows, (*none, _abstain()))


def _pick(_: Ask, mark: str, __: Cast | None) -> Cast:
    return Picks(frozenset({int(mark)}))


def _toggle(_: Ask, mark: str, before: Cast | None) -> Cast:
    """Tick an option, or take its tick away; a ballot on which nothing is left ticked abstains."""
    number = int(mark)
    ticked = before.options if isinstance(before, Picks) else frozenset[int]()
    if number == NONE:
        return REJECTS_ALL
    ticked = (ticked - {NONE}) ^ {number}
    return Picks(ticked) if ticked else Abstention()


def _rank(ask: Ask, mark: str, before: Cast | None) -> Cast:
    """Put an option after those that are ranked already."""
    number = int(mark)
    ranked = before.steps if isinstance(before, Ranking) else ()
    if any(number in step for step in ranked):
        raise Refusal("choices.ranked_already", option=ask.word(number), again=text("choices.again"))
    return REJECTS_ALL if number == NONE and not ranked else Ranking((*ranked, frozenset({number})))


def _give_mark(ask: Ask, mark: str, before: Cast | None) -> Cast:
    """Mark one option; those not marked so far have the lowest mark."""
    if mark == str(NONE):
        return REJECTS_ALL
    option, given = (int(part) for part in mark.split(_MARK))
    so_far = before.marks if isinstance(before, Scores) else (ask.lowest,) * len(ask.options)
    return Scores((*so_far[: option - 1], given, *so_far[option:]))


def _take_stance(_: Ask, mark: str, __: Cast | None) -> Cast:
    """Agree; whoever does not is asked for the reason, which no button can say."""
    stance = Stance(mark)
    if stance is not Stance.AGREE:
        raise Refusal("choices.say_reason", stance=text(f"choices.stance_{stance}"))
    return Consent(stance)


_ALIKE: Mapping[str, Cast] = {Choice.ABSTAIN: Abstention(), _AGAIN: Abstention()}
_ONE_TAP = frozenset({Kind.SINGLE, Kind.SENSE, Kind.CONSENT})
_TAPPED: Mapping[Kind, Callable[[Ask, str, Cast | None], Cast]] = {
    Kind.SINGLE: _pick,
    Kind.SENSE: _pick,
    Kind.SEVERAL: _toggle,
    Kind.SCHULZE: _rank,
    Kind.STV: _rank,
    Kind.SCORE: _give_mark,
    Kind.CONSENT: _take_stance,
}
