"""Danger to people: those on duty are told at once, and again until somebody has taken it."""

from dataclasses import replace

from handlers.events import AlertAcknowledged
from handlers.issues.lookups import pressed_by_worker
from handlers.issues.telling import crew, desk, on_duty, redraw, ring_all, tell_all
from handlers.issues.wording import masked_name, shortened
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.texts import text
from handlers.work import Work
from storage import issues
from storage.issues import OVER
from storage.messages import Address, Button, Card, Due, Urgency
from storage.records import Issue, Level

routes = Routes()


async def ring_first(work: Work, issue: Issue) -> Issue:
    """Somebody is in danger: tell those on duty alone; the grid's own card says it too. Rings again until taken."""
    ringing = await _begin(work, issue)
    await _ring(work, ringing, await _private_ones(work, ringing))
    return ringing


async def ring_out(work: Work, issue: Issue) -> Issue:
    """What was known is dangerous, as it turns out: the card it has makes no sound any more, so everybody is told."""
    ringing = await _begin(work, issue)
    await _ring(work, ringing, await _everybody(work, ringing))
    return ringing


async def _begin(work: Work, issue: Issue) -> Issue:
    ringing = replace(issue, level=Level.U0, alert_at=work.now + work.settings.alert_every)
    await issues.change(work.tx, issue.id, level=Level.U0, alert_at=ringing.alert_at)
    return ringing


@routes.due("issue.alert")
async def ring_again(work: Work, due: Due) -> None:
    """Nobody has taken it yet: everybody is told again."""
    issue = await issues.get(work.tx, due.subject)
    if issue.state in OVER:
        await issues.change(work.tx, issue.id, alert_at=None)
        return
    ringing = replace(issue, alert_at=work.now + work.settings.alert_every)
    await issues.change(work.tx, issue.id, alert_at=ringing.alert_at)
    await _ring(work, ringing, await _everybody(work, ringing))


@routes.press("issue.alarm")
async def take(work: Work, arguments: tuple[str, ...]) -> None:
    """我来处理: the ringing ends, and everybody who heard it hears so once."""
    issue = await pressed_by_worker(work, arguments)
    if issue.alert_at is None:
        raise Refusal("issues.alarm_taken", issue=issue_label(issue))
    await acknowledge(work, issue)


async def acknowledge(work: Work, issue: Issue) -> None:
    """Who acts has the danger in hand; nothing when it is not ringing."""
    if issue.alert_at is None:
        return
    taker = await work.someone()
    await quiet(work, issue)
    if issue.handler_id is None:
        await issues.change(work.tx, issue.id, handler_id=taker.id)
    await work.record(AlertAcknowledged(issue.id))
    who = text("issues.alarm_taken_by", issue=issue_label(issue), name=masked_name(taker.name))
    places = await _everybody(work, issue)
    tell_all(
        work,
        places,
        who,
        subject=f"note:{issue.id}",
        key=f"taken:{work.now.isoformat()}",
        urgency=Urgency.NOW,
    )


async def quiet(work: Work, issue: Issue) -> None:
    """End the ringing."""
    await issues.change(work.tx, issue.id, alert_at=None)
    redraw(work, issue.id)


@routes.card("alarm")
async def draw(work: Work, issue_id: int) -> Card | None:
    """An alarm as it should look now."""
    return alarm_card(await issues.get(work.tx, issue_id))


def alarm_card(issue: Issue) -> Card:
    """What is the matter and where; after it was taken only that it was."""
    label = issue_label(issue)
    if issue.alert_at is None or issue.state in OVER:
        return Card(text("issues.alarm_over", issue=label))
    words = text(
        "issues.alarm", issue=label, place=issue.place or text("issues.nowhere"), words=shortened(issue.text)
    )
    return Card(words, ((Button(text("issues.button_take_alarm"), press("issue.alarm", issue.id)),),))


async def _ring(work: Work, issue: Issue, places: list[Address]) -> None:
    card, key, people = alarm_card(issue), work.now.isoformat(), await crew(work, issue)
    await ring_all(work, places, card, people, subject=f"alarm:{issue.id}", key=key, urgency=Urgency.NOW)


async def _private_ones(work: Work, issue: Issue) -> list[Address]:
    grid = await desk(work, issue)
    return [address for address in await on_duty(work, issue) if address not in grid]


async def _everybody(work: Work, issue: Issue) -> list[Address]:
    return list(dict.fromkeys([*await desk(work, issue), *await on_duty(work, issue)]))
