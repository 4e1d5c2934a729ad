"""派单, 上报, 转调解: an issue goes into other hands."""

import re
from datetime import timedelta

from handlers.audience import group_of, staff
from handlers.events import IssueChanged
from handlers.intake.masking import mask
from handlers.issues import rules
from handlers.issues.alarm import acknowledge
from handlers.issues.alike import alike, decline_offers
from handlers.issues.choices import limits, longest_extension
from handlers.issues.feedback import move, retract
from handlers.issues.filing import show_to_grid
from handlers.issues.grid_views import order_card
from handlers.issues.lookups import require_doer
from handlers.issues.reports import answer_candidate
from handlers.issues.telling import (
    answer,
    answer_origins,
    desk,
    private_addresses,
    redraw,
    ring_all,
    tell_all,
    tell_reporter,
    unit_of,
    upper_unit,
)
from handlers.issues.wording import until
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow
from handlers.work import Work
from storage import assignments, issues
from storage.groups import address_of
from storage.messages import Address
from storage.records import Assignment, GroupRole, Issue, IssueState, Member, Role, Unit

_SPAN = re.compile(r"\s*(\d{1,3})\s*(天|日|小时|个小时)\s*[,，、:：]?\s*(.*)", re.DOTALL)
_PROPERTY = "物业"
_LONGEST_PARTY = 20


async def give(work: Work, issue: Issue, party: str) -> None:
    """派单: a party has it until the limit of its level. Its group or people get a card; else it is noted by name."""
    rules.require_state(issue, *rules.UNTOUCHED, *rules.AT_WORK)
    if not party or len(party) > _LONGEST_PARTY:
        raise Refusal("issues.give_usage", number=issue.number)
    giver = await work.someone()
    await acknowledge(work, issue)
    due = work.now + limits(issue.level).feedback
    await assignments.give(work.tx, Assignment(issue.id, party, giver.id, work.now, None, None))
    await move(
        work, issue, IssueState.DISPATCHED, party=party, due_at=due, handler_id=None, result="", note=party
    )
    await decline_offers(work, issue)
    given = await issues.get(work.tx, issue.id)
    people = await doers(work, given)
    places = await _places(work, given, people)
    key, card = f"given:{work.now.isoformat()}", order_card(work, given)
    doing = [one.id for one in people]
    await ring_all(work, places, card, doing, subject=f"order:{issue.id}", key=key)
    await _tell_given(work, issue, given, key)
    label, when = issue_label(issue), until(due, work.now, work.settings.zone)
    said = "issues.given" if places else "issues.given_by_name"
    answer(work, issue, text(said, issue=label, party=party, until=when))


async def _tell_given(work: Work, before: Issue, given: Issue, key: str) -> None:
    """Neighbours hear who has it and until when; of a private matter only who raised it hears."""
    assert given.due_at is not None
    when = until(given.due_at, work.now, work.settings.zone)
    told = text("issues.told_given", issue=issue_label(given), party=given.party, until=when)
    if before.state is IssueState.CANDIDATE:
        await answer_candidate(work, given)
    elif rules.may_be_public(before):
        await answer_origins(work, given, told, key)
    else:
        await tell_reporter(work, given, told, key)


async def _places(work: Work, issue: Issue, people: list[Member]) -> list[Address]:
    """The responders' group; without one these people, each alone."""
    if group := await group_of(work, await unit_of(work, issue), GroupRole.RESPONDERS):
        return [address_of(group)]
    return await private_addresses(work, people)


async def doers(work: Work, issue: Issue) -> list[Member]:
    """The people whose name or role is that of the party an issue was given to; nobody when to none."""
    if not issue.party:
        return []
    unit = await unit_of(work, issue)
    if _PROPERTY in issue.party:
        return await staff(work, unit, Role.PROPERTY)
    responders = await staff(work, unit, Role.RESPONDER)
    return [one for one in responders if issue.party in one.name or one.name in issue.party]


async def take(work: Work, issue: Issue) -> None:
    """接单."""
    await require_doer(work, issue)
    rules.require_state(issue, IssueState.DISPATCHED)
    doer = await work.someone()
    await move(work, issue, IssueState.PROCESSING, handler_id=doer.id)
    answer(work, issue, text("issues.taken", issue=issue_label(issue), number=issue.number))


async def hand_back(work: Work, issue: Issue, reason: str) -> None:
    """退单: back to the grid, with a reason."""
    await require_doer(work, issue)
    rules.require_state(issue, *rules.GIVEN)
    if not reason:
        raise Refusal("issues.return_usage", number=issue.number)
    due = work.now + limits(issue.level).accept
    await move(work, issue, IssueState.FILED, party="", handler_id=None, due_at=due, note=mask(reason))
    told = text(
        "issues.returned", issue=issue_label(issue), party=issue.party, reason=reason, number=issue.number
    )
    tell_all(
        work,
        await desk(work, issue),
        told,
        subject=f"note:{issue.id}",
        key=f"returned:{work.now.isoformat()}",
    )
    answer(work, issue, text("issues.returned_doer", issue=issue_label(issue)))


