"""Which reminders a meeting has: those of the meeting, those its people wish for, those of whoever called it."""

from collections.abc import Sequence

from handlers.work import Work
from storage import reminders
from storage.records import Meeting, ReminderKind

A_DAY = 1440
NOT_BEGUN = -15
_FOR_OUTCOMES = -120
_AFTER_THE_END = 30


async def plan_reminders(work: Work, meeting: Meeting, minutes: Sequence[int] | None) -> None:
    """Plan everything a called meeting is to remind of; `minutes` before the start, None for as usual."""
    usual = work.settings.remind if minutes is None else tuple(minutes)
    wished = {before for wish in (await reminders.wishes_of(work.tx, meeting.id)).values() for before in wish}
    wished |= await _of_officers(work, meeting)
    outcomes = min(_FOR_OUTCOMES, -(meeting.length + _AFTER_THE_END))
    for kind, moments in (
        (ReminderKind.MEETING, usual),
        (ReminderKind.WISH, sorted(wished, reverse=True)),
        (ReminderKind.QUORUM, (A_DAY,)),
        (ReminderKind.BEGIN, (NOT_BEGUN,)),
        (ReminderKind.OUTCOMES, (outcomes,)),
    ):
        await reminders.plan(work.tx, meeting, kind, tuple(moments), work.now)


async def replan(work: Work, meeting: Meeting, minutes: Sequence[int]) -> None:
    """Let a called meeting remind at these moments instead."""
    await reminders.drop(work.tx, meeting.id, ReminderKind.MEETING)
    await reminders.plan(work.tx, meeting, ReminderKind.MEETING, minutes, work.now)


async def plan_officers(work: Work, meeting: Meeting) -> None:
    """Let a called meeting remind as those who now chair and record it wish."""
    minutes = sorted(await _of_officers(work, meeting), reverse=True)
    await reminders.plan(work.tx, meeting, ReminderKind.WISH, minutes, work.now)


async def plan_wish(work: Work, member_id: int, minutes: Sequence[int]) -> None:
    """Let the meetings somebody is called to remind at the moments they wish from now on."""
    for meeting in await reminders.called_to(work.tx, member_id, work.now):
        await reminders.plan(work.tx, meeting, ReminderKind.WISH, minutes, work.now)


async def _of_officers(work: Work, meeting: Meeting) -> set[int]:
    wishes = [
        await reminders.wish_of(work.tx, member_id)
        for member_id in (meeting.chair_id, meeting.recorder_id)
        if member_id
    ]
    return {before for wish in wishes if wish for before in wish}
