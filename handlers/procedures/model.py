"""What a procedure file says, once it has been read without a fault."""

from dataclasses import dataclass, replace
from fractions import Fraction

from handlers.procedures.periods import Term
from handlers.procedures.terms import (
    OFFERED,
    OUTCOMES,
    Base,
    Bound,
    Cadence,
    EndSense,
    Grade,
    Measure,
    Outcome,
    StageKind,
)
from storage.records import GroupRole, Secrecy, UnitKind


@dataclass(frozen=True, slots=True)
class Share:
    """A bound such as `>= 2/3 of the roll`."""

    fraction: Fraction
    op: Bound
    base: Base


@dataclass(frozen=True, slots=True)
class StageRule:
    """The rule of a stage; a missing clause asks nothing. `basis` is the article to quote, or empty.

    Of a survey, `passing` is the share of answers that must say "solved" for the outcome `ok`.
    """

    quorum: Share | None
    passing: Share | None
    measures: tuple[Measure, ...]
    grade: Grade
    basis: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Where an outcome leads: a stage or an end. `label` is the word on the button, empty for the usual one."""

    outcome: Outcome
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Route:
    """Another lawful way through a stage, chosen by a person before it opens; None keeps what the stage says."""

    id: str
    name: str
    body: str | None
    rule: StageRule | None
    limit: Term | None
    shortest: Term | None
    basis: str


@dataclass(frozen=True, slots=True)
class Stage:
    """环节. What is not said of a kind is None, empty or false.

    `limit`: notice: least time on the board; poll: longest window; meeting: notice and papers this long before;
    screen, task, survey, collect: limit. `shortest`: least window of a poll.
    `start_within`: notice: to be posted within. `wait`: survey: asked this long after the stage is entered.
    `every`: meeting, survey: its calendar; task: how often progress is reported. `agenda_max`: topics at most.
    `parties`: bodies that must be there or be shown as absent; the absent are not bound.
    `ask`: outcomes at which the case stops on purpose and asks a person.
    `remote_basis`: the cited rule under which remote attendance counts, empty when it does not.
    `advisory`: the result binds nobody. `offline`: done outside the chats, here only filed.
    """

    id: str
    name: str
    kind: StageKind
    body: str
    group: GroupRole | None
    offline: bool
    rule: StageRule | None
    limit: Term | None
    shortest: Term | None
    start_within: Term | None
    wait: Term | None
    every: Cadence | None
    every_grade: Grade | None
    agenda_max: int | None
    parties: tuple[str, ...]
    secrecy: Secrecy
    allow_change_until_close: bool
    remote_basis: str
    advisory: bool
    doc: str
    basis: str
    edges: tuple[Edge, ...]
    ask: tuple[Outcome, ...]
    routes: tuple[Route, ...]

    @property
    def remote_counts(self) -> bool:
        """Whether people who are not in the hall count as present."""
        return bool(self.remote_basis)

    def edge(self, outcome: Outcome) -> Edge | None:
        """The edge of an outcome."""
        return next((edge for edge in self.edges if edge.outcome is outcome), None)

    def next(self, outcome: Outcome) -> str | None:
        """Id of the stage or end an outcome leads to; None: the case stops and asks a person."""
        edge = self.edge(outcome)
        return edge.target if edge else None

    @property
    def forward(self) -> Edge | None:
        """The edge of the outcome that carries a matter on, if there is one."""
        return next((edge for outcome in OUTCOMES[self.kind] if (edge := self.edge(outcome))), None)

    @property
    def arising(self) -> tuple[Outcome, ...]:
        """Outcomes that can come about although nobody offers them; each needs an edge or a place in `ask`."""
        without_quorum = {Outcome.INVALID_QUORUM, Outcome.INVALID_PARTICIPATION}
        rules = (self.rule, *(route.rule for route in self.routes))
        has_quorum = any(rule is not None and rule.quorum is not None for rule in rules)
        barred = OFFERED if has_quorum else OFFERED | without_quorum
        return tuple(outcome for outcome in OUTCOMES[self.kind] if outcome not in barred)

    def route(self, route_id: str) -> "Stage":
        """The stage as it is by another route. Raises KeyError."""
        for route in self.routes:
            if route.id == route_id:
                return replace(
                    self,
                    name=route.name,
                    body=route.body or self.body,
                    rule=route.rule or self.rule,
                    limit=route.limit or self.limit,
                    shortest=route.shortest or self.shortest,
                    basis=route.basis or self.basis,
                    routes=(),
                )
        raise KeyError(route_id)


@dataclass(frozen=True, slots=True)
class End:
    """A final state. `onward`: ids of procedures that may take the matter up; several: a person chooses."""

    id: str
    name: str
    sense: EndSense
    onward: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Initiator:
    """Who may start the procedure: a body, or so many or such a share of it."""

    body: str
    share: Fraction | None
    heads: int | None
    grade: Grade
    basis: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """程序. `family` names variants among which a site must choose; `private`: nothing is published.

    `level` is where in the tree of units it works; an end with `onward` to a higher level moves the matter up.
    `stop` is the end of a case that is withdrawn, from whatever stage; empty: it cannot be.
    """

    id: str
    name: str
    family: str
    aliases: tuple[str, ...]
    summary: str
    basis: tuple[str, ...]
    grade: Grade
    level: UnitKind | None
    private: bool
    raised_by: tuple[Initiator, ...]
    ends: tuple[End, ...]
    stop: str
    stages: tuple[Stage, ...]

    @property
    def first(self) -> Stage:
        """The stage a case starts in."""
        return self.stages[0]

    def stage(self, stage_id: str) -> Stage:
        """A stage by id. Raises KeyError."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise KeyError(stage_id)

    def end(self, end_id: str) -> End:
        """An end by id. Raises KeyError."""
        for end in self.ends:
            if end.id == end_id:
                return end
        raise KeyError(end_id)

    def is_end(self, target: str) -> bool:
        """Whether an edge's target is an end."""
        return any(end.id == target for end in self.ends)

    def after(self, stage_id: str, outcome: Outcome) -> Stage | End | None:
        """Where an outcome leads; None: ask a person. Raises KeyError for an unknown stage."""
        target = self.stage(stage_id).next(outcome)
        if target is None:
            return None
        return self.end(target) if self.is_end(target) else self.stage(target)
