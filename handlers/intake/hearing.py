"""How a community is heard: its own names for places and words, what was learned there, and what was heard just now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial

from handlers.intake import joining
from handlers.intake.aliases import NONE, Aliases
from handlers.intake.door import concerns
from handlers.intake.plain import plain
from handlers.intake.reading import Reading, Understanding, understand

_KEPT = 4096


@dataclass(slots=True)
class Hearing:
    """Understands texts with one set of aliases, and remembers: recent issues are compared again and again."""

    aliases: Aliases = NONE
    _understand: Callable[[str], Understanding] = field(init=False)

    def __post_init__(self) -> None:
        """The same text is read once."""
        self._understand = lru_cache(_KEPT)(partial(understand, aliases=self.aliases))

    def understood(self, words: str) -> Understanding:
        """All that was understood of a text."""
        return self._understand(words)

    def reading_of(self, words: str) -> Reading:
        """The part of it that is compared."""
        return self._understand(words).reading

    def continues(self, previous: str, words: str) -> bool:
        """Whether the words go on about what the same person said within the last two minutes."""
        return joining.continues(self.reading_of(previous), words, aliases=self.aliases)


@cache
def shipped_hearing() -> Hearing:
    """With nothing but what comes with the program."""
    return Hearing()


@dataclass(slots=True)
class HearingBook:
    """How every community of the house is heard, known by heart; `model` is the number of the weights in use."""

    model: int = 0
    _usual: Hearing = field(default_factory=shipped_hearing)
    _own: dict[int, Hearing] = field(default_factory=dict)
    _door: Aliases = NONE

    def of(self, community_id: int) -> Hearing:
        """How a community is heard."""
        return self._own.get(community_id, self._usual)

    @property
    def is_one(self) -> bool:
        """Whether all communities are heard alike, so that nobody need ask which one speaks."""
        return not self._own

    @property
    def usual(self) -> Hearing:
        """How communities without names of their own are heard."""
        return self._usual

    @property
    def everywhere(self) -> Aliases:
        """The names of all communities at once."""
        return self._door

    def suspects(self, words: str) -> bool:
        """Whether something said in any group may be a matter, in a few microseconds."""
        return concerns(words, aliases=self._door)

    def learn(self, house: Aliases, names: Mapping[int, Mapping[str, str]]) -> None:
        """This is what the house knows, and what each community calls its places, in place of what was known."""
        self._usual = _heard(house, {}, self._usual)
        self._own = {
            community: _heard(house, own, self._own.get(community)) for community, own in names.items() if own
        }
        every = {name: meant for own in names.values() for name, meant in own.items()}
        self._door = _with(house, every) if every else house


def _heard(house: Aliases, names: Mapping[str, str], before: Hearing | None) -> Hearing:
    """Such a hearing; the one there was, with all it remembers, when it is the same."""
    now = _with(house, names) if names else house
    if now == NONE:
        return shipped_hearing()
    return before if before and before.aliases == now else Hearing(now)


def _with(house: Aliases, names: Mapping[str, str]) -> Aliases:
    """The house's aliases and a community's own names, the longest first."""
    own = {plain(name): plain(meant) for name, meant in names.items()}
    places = sorted({**house.places, **own}.items(), key=lambda pair: -len(pair[0]))
    return Aliases(dict(places), house.lexicon, house.weights)
