"""Where a case stands in its procedure: behind it, now, and ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.procedures.model import End, Procedure, Stage
from handlers.procedures.terms import Outcome


@dataclass(frozen=True, slots=True)
class Visit:
    """A stage entered and, unless the case is still there, the outcome it was left with."""

    stage: str
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Done:
    """A stage that has been left; the same stage may come several times."""

    stage: Stage
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Branch:
    """A way out of the present stage; no target: the case stops and asks a person."""

    outcome: Outcome
    label: str
    target: Stage | End | None


@dataclass(frozen=True, slots=True)
class CasePath:
    """The whole path: `now` is where it stands, or it has reached `end`, or (neither) it waits for a person.

    `ahead`: the stages that come if everything goes forward, up to the end `goal`; `branches`: all ways out of now.
    """

    done: tuple[Done, ...]
    now: Stage | None
    end: End | None
    ahead: tuple[Stage, ...]
    goal: End | None
    branches: tuple[Branch, ...]


def case_path(procedure: Procedure, visits: Sequence[Visit]) -> CasePath:
    """The path of a case that has made these visits, oldest first. Raises KeyError for an unknown stage."""
    done = tuple(
        Done(procedure.stage(visit.stage), visit.outcome) for visit in visits if visit.outcome is not None
    )
    stands = _stands(procedure, visits)
    now = stands if isinstance(stands, Stage) else None
    ahead, goal = main_line(procedure, now) if now else ((), None)
    return CasePath(
        done=done,
        now=now,
        end=stands if isinstance(stands, End) else None,
        ahead=ahead,
        goal=goal,
        branches=_branches(procedure, now) if now else (),
    )


def main_line(procedure: Procedure, start: Stage) -> tuple[tuple[Stage, ...], End | None]:
    """The stages after `start` when every stage goes forward, each once, and the end they lead to."""
    line: list[Stage] = []
    stage = start
    while edge := stage.forward:
        if procedure.is_end(edge.target):
            return tuple(line), procedure.end(edge.target)
        stage = procedure.stage(edge.target)
        if stage == start or stage in line:
            break
        line.append(stage)
    return tuple(line), None


def _stands(procedure: Procedure, visits: Sequence[Visit]) -> Stage | End | None:
    if not visits:
        return procedure.first
    last = visits[-1]
    if last.outcome is None:
        return procedure.stage(last.stage)
    return procedure.after(last.stage, last.outcome)


def _branches(procedure: Procedure, now: Stage) -> tuple[Branch, ...]:
    answered = tuple(
        Branch(edge.outcome, edge.label, procedure.after(now.id, edge.outcome)) for edge in now.edges
    )
    unanswered = (outcome for outcome in (*now.arising, *now.ask) if now.edge(outcome) is None)
    return answered + tuple(Branch(outcome, "", None) for outcome in dict.fromkeys(unanswered))
