"""事项: whoever opens a poll names the matter, and the lawful rule with its clause follows from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.bodies import name_of
from handlers.bodies.catalogue import Counts, body
from handlers.choices.ask import Kind
from handlers.choices.stored import parse_ask
from handlers.matters.catalogue import find, matters
from handlers.matters.findings import Finding, Severity
from handlers.matters.guards import check_days, check_party, statutory_notice
from handlers.matters.lawful import choose, deviate, emergency_way
from handlers.matters.lint import Schedule, lint
from handlers.matters.model import Closed, Lawful, Matter, Route
from handlers.matters.stored import grounds_of, lawful_of, matter_lines
from handlers.polls.ordering import Order
from handlers.polls.otherwise import under
from handlers.refusals import Refusal
from handlers.rules.rule import Rule
from handlers.texts import text
from storage.records import Poll, PollState


@dataclass(frozen=True, slots=True)
class Putting:
    """A question about to be put: to which body, when, whether it `binds` (decides a stage), studied when."""

    question: str
    body: str
    binds: int | None
    schedule: Schedule
    studied_on: date | None


def lawful_for(order: Order, bodies: Sequence[str]) -> Lawful | None:
    """What holds for the matter an order names when one of these bodies decides; None when it names none.

    Without bodies, the matter's usual route says who decides. Refusal where no or several matters are meant, where
    another body has to decide, where no vote is taken, and for another rule without a reason.
    """
    if not order.matter:
        if order.route or order.other:
            raise Refusal("polls.matter_first", word="路径" if order.route else "另用")
        return None
    matter = _the_one(order.matter)
    if matter.closed is Closed.EMERGENCY:
        raise Refusal("polls.emergency", way="\n".join(emergency_way()))
    route = _route(matter, order.route, bodies)
    lawful = choose(matter.id, route.id if route else "")
    if order.other is None:
        return lawful
    return deviate(lawful, under(lawful.rule, order.other, order.cited), order.other.reason)


def ruled(lawful: Lawful | None, cited: str) -> Rule | None:
    """The lawful rule with whatever was cited besides its clause; another rule cites but its own ground."""
    if lawful is None or lawful.reason:
        return lawful.rule if lawful else None
    return replace(lawful.rule, basis="；".join(filter(None, (lawful.rule.basis, cited))))


def check_order(order: Order, lawful: Lawful | None, putting: Putting) -> tuple[str, ...]:
    """What should be looked at again in a question that may be put as it is. Refusal for one that may not."""
    printed = order.ask.printed if order.ask else ()
    found = list(lint(putting.question, printed, putting.schedule, lawful))
    if lawful and putting.schedule.told_on:
        found += check_party(lawful, putting.studied_on, putting.schedule.told_on)
    if lawful is None and putting.binds is not None:
        found += _check_told(putting.body, putting.schedule)
    if order.ask and order.ask.kind is Kind.SENSE:
        found = [finding for finding in found if finding.severity is Severity.ERROR]
    refuse_errors(found)
    return tuple(finding.line for finding in found)


def check_again(poll: Poll, schedule: Schedule) -> tuple[str, ...]:
    """What `check_order` says of a poll that is put once more at another time."""
    lawful = lawful_of(poll)
    found = list(lint(poll.question, parse_ask(poll.ask).printed if poll.ask else (), schedule, lawful))
    if lawful is None and poll.step_id is not None:
        found += _check_told(poll.body, schedule)
    refuse_errors(found)
    return tuple(finding.line for finding in found)


def refuse_errors(found: Collection[Finding]) -> None:
    """Refuse with everything that keeps a poll from opening, at once."""
    errors = [finding.line for finding in found if finding.severity is Severity.ERROR]
    if errors:
        raise Refusal("polls.not_so", why="\n".join(errors))


def lawful_lines(poll: Poll) -> tuple[str, ...]:
    """What card and result say beside the rule: the matter and its article, a deviation, what the poll is worth.

    While it runs also when it may end early and how long its result can be challenged.
    """
    lines = list(matter_lines(poll))
    if not lines and body(poll.body).counts is Counts.OWNER:
        lines.append(text("matters.opinion_owners"))
    if poll.state is PollState.OPEN:
        if poll.early:
            lines.append(text("polls.may_end_early", basis=poll.early))
        if days := grounds_of(poll).objections:
            lines.append(text("polls.objections_follow", days=days))
    return tuple(lines)


def _check_told(body_id: str, schedule: Schedule) -> tuple[Finding, ...]:
    """The days of notice the law asks of a body whatever it decides. Owners decide in a channel of their own."""
    notice = statutory_notice(body_id)
    if notice is None or body(body_id).counts is Counts.OWNER:
        return ()
    return check_days(notice, schedule.told_on, schedule.opens_at.date(), schedule.urgent)


def _route(matter: Matter, said: str, bodies: Sequence[str]) -> Route | None:
    named = [route for route in matter.routes if said in (route.id, route.name)] or [
        route for route in matter.routes if said in route.name
    ]
    if matter.routes and not named:
        routes = "、".join(route.name for route in matter.routes)
        raise Refusal("polls.which_route", matter=matter.name, said=said, routes=routes)
    if not bodies:
        return named[0] if named else None
    fitting = [route for route in named if route.rule.electorate in bodies]
    if named and not fitting:
        wanted = "、".join(dict.fromkeys(name_of(route.rule.electorate) for route in named))
        here = name_of(bodies[0])
        raise Refusal("polls.other_body", matter=matter.name, bodies=wanted, body=here)
    return next((route for one in bodies for route in fitting if route.rule.electorate == one), None)


def _the_one(said: str) -> Matter:
    found = find(said)
    if len(found) == 1:
        return found[0]
    names = "、".join(matter.name for matter in (found or matters().values()))
    raise Refusal("polls.which_matter", said=said, names=names)
