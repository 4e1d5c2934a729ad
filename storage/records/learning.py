"""What is learned from those who sort issues: lessons, names of places, models; and second opinions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.issues import Category, Kind


class Aspect(StrEnum):
    """What was understood and judged of an issue.

    SAME: whether it is the same as another; SECOND: whether its message held a second matter; both are answered "yes"
    or "no". TAKEN: whether it was to be taken on, beside the category it was understood to be of.
    """

    KIND = "kind"
    CATEGORY = "category"
    PLACE = "place"
    TAKEN = "taken"
    SAME = "same"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was understood of an issue and what a person decided; of several about one thing the last counts.

    `other_id` is the issue it was compared with. Goes with either issue.
    """

    id: int
    issue_id: int
    other_id: int | None
    aspect: Aspect
    understood: str
    decided: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a community calls a place, and which place of its tree it means."""

    community_id: int
    name: str
    meant: str
    given_by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Model:
    """Weights learned here, as the understanding writes them. The newest that is not retired is used."""

    id: int
    at: datetime
    lessons: int
    weights: str
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """A second opinion on an issue that was understood with little confidence: wanted, asked for, given, shown.

    Without an answer there is no kind and no category; it is asked for once at most.
    """

    issue_id: int
    wanted_at: datetime
    asked_at: datetime | None
    answered_at: datetime | None
    shown_at: datetime | None
    kind: Kind | None
    category: Category | None


@dataclass(frozen=True, slots=True)
class Review:
    """When a community's grid leaders next read how well its issues were understood `since` then."""

    community_id: int
    since: datetime
    at: datetime