async def extend(work: Work, issue: Issue, rest: str) -> None:
    """延期: once, with a reason, and not beyond what one extension may add."""
    await require_doer(work, issue)
    rules.require_state(issue, *rules.AT_WORK)
    length, reason = _read_span(rest, issue)
    given = await assignments.of(work.tx, issue.id)
    if given is None or issue.due_at is None:
        raise Refusal("issues.nothing_to_extend", issue=issue_label(issue))
    if given.extended_at is not None:
        raise Refusal("issues.extended_already", issue=issue_label(issue))
    due = max(issue.due_at, work.now) + length
    await issues.change(work.tx, issue.id, due_at=due)
    await assignments.change(work.tx, issue.id, extended_at=work.now, overdue_at=None)
    await work.record(IssueChanged(issue.id, "due", mask(reason)))
    redraw(work, issue.id)
    when = until(due, work.now, work.settings.zone)
    told = text("issues.extended", issue=issue_label(issue), until=when, reason=reason)
    answer(work, issue, told)
    places = [place for place in await desk(work, issue) if place != work.event.chat]
    tell_all(work, places, told, subject=f"note:{issue.id}", key="extended")


def _read_span(rest: str, issue: Issue) -> tuple[timedelta, str]:
    match = _SPAN.match(narrow(rest))
    if match is None or not match[3].strip():
        raise Refusal("issues.extend_usage", number=issue.number)
    count = int(match[1])
    length = timedelta(hours=count) if "小时" in match[2] else timedelta(days=count)
    if not timedelta(0) < length <= longest_extension():
        raise Refusal("issues.extend_too_long", days=longest_extension().days)
    return length, rest[match.start(3) :].strip()


async def escalate(work: Work, issue: Issue) -> Unit:
    """上报: the next unit upwards where anybody can be told has it from now on; number and origin stay."""
    rules.require_state(issue, *rules.UNTOUCHED, *rules.AT_WORK)
    upper = await upper_unit(work, await unit_of(work, issue))
    if upper is None:
        raise Refusal("issues.nobody_above", issue=issue_label(issue))
    due = work.now + limits(issue.level).feedback
    await move(work, issue, IssueState.ESCALATED, unit_id=upper.id, due_at=due, note=upper.name)
    await assignments.give(work.tx, Assignment(issue.id, issue.party, None, work.now, None, None))
    up = await issues.get(work.tx, issue.id)
    await show_to_grid(work, up, f"up:{work.now.isoformat()}")
    told = text("issues.told_up", issue=issue_label(issue), unit=upper.name)
    if issue.state is IssueState.CANDIDATE:
        await answer_candidate(work, up)
    elif rules.may_be_public(issue):
        await answer_origins(work, up, told, f"up:{upper.id}")
    else:
        await tell_reporter(work, up, told, f"up:{upper.id}")
    return upper


async def mediate(work: Work, issue: Issue) -> None:
    """转调解: it leaves every group at once; mediators and who raised it hear of it alone. It stays private for ever."""
    rules.require_state(issue, *rules.OPEN)
    unit = await unit_of(work, issue)
    near = await alike(work, issue)
    await move(work, issue, IssueState.MEDIATE, due_at=None, alert_at=None, party="", handler_id=None)
    for one in near:
        redraw(work, one.issue.id)
    for part in (issue, *await issues.merged_into(work.tx, issue.id)):
        redraw(work, part.id)
        await _take_away(work, part)
    mediators = await private_addresses(work, await staff(work, unit, Role.MEDIATOR))
    told = text("issues.to_mediator", issue=issue_label(issue), words=issue.text, place=issue.place)
    for address in mediators:
        work.say(address, told, once=f"issue:{issue.id}:mediate:{address}")
    private = await issues.get(work.tx, issue.id)
    await tell_reporter(work, private, text("issues.mediate_reporter", issue=issue_label(issue)), "mediate")
    answer(
        work,
        issue,
        text("issues.mediated" if mediators else "issues.mediated_by_hand", issue=issue_label(issue)),
    )


async def _take_away(work: Work, issue: Issue) -> None:
    """Cards are redrawn empty of it; whatever else was said of it, and every photo, is taken back."""
    for noun in ("note", "files", "order"):
        await retract(work, f"{noun}:{issue.id}")
    if await issues.attached(work.tx, f"issue:{issue.id}"):
        await retract(work, f"issue:{issue.id}")
