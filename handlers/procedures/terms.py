"""The words a procedure file is written in."""

from enum import StrEnum


class StageKind(StrEnum):
    """What happens in a stage."""

    COLLECT = "collect"
    SCREEN = "screen"
    POLL = "poll"
    MEETING = "meeting"
    NOTICE = "notice"
    TASK = "task"
    SURVEY = "survey"


class Outcome(StrEnum):
    """How a stage can be left. No edge answers TIE: where it is said a person is asked."""

    DONE = "done"
    NONE = "none"
    ACCEPT = "accept"
    REFUSE = "refuse"
    MERGE = "merge"
    DISPATCH = "dispatch"
    ESCALATE = "escalate"
    PASSED = "passed"
    CONDITIONAL = "conditional"
    SEND_BACK = "send_back"
    REJECTED = "rejected"
    TIE = "tie"
    INVALID_QUORUM = "invalid_quorum"
    INVALID_PARTICIPATION = "invalid_participation"
    CLEAR = "clear"
    OBJECTION = "objection"
    OVERDUE = "overdue"
    OK = "ok"
    REOPEN = "reopen"


class Grade(StrEnum):
    """How good the ground of a number is; only `LAW` may be quoted as the law."""

    LAW = "law"
    UNCHECKED_LAW = "law?"
    LOCAL = "local"
    PROPOSAL = "proposal"


class Bound(StrEnum):
    """以上 includes the number, 过半数 and 超过 do not."""

    AT_LEAST = ">="
    MORE_THAN = ">"


class Base(StrEnum):
    """What a share is a share of."""

    ROLL = "roll"
    PRESENT = "present"
    PARTICIPANTS = "participants"
    HOUSEHOLDS = "households"


class Measure(StrEnum):
    """What is counted: heads, or floor area in m²."""

    HEADS = "heads"
    AREA = "area"


class Cadence(StrEnum):
    """How often something comes round."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class EndSense(StrEnum):
    """What an end means for the people who raised the matter."""

    SETTLED = "settled"
    DECLINED = "declined"
    FAILED = "failed"
    HANDED_ON = "handed_on"


# The first outcome of each kind is the one that carries a matter forward.
OUTCOMES: dict[StageKind, tuple[Outcome, ...]] = {
    StageKind.COLLECT: (Outcome.DONE, Outcome.NONE),
    StageKind.SCREEN: (
        Outcome.ACCEPT,
        Outcome.REFUSE,
        Outcome.MERGE,
        Outcome.DISPATCH,
        Outcome.ESCALATE,
    ),
    StageKind.POLL: (Outcome.PASSED, Outcome.REJECTED, Outcome.INVALID_PARTICIPATION),
    StageKind.MEETING: (
        Outcome.PASSED,
        Outcome.CONDITIONAL,
        Outcome.SEND_BACK,
        Outcome.REJECTED,
        Outcome.INVALID_QUORUM,
        Outcome.ESCALATE,
    ),
    StageKind.NOTICE: (Outcome.CLEAR, Outcome.OBJECTION),
    StageKind.TASK: (Outcome.DONE, Outcome.OVERDUE),
    StageKind.SURVEY: (Outcome.OK, Outcome.REOPEN),
}

# A person picks these from what the stage offers, so a stage need not offer them.
OFFERED = frozenset({*OUTCOMES[StageKind.SCREEN], Outcome.CONDITIONAL, Outcome.SEND_BACK})
