"""What was said of a poll's matter when it was put, as the poll keeps it: JSON text."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from handlers.matters.findings import Finding
from handlers.matters.guards import check_publication
from handlers.matters.lawful import explain_matter, restore
from handlers.matters.model import Lawful
from handlers.rules.stored import parse_rule
from handlers.texts import text
from storage.records import Poll, PollState


@dataclass(frozen=True, slots=True)
class Grounds:
    """`matter` and `route` are ids of the catalogue, "" where none was named; `reason` why another rule was chosen.

    `urgent`: why the notice was short. `studied`: the day (ISO) the party organisation studied it. `objections`: for
    how many days the result stays open to challenge. `meeting`: the id of the meeting in whose room the vote is taken, 0
    for none.
    """

    matter: str = ""
    route: str = ""
    reason: str = ""
    urgent: str = ""
    studied: str = ""
    objections: int = 0
    meeting: int = 0


def dump_grounds(grounds: Grounds) -> str:
    """Return grounds as JSON text, "" where there is nothing to say."""
    return "" if grounds == Grounds() else json.dumps(asdict(grounds), ensure_ascii=False)


def grounds_of(poll: Poll) -> Grounds:
    """Return what a poll keeps; fields it lacks are empty."""
    return Grounds(**json.loads(poll.matter)) if poll.matter else Grounds()


def lawful_of(poll: Poll) -> Lawful | None:
    """Return what the law says of a poll's matter, under the rule it was put; None where no matter was named."""
    grounds = grounds_of(poll)
    return restore(grounds.matter, grounds.route, parse_rule(poll.rule), grounds.reason)


def matter_lines(poll: Poll) -> tuple[str, ...]:
    """Return the lines about a poll's matter for card, notice and result; none where no matter was named."""
    lawful, grounds = lawful_of(poll), grounds_of(poll)
    if lawful is None:
        return ()
    lines = list(explain_matter(lawful))
    if grounds.studied:
        studied = date.fromisoformat(grounds.studied)
        lines.append(text("matters.studied", month=studied.month, day=studied.day))
    if grounds.urgent:
        lines.append(text("matters.urgent", reason=grounds.urgent))
    return tuple(lines)


def check_publications(polls: Iterable[Poll], posted_on: date, until: date) -> tuple[Finding, ...]:
    """What `check_publication` finds for a notice that publishes what these polls came to; void ones say nothing."""
    standing = (poll for poll in polls if poll.state is PollState.CLOSED and not poll.void)
    found = (check_publication(lawful, posted_on, until) for poll in standing if (lawful := lawful_of(poll)))
    return tuple(dict.fromkeys(finding for findings in found for finding in findings))
