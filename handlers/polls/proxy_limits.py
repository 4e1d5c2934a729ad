"""委托的限度: whether a body lets others hand in a ballot, to whom it may be given, and how many one person may hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.bodies.catalogue import body
from handlers.matters.catalogue import routes
from handlers.matters.model import Proxies
from handlers.matters.stored import grounds_of
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow
from storage.records import Member, Poll, Proxy

_NUMBER = re.compile(r"(\d{1,3})\s*[份张票户]")


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may hold a proxy, at most how many (None: as many as are given), and where that stands."""

    who: Proxies
    most: int | None
    basis: str


def limits_of(poll: Poll, cited: str = "") -> Limits:
    """What holds for a poll: the law of its matter where one was named, else its body.

    `cited` is a local rule the office names; a number of papers in it (`至多3份`) takes the place of ours.
    """
    own = body(poll.body)
    route = routes().get(grounds_of(poll).route)
    who = own.proxies if route is None else route.proxies
    number = _NUMBER.search(narrow(cited))
    if number is None:
        return Limits(who, own.proxy_most, own.proxy_basis)
    return Limits(who, int(number[1]), cited)


def require_allowed(limits: Limits, poll: Poll) -> None:
    """Refuse a proxy where the body takes none."""
    if limits.who is Proxies.NONE:
        basis = text("polls.in_brackets", words=limits.basis) if limits.basis else ""
        raise Refusal("polls.proxy_not_here", body=body(poll.body).name, basis=basis)


def require_holder(
    limits: Limits, giver: Member, holder: Member, given: Sequence[Proxy], now: datetime
) -> None:
    """Refuse a holder who may not hold this proxy beside those `given` in the poll so far."""
    if giver.id == holder.id:
        raise Refusal("polls.proxy_oneself")
    if holder.adult_at is not None and now < holder.adult_at:
        raise Refusal("polls.proxy_minor", holder=holder.name)
    if limits.who is Proxies.HOUSEHOLD and (not giver.door or giver.door != holder.door):
        raise Refusal("polls.proxy_household", holder=holder.name, name=giver.name)
    if any(proxy.holder_id == giver.id for proxy in given):
        raise Refusal("polls.proxy_of_a_holder", name=giver.name)
    if any(proxy.member_id == holder.id for proxy in given):
        raise Refusal("polls.proxy_handed_on", holder=holder.name)
    held = sum(proxy.holder_id == holder.id for proxy in given)
    if limits.most is not None and held >= limits.most:
        raise Refusal("polls.proxy_too_many", holder=holder.name, most=limits.most, basis=limits.basis)
