"""What a poll asks that asks for more than yes or no, as its file says it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.recount.reading import Node, Unreadable

NONE = 0
"""The number under which "none of these" stands where it is offered; the options are numbered from 1."""
_FIELDS = (
    "kind",
    "options",
    "none_offered",
    "places",
    "most",
    "lowest",
    "highest",
    "scored_by",
)
_MOST_OPTIONS = 20
_HIGHEST_MARK = 100


class Kind(StrEnum):
    """How people answer and how the answers are counted."""

    SINGLE = "single"
    SEVERAL = "several"
    SCORE = "score"
    SCHULZE = "schulze"
    STV = "stv"
    CONSENT = "consent"
    SENSE = "sense"


class ScoredBy(StrEnum):
    """What of an option's marks is compared."""

    SUM = "sum"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Ask:
    """`places` are to be filled; a ballot of SEVERAL ticks at most `most`; marks lie between `lowest` and `highest`."""

    kind: Kind
    options: tuple[str, ...]
    none_offered: bool
    places: int
    most: int
    lowest: int
    highest: int
    scored_by: ScoredBy

    @property
    def named(self) -> range:
        """The numbers of the options."""
        return range(1, len(self.options) + 1)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every number a ballot may bear."""
        return (*self.named, NONE) if self.none_offered else tuple(self.named)


def read_ask(node: Node) -> Ask:
    """Read an `ask` with all its fields. Unreadable where nobody could have answered it."""
    node.only(*_FIELDS)
    kind = node.field("kind").one_of(Kind)
    options = tuple(option.words() for option in node.field("options").items())
    most = node.field("most")
    ask = Ask(
        kind=kind,
        options=options,
        none_offered=node.field("none_offered").flag(),
        places=node.field("places").whole(),
        most=(len(options) if kind is Kind.SEVERAL else 1) if most.absent else most.whole(),
        lowest=node.field("lowest").whole(),
        highest=node.field("highest").whole(),
        scored_by=node.field("scored_by").one_of(ScoredBy),
    )
    _check(ask, node)
    return ask


def _check(ask: Ask, node: Node) -> None:
    several = ask.kind is Kind.SEVERAL
    one_place = ask.kind in {Kind.SINGLE, Kind.CONSENT, Kind.SENSE}
    count = len(ask.options)
    bounds = {
        "options": count == 0 if ask.kind is Kind.CONSENT else 1 < count <= _MOST_OPTIONS,
        "none_offered": not (ask.none_offered and ask.kind is Kind.CONSENT),
        "places": ask.places == 1 if one_place else 1 <= ask.places <= count,
        "most": 1 <= ask.most <= count if several else node.field("most").absent,
        "highest": ask.lowest < ask.highest <= _HIGHEST_MARK,
    }
    for name, kept in bounds.items():
        if not kept:
            raise Unreadable("nobody_could_answer", node.field(name).where)
