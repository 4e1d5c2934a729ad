"""Where the word about an issue goes: to the threads it came from, to the grid's desk, to those on duty."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.audience import called, group_of, private_address, staff
from handlers.permissions import DESK, TRIAGE
from handlers.work import Work
from storage import groups, issues, units
from storage.groups import address_of
from storage.messages import Address, Card, Urgency
from storage.records import GroupRole, GroupState, Issue, IssueState, Member, Role, Unit, UnitKind

DRAWN = ("issue", "raised", "offer", "alarm", "order", "check")
"""What there are cards of that change with the issue; `note` and `files` are said once and stay."""
NOUNS = (*DRAWN, "note", "files")
ON_DUTY = (Role.GRID_LEAD, Role.PARTY_SECRETARY, Role.SECRETARY)
_WALKING = (Role.GRID_WORKER, Role.GRID_LEAD)


@dataclass(frozen=True, slots=True)
class Origin:
    """A group in which a matter was raised, and the message it began with."""

    address: Address
    message_id: str


def redraw(work: Work, issue_id: int) -> None:
    """Every card about the issue shows something else now."""
    for noun in DRAWN:
        work.refresh(f"{noun}:{issue_id}")


def answer(work: Work, issue: Issue, card: Card | str) -> None:
    """Answer who acts; a reply to the answer is about the issue, like a reply to any card of it."""
    work.answer(card, subject=f"note:{issue.id}")


async def origins(work: Work, issue: Issue) -> list[Origin]:
    """Every group in which the issue, or one merged into it, was raised and where we may still speak; each once."""
    found: dict[int, Origin] = {}
    for one in (issue, *await issues.merged_into(work.tx, issue.id)):
        if one.group_id is None or one.group_id in found:
            continue
        group = await groups.get(work.tx, one.group_id)
        if group.state is GroupState.ACTIVE:
            found[group.id] = Origin(address_of(group), one.message_id)
    return list(found.values())


async def answer_origins(work: Work, issue: Issue, card: Card | str, key: str, *, noun: str = "note") -> None:
    """Tell every group it came from, in its thread, once; who told us alone is told alone."""
    for origin in await origins(work, issue):
        once = f"issue:{issue.id}:{key}:{origin.address}"
        work.say(origin.address, card, subject=f"{noun}:{issue.id}", once=once, reply_to=origin.message_id)
    for one in (issue, *await issues.merged_into(work.tx, issue.id)):
        if one.group_id is None:
            await tell_reporter(work, one, card, key, noun=noun)


async def tell_reporter(work: Work, issue: Issue, card: Card | str, key: str, *, noun: str = "note") -> bool:
    """Tell who raised it, alone; False when there is no way to."""
    address = await private_address(work, issue.reporter_id) if issue.reporter_id else None
    if address:
        work.say(address, card, subject=f"{noun}:{issue.id}", once=f"issue:{issue.id}:{key}:{address}")
    return address is not None


async def desk(work: Work, issue: Issue) -> list[Address]:
    """Where the work on an issue lies: a group, the nearest upwards; without one, its people, each alone."""
    unit = await unit_of(work, issue)
    if issue.state is IssueState.ESCALATED:
        return await _upper_desk(work, unit)
    return await _place_of(work, unit, GroupRole.GRID, _WALKING, TRIAGE)


async def upper_unit(work: Work, unit: Unit) -> Unit | None:
    """The next unit upwards where anybody can be told; None at the top."""
    while unit.parent_id is not None:
        unit = await units.get(work.tx, unit.parent_id)
        if unit.kind in (UnitKind.COMMUNITY, UnitKind.STREET) and await _upper_desk(work, unit):
            return unit
    return None


async def _upper_desk(work: Work, unit: Unit) -> list[Address]:
    if unit.kind is UnitKind.STREET:
        return await _place_of(work, unit, GroupRole.STREET, (Role.STREET,))
    return await _place_of(work, unit, GroupRole.COMMITTEE, DESK)


async def _place_of(work: Work, unit: Unit, group_role: GroupRole, *roles: tuple[Role, ...]) -> list[Address]:
    if group := await group_of(work, unit, group_role):
        return [address_of(group)]
    for some in roles:
        if found := await private_addresses(work, await staff(work, unit, *some)):
            return found
    return []


async def on_duty(work: Work, issue: Issue) -> list[Address]:
    """Those who must hear of danger, each alone."""
    return await private_addresses(work, await staff(work, await unit_of(work, issue), *ON_DUTY))


async def private_addresses(work: Work, people: Iterable[Member]) -> list[Address]:
    """Where these people can be written to alone; those who cannot are left out."""
    found = [await private_address(work, person.id) for person in people]
    return list(dict.fromkeys(address for address in found if address))


def tell_all(  # noqa: PLR0913 - a letter's particulars
    work: Work,
    places: Iterable[Address],
    card: Card | str,
    *,
    subject: str,
    key: str,
    urgency: Urgency = Urgency.NOTICE,
) -> None:
    """Say one thing in several places, once each."""
    for place in places:
        work.say(place, card, subject=subject, once=f"{subject}:{key}:{place}", urgency=urgency)


async def ring_all(  # noqa: PLR0913 - a letter's particulars
    work: Work,
    places: Iterable[Address],
    card: Card | str,
    people: Iterable[int],
    *,
    subject: str,
    key: str,
    urgency: Urgency = Urgency.NOTICE,
) -> None:
    """The same, and each staff group rings for these members."""
    shown, wanted = Card(card) if isinstance(card, str) else card, tuple(people)
    for place in places:
        ringing = replace(shown, mentions=await called(work, place, wanted))
        tell_all(work, [place], ringing, subject=subject, key=key, urgency=urgency)


async def crew(work: Work, issue: Issue) -> list[int]:
    """Who must come when there is danger: those who walk the grid, further up those who answer for it."""
    roles = ON_DUTY if issue.state is IssueState.ESCALATED else _WALKING
    return [one.id for one in await staff(work, await unit_of(work, issue), *roles)]


async def unit_of(work: Work, issue: Issue) -> Unit:
    """The unit that has the issue in hand."""
    return await units.get(work.tx, issue.unit_id)
