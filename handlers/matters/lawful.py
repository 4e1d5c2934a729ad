"""From a matter to the rule that holds for it, and to another rule only with a reason that is shown."""

from dataclasses import replace

from handlers.matters.catalogue import matters
from handlers.matters.model import Channel, Closed, Label, Lawful, Matter, Proxies, Route
from handlers.refusals import Refusal
from handlers.rules.explain_rule import explain_rule
from handlers.rules.rule import Base, Bound, Clause, Requirement, Rule, options
from handlers.texts import text

_WIDTH = {Base.PARTICIPANTS: 0, Base.PRESENT: 1, Base.ROLL: 2}
_SHORTEST_REASON = 4


def choose(matter_id: str, route_id: str = "") -> Lawful:
    """Return what holds for a matter; a matter of one route needs none named.

    Raises Refusal where the matter is unknown, is not put to a vote (with the way that is open instead), or has
    several routes and none of them is named.
    """
    matter = matters().get(matter_id)
    if matter is None:
        raise Refusal("matters.unknown")
    if matter.closed is Closed.EMERGENCY:
        raise Refusal("matters.emergency", basis=matter.basis)
    if matter.closed is Closed.ELECTION:
        raise Refusal("matters.never_counted")
    named = [route for route in matter.routes if route.id == route_id] or list(matter.routes)
    if len(named) > 1 or (route_id and named[0].id != route_id):
        names = text("rules.and").join(route.name for route in matter.routes)
        raise Refusal("matters.which_route", matter=matter.name, routes=names)
    return Lawful(matter, named[0], replace(named[0].rule, basis=_basis(matter, named[0])))


def deviate(lawful: Lawful, rule: Rule, reason: str) -> Lawful:
    """Return the poll under another rule. Raises Refusal without a reason; one weaker than the law binds nobody."""
    if rule == lawful.rule:
        return lawful
    if len(reason.strip()) < _SHORTEST_REASON:
        raise Refusal("matters.reason_missing")
    return replace(lawful, rule=rule, reason=reason.strip(), weaker=not _as_strict(rule, lawful.route.rule))


def restore(matter_id: str, route_id: str, rule: Rule, reason: str) -> Lawful | None:
    """Return what held for a poll that was opened under `rule`; None for a matter or route that is no longer known."""
    matter = matters().get(matter_id)
    route = next((route for route in matter.routes if route.id == route_id), None) if matter else None
    if matter is None or route is None:
        return None
    return Lawful(matter, route, rule, reason, weaker=not _as_strict(rule, route.rule))


def explain_matter(lawful: Lawful) -> tuple[str, ...]:
    """Return what stands around the rule: matter and article first, then deviation, worth, what else is needed."""
    matter = lawful.matter
    lines = [
        text("matters.matter", matter=matter.name, basis=matter.basis),
        text("matters.says", says=matter.says),
    ]
    if lawful.reason:
        lines.append(text("matters.deviates", reason=lawful.reason))
    if lawful.weaker:
        lines.append(text("matters.weaker", rule=explain_rule(lawful.route.rule)[0]))
    lines.append(_worth(lawful))
    if lawful.route.needs:
        lines.append(text("matters.needs", needs=lawful.route.needs))
    if lawful.route.proxies is not Proxies.NONE:
        lines.append(text(f"matters.proxies_{lawful.route.proxies}"))
    return tuple(lines)


def emergency_way() -> tuple[str, ...]:
    """Return the steps that take the place of a vote where danger must be lifted at once, in their order."""
    steps = text("matters.emergency_steps").split("\n")
    return (text("matters.emergency_heading"), *steps)


def _worth(lawful: Lawful) -> str:
    if lawful.label is Label.RESOLUTION:
        return text("matters.resolution", body=lawful.route.name)
    if lawful.matter.channel is Channel.OWNERS:
        return text("matters.opinion_owners")
    return text("matters.opinion", body=lawful.route.name)


def _basis(matter: Matter, route: Route) -> str:
    """The articles of matter and route, those of one law side by side."""
    articles: dict[str, list[str]] = {}
    for basis in (matter.basis, route.rule.basis):
        law, _, numbers = basis.partition(" ")
        articles.setdefault(law, []).extend(number for number in numbers.split(", ") if number)
    found = (
        " ".join((law, ", ".join(dict.fromkeys(numbers)))).strip() for law, numbers in articles.items() if law
    )
    return "；".join(found)


def _as_strict(rule: Rule, lawful: Rule) -> bool:
    """Whether whatever passes by `rule` also passes by the lawful one."""
    if rule.electorate != lawful.electorate:
        return False
    if rule.minimum_present < lawful.minimum_present or rule.minimum_yes < lawful.minimum_yes:
        return False
    return all(
        any(_implies(found, needed) for found in having)
        for asked, having in ((lawful.quorum, rule.quorum), (lawful.passing, rule.passing))
        for needed in asked
    )


def _implies(found: Requirement, needed: Requirement) -> bool:
    """Whether each way of meeting `found` is a way of meeting `needed`."""
    return all(any(_at_least(one, other) for other in options(needed)) for one in options(found))


def _at_least(one: Clause, other: Clause) -> bool:
    if one.measure is not other.measure or _WIDTH[one.base] < _WIDTH[other.base]:
        return False
    if one.share == other.share:
        return one.bound is other.bound or one.bound is Bound.OVER
    return one.share > other.share
