"""Which handler hears what: words, presses, moments and events, each to a name of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import TypeVar

from handlers.events import Event
from handlers.work import Work
from storage.messages import Card, Due, Edited, Inbound, Moved, Presence, Said, Withdrawn

Command = Callable[[Work, Said, str], Awaitable[None]]
Press = Callable[[Work, tuple[str, ...]], Awaitable[None]]
Moment = Callable[[Work, Due], Awaitable[None]]
Reaction = Callable[[Work, Event], Awaitable[None]]
E = TypeVar("E", bound=Event)
Follow = Callable[[Work, E], Awaitable[None]]
Draw = Callable[[Work, int], Awaitable[Card | None]]
Hears = Callable[[Work, Inbound], Awaitable[bool]]


class Where(Flag):
    """Where a command is heard without being addressed to us."""

    RESIDENTS = auto()
    STAFF = auto()
    PRIVATE = auto()
    ANYWHERE = RESIDENTS | STAFF | PRIVATE


@dataclass(frozen=True, slots=True)
class Word:
    """A command by its words, the first being the one we teach."""

    words: tuple[str, ...]
    where: Where
    handler: Command


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes of one slice, or of the whole house.

    `unkept` are verbs and words whose events may hold a secret: one that fails is set aside without its contents.
    """

    commands: dict[str, Word] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    moments: dict[str, Moment] = field(default_factory=dict)
    reactions: dict[type[Event], list[Reaction]] = field(default_factory=dict)
    drawings: dict[str, Draw] = field(default_factory=dict)
    hearers: dict[type[object], list[Hears]] = field(default_factory=dict)
    unkept: set[str] = field(default_factory=set)

    def command(
        self, *words: str, where: Where = Where.STAFF | Where.PRIVATE
    ) -> Callable[[Command], Command]:
        """`handler(work, said, rest)` hears messages that begin with one of `words`."""

        def add(handler: Command) -> Command:
            for word in words:
                self.commands[word] = Word(words, where, handler)
            return handler

        return add

    def press(self, verb: str) -> Callable[[Press], Press]:
        """`handler(work, arguments)` hears the buttons made by `press(verb, …)`."""

        def add(handler: Press) -> Press:
            self.presses[verb] = handler
            return handler

        return add

    def due(self, what: str) -> Callable[[Moment], Moment]:
        """`handler(work, due)` hears the moments of this kind."""

        def add(handler: Moment) -> Moment:
            self.moments[what] = handler
            return handler

        return add

    def on(self, *events: type[E]) -> Callable[[Follow[E]], Follow[E]]:
        """`handler(work, event)` follows these events, in the same transaction."""

        def add(handler: Follow[E]) -> Follow[E]:
            for event in events:
                self.reactions.setdefault(event, []).append(handler)  # type: ignore[arg-type]
            return handler

        return add

    def card(self, noun: str) -> Callable[[Draw], Draw]:
        """`handler(work, id)` draws the card of subject "noun:id" as it should look now; None leaves it."""

        def add(handler: Draw) -> Draw:
            self.drawings[noun] = handler
            return handler

        return add

    def hears(self, *kinds: type[Said | Edited | Withdrawn | Moved | Presence]) -> Callable[[Hears], Hears]:
        """`handler(work, inbound)` hears what no command took; it returns whether it was concerned."""

        def add(handler: Hears) -> Hears:
            for kind in kinds:
                self.hearers.setdefault(kind, []).append(handler)
            return handler

        return add

    def include(self, other: "Routes") -> None:
        """Take in the routes of a slice. ValueError when two slices claim one word, verb, moment or card."""
        for mine, theirs in (
            (self.commands, other.commands),
            (self.presses, other.presses),
            (self.moments, other.moments),
            (self.drawings, other.drawings),
        ):
            if both := mine.keys() & theirs.keys():
                raise ValueError(f"claimed twice: {sorted(both)}")
            mine.update(theirs)  # type: ignore[arg-type]
        self.unkept.update(other.unkept)
        for event, reactions in other.reactions.items():
            self.reactions.setdefault(event, []).extend(reactions)
        for kind, hearers in other.hearers.items():
            self.hearers.setdefault(kind, []).extend(hearers)


def press(verb: str, *arguments: object) -> str:
    """Write what a button carries: `press("poll.cast", 7, "for")` is "poll.cast:7:for"."""
    return ":".join((verb, *map(str, arguments)))
