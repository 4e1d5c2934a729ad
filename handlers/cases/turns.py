"""A stage that was left: how, and where that leads."""

from dataclasses import dataclass

from handlers.procedures.model import End, Stage
from storage.records import Step


@dataclass(frozen=True, slots=True)
class Turn:
    """`target` is None where the procedure has no answer: a person must say."""

    stage: Stage
    step: Step
    target: Stage | End | None
