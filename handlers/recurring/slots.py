"""Finding a time: the slots in the order in which they suit, with reasons that count heads and name nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from handlers.texts import text


class Can(StrEnum):
    """Whether somebody can come: 可以, 勉强, 不行."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Reach(IntEnum):
    """How the quorum is reached, surest first."""

    SURE = 0
    WITH_MAYBE = 1
    WITH_SILENT = 2
    NEVER = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A candidate time (UTC)."""

    id: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person says of one slot; of several the last counts."""

    person: int
    slot: int
    can: Can


@dataclass(frozen=True, slots=True)
class Needed:
    """A role without which the meeting cannot be held (chair, recorder), and those who may fill it."""

    role: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Standing:
    """One slot: how many of the roll can come, whether the quorum is reached, and whether each role is filled.

    `roles` holds for each needed role the best answer of those who may fill it, None while nobody of them can and
    somebody is silent.
    """

    slot: Slot
    yes: int
    maybe: int
    no: int
    silent: int
    quorum: int
    roles: tuple[tuple[str, Can | None], ...]

    @property
    def reach(self) -> Reach:
        """How the quorum is reached."""
        sums = (self.yes, self.yes + self.maybe, self.yes + self.maybe + self.silent)
        return next(
            (reach for reach, sum_ in zip(Reach, sums, strict=False) if sum_ >= self.quorum), Reach.NEVER
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it stands where it does, a phrase each: heads, quorum, roles that are not sure."""
        roll = self.yes + self.maybe + self.no + self.silent
        counts = text(
            "recurring.slot_counts", yes=self.yes, maybe=self.maybe, no=self.no, silent=self.silent, roll=roll
        )
        return (
            counts,
            *self._quorum(),
            *(_unsure(role, can) for role, can in self.roles if can is not Can.YES),
        )

    @property
    def suits(self) -> tuple[int, ...]:
        """Smaller suits better: roles missing, quorum, roles unsure, then those who can and those who barely can."""
        missing = sum(can is Can.NO for _, can in self.roles)
        unsure = sum(can in (Can.MAYBE, None) for _, can in self.roles)
        return (missing, self.reach, unsure, -self.yes, -self.maybe)

    def _quorum(self) -> tuple[str, ...]:
        if not self.quorum:
            return ()
        match self.reach:
            case Reach.SURE:
                return (text("recurring.slot_quorum", quorum=self.quorum),)
            case Reach.WITH_MAYBE:
                return (
                    text("recurring.slot_quorum_maybe", quorum=self.quorum, short=self.quorum - self.yes),
                )
            case Reach.WITH_SILENT:
                short = self.quorum - self.yes - self.maybe
                return (
                    text("recurring.slot_quorum_silent", quorum=self.quorum, short=short, silent=self.silent),
                )
            case Reach.NEVER:
                short = self.quorum - self.yes - self.maybe - self.silent
                return (text("recurring.slot_quorum_never", quorum=self.quorum, short=short),)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The slots, those that suit best first; `tied` are the best ones when there are several, for a person to choose."""

    order: tuple[Standing, ...]
    tied: tuple[Slot, ...]


def rank(
    slots: Sequence[Slot],
    answers: Sequence[Answer],
    roll: frozenset[int],
    quorum: int,
    needed: Sequence[Needed] = (),
) -> Ranking:
    """Put the slots in order. Answers of people who are not on the roll count only where a role needs them.

    `quorum` is in heads of the roll, 0 where any number will do. Nobody's answer weighs more than another's except
    through a needed role. Equal slots stand in order of time. ValueError for an empty roll or no slot.
    """
    if not roll or not slots:
        raise ValueError("nobody to ask, or nothing to ask about")
    said = {(answer.slot, answer.person): answer.can for answer in answers}
    standings = [_standing(slot, said, roll, quorum, needed) for slot in slots]
    order = sorted(
        standings, key=lambda standing: (standing.suits, standing.slot.starts_at, standing.slot.id)
    )
    best = tuple(standing.slot for standing in order if standing.suits == order[0].suits)
    return Ranking(tuple(order), best if len(best) > 1 else ())


def _standing(
    slot: Slot,
    said: Mapping[tuple[int, int], Can],
    roll: frozenset[int],
    quorum: int,
    needed: Sequence[Needed],
) -> Standing:
    heard = [said.get((slot.id, person)) for person in roll]
    roles = tuple((need.role, _filled([said.get((slot.id, who)) for who in need.people])) for need in needed)
    return Standing(
        slot=slot,
        yes=heard.count(Can.YES),
        maybe=heard.count(Can.MAYBE),
        no=heard.count(Can.NO),
        silent=heard.count(None),
        quorum=quorum,
        roles=roles,
    )


def _filled(heard: list[Can | None]) -> Can | None:
    """The best that can be said of a role; nobody to fill it is a no."""
    best: tuple[Can | None, ...] = (Can.YES, Can.MAYBE, None, Can.NO)
    return next((can for can in best if can in heard), Can.NO)


def _unsure(role: str, can: Can | None) -> str:
    key = {Can.MAYBE: "slot_needed_maybe", Can.NO: "slot_needed_missing", None: "slot_needed_silent"}[can]
    return text(f"recurring.{key}", role=role)
