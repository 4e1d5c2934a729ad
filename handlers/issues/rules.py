"""Decisions about issues that need nothing but the issue."""

from handlers.issues.reading import reading_of
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.texts import term
from storage.issues import OVER
from storage.records import Category, Issue, IssueState, Kind, Level

UNTOUCHED = (IssueState.CANDIDATE, IssueState.REPORTED)
GIVEN = (IssueState.DISPATCHED, IssueState.PROCESSING)
AT_WORK = (IssueState.FILED, *GIVEN, IssueState.ESCALATED)
OPEN = tuple(state for state in IssueState if state not in OVER)
_MISSING = "missing"


def require_state(issue: Issue, *states: IssueState) -> None:
    """Refuse a step that does not follow from where the issue stands."""
    if issue.state not in states:
        label, state = issue_label(issue), term("issue_state", issue.state)
        raise Refusal("issues.wrong_state", issue=label, state=state)


def is_personal(issue: Issue) -> bool:
    """Between persons: its words stay out of every group but the grid workers'."""
    quarrel = issue.kind is Kind.DISPUTE or issue.category is Category.NEIGHBOURS
    return quarrel or issue.state is IssueState.MEDIATE


def is_missing_person(issue: Issue) -> bool:
    """Somebody has gone missing: what is known of them is for those on duty only."""
    return issue.kind is Kind.URGENT and _MISSING in reading_of(issue.text).topics


def may_be_public(issue: Issue) -> bool:
    """Whether an issue's own words may be shown where neighbours read."""
    return not is_personal(issue) and not is_missing_person(issue)


def more_urgent(one: Level, other: Level) -> Level:
    """The more urgent of two levels."""
    order = tuple(Level)
    return min(one, other, key=order.index)
