"""Which lines of a copied chat are matters: chatter falls away, what goes on is joined, what is said twice counted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.intake.hearing import Hearing
from handlers.intake.likeness import SAME, same_matter
from handlers.intake.reading import ACTIONABLE, Reading
from handlers.issues.batch_copied import Piece
from storage.records import Level


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter in the words of who put it first, and how many people spoke of it."""

    words: str
    people: int = 1


def matters_in(pieces: Iterable[Piece], heard: Hearing) -> tuple[Matter, ...]:
    """Return the matters in the order in which they came up."""
    ear = _Ear(heard, [], [])
    for piece in pieces:
        ear.hear(piece)
    return tuple(ear.matters)


def is_danger(words: str, heard: Hearing) -> bool:
    """Whether somebody may come to harm."""
    return heard.understood(words).urgency.level is Level.U0


def alike(one: str, other: str, heard: Hearing) -> bool:
    """Whether two texts are probably about the same matter."""
    first, second = heard.reading_of(one), heard.reading_of(other)
    return same_matter(first, second).score >= SAME or _leaves_out(first, second)


def _leaves_out(one: Reading, other: Reading) -> bool:
    """In one conversation who speaks of the same trouble without a place means the place that was named, or will be."""
    return one.topics[:1] == other.topics[:1] != () and not (one.place.name and other.place.name)


@dataclass(slots=True)
class _Ear:
    """`speakers` are those who spoke of each matter; `last` is the matter the present speaker has come to."""

    heard: Hearing
    matters: list[Matter]
    speakers: list[set[str]]
    speaker: str = ""
    last: int | None = None

    def hear(self, piece: Piece) -> None:
        if piece.speaker != self.speaker:
            self.speaker, self.last = piece.speaker, None
        if self.last is not None and self.heard.continues(self.matters[self.last].words, piece.words):
            self._go_on(self.last, piece)
        elif self.heard.understood(piece.words).kind in ACTIONABLE:
            self.last = self._known(piece)

    def _go_on(self, at: int, piece: Piece) -> None:
        known = self.matters[at]
        if piece.words in known.words.splitlines():
            return
        self.matters[at] = replace(known, words=f"{known.words}\n{piece.words}")

    def _known(self, piece: Piece) -> int:
        """The matter this is about: one of those before, now also spoken of by this person, or a new one."""
        for at, known in enumerate(self.matters):
            if alike(known.words, piece.words, self.heard):
                self.speakers[at].add(piece.speaker)
                vague = not self.heard.reading_of(known.words).place.name
                exact = self.heard.reading_of(piece.words).place.name
                words = piece.words if vague and exact else known.words
                self.matters[at] = Matter(words, len(self.speakers[at]))
                return at
        self.matters.append(Matter(piece.words))
        self.speakers.append({piece.speaker})
        return len(self.matters) - 1
