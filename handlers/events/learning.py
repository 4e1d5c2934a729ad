"""What is learned from those who sort issues."""

from dataclasses import dataclass

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class PlaceNamed(Event):
    """A community calls a place by a name of its own."""

    unit_id: int
    name: str
    meant: str


@dataclass(frozen=True, slots=True)
class PlaceUnnamed(Event):
    """It does so no longer."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class ModelTrained(Event):
    """A model was learned and is used from now on; right answers of the old one and of this, each out of so many."""

    model_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ModelRetired(Event):
    """The operator went back to what was used before."""

    model_id: int
