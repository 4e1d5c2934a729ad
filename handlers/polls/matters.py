"""事项: whoever opens a poll names the matter, and the lawful rule with its clause follows from it."""

import re
from datetime import datetime

from handlers.bodies import name_of
from handlers.matters.catalogue import find, matters
from handlers.matters.findings import Severity
from handlers.matters.guards import check_window
from handlers.matters.lawful import choose, emergency_way
from handlers.matters.lint import Schedule, lint
from handlers.matters.model import Closed, Label, Lawful, Matter
from handlers.refusals import Refusal
from handlers.texts import text

_NAMED = re.compile(r"事项\s*[:：]?\s*(\S+)")


def lawful_for(words: str, body: str) -> Lawful | None:
    """What holds for the matter named in these words when this body decides; None when no matter is named.

    Refusal where no or several matters are meant, where another body has to decide, and where no vote is taken.
    """
    match = _NAMED.search(words)
    if match is None:
        return None
    matter = _the_one(match[1])
    if matter.closed is Closed.EMERGENCY:
        raise Refusal("polls.emergency", way="\n".join(emergency_way()))
    route = next((route for route in matter.routes if route.rule.electorate == body), None)
    if route is None and matter.routes:
        bodies = "、".join(dict.fromkeys(name_of(route.rule.electorate) for route in matter.routes))
        raise Refusal("polls.other_body", matter=matter.name, bodies=bodies, body=name_of(body))
    return choose(matter.id, route.id if route else "")


def require_window(lawful: Lawful, opens_at: datetime, closes_at: datetime) -> None:
    """Refuse a window that the matter's law or place does not allow."""
    for finding in check_window(lawful, opens_at, closes_at):
        if finding.severity is Severity.ERROR:
            raise Refusal("polls.not_so", why=finding.line)


def hints(question: str, opens_at: datetime, closes_at: datetime) -> tuple[str, ...]:
    """What should be looked at again in a question that may be put as it is. Refusal for one that may not."""
    found = lint(question, (), Schedule(None, opens_at, closes_at))
    for finding in found:
        if finding.severity is Severity.ERROR:
            raise Refusal("polls.not_so", why=finding.line)
    return tuple(finding.line for finding in found)


def question_for(title: str, lawful: Lawful | None) -> str:
    """The question with what the poll is worth, where that is an opinion and no decision."""
    if lawful is None or lawful.label is not Label.OPINION:
        return title
    return text("polls.opinion", title=title, worth=text("matters.opinion_owners"))


def _the_one(said: str) -> Matter:
    found = find(said)
    if len(found) == 1:
        return found[0]
    names = "、".join(matter.name for matter in (found or matters().values()))
    raise Refusal("polls.which_matter", said=said, names=names)
