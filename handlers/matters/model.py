"""A matter people decide together, the lawful ways of deciding it, and what was chosen for one poll."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.rules.rule import Grade, Rule


class Label(StrEnum):
    """What a poll in chat may be called: 意向征询 binds nobody, 会议表决 is the body's own decision."""

    OPINION = "opinion"
    RESOLUTION = "resolution"


class Proxies(StrEnum):
    """Whether somebody else may hand in a ballot: nobody, anybody in writing, one of the same household in writing."""

    NONE = "none"
    WRITTEN = "written"
    HOUSEHOLD = "household"


class Picks(StrEnum):
    """What is chosen among, where the matter is a choice by its nature: 均不同意 must then be offered."""

    FIRM = "firm"
    PERSON = "person"


class Channel(StrEnum):
    """Where the lawful decision is made, when not in the body's own meeting."""

    OWNERS = "owners"
    COLLECTIVE = "collective"


class Closed(StrEnum):
    """Why no poll is opened on a matter."""

    EMERGENCY = "emergency"
    ELECTION = "election"


@dataclass(frozen=True, slots=True)
class Days:
    """At least so many days, and where that stands; `urgent`: the law knows an exception for urgent cases."""

    days: int
    law: str
    grade: Grade
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """How many days a poll stays open, from `least` to `most`."""

    least: int
    most: int
    law: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Route:
    """A lawful way of deciding: the rule with the body that is its electorate, and the times around it.

    `remote` cites what lets people who are elsewhere count as present; empty: they do not.
    `deemed`: a charter may add those who did not vote to the majority; never by itself. `needs` comes before.
    """

    id: str
    name: str
    rule: Rule
    notice: Days
    window: Window | None
    label: Label
    proxies: Proxies
    remote: str
    deemed: bool
    needs: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of decision: the article that gives it to everybody, and the routes it may take, the usual one first.

    `party_first` cites why the party organisation studies it first; empty: it need not. `says` is the article's
    gist in our words. Without routes, `closed` says why.
    """

    id: str
    name: str
    words: tuple[str, ...]
    basis: str
    says: str
    routes: tuple[Route, ...]
    party_first: str
    publish: Days | None
    picks: Picks | None
    channel: Channel | None
    closed: Closed | None


@dataclass(frozen=True, slots=True)
class Lawful:
    """What holds for one poll. `rule` is the route's with the matter's article in its basis, or another one.

    `reason` is shown wherever another rule was chosen; `weaker`: that rule asks for less than the route's.
    """

    matter: Matter
    route: Route
    rule: Rule
    reason: str = ""
    weaker: bool = False

    @property
    def label(self) -> Label:
        """A rule below the lawful one gives an opinion at most."""
        return Label.OPINION if self.weaker else self.route.label
