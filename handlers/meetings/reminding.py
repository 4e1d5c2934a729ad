"""Reminding people of meetings: each as they wish, once, and of several that are near in one message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.audience import private_address
from handlers.labels import label
from handlers.meetings.telling import group_address, news, ringing, urgency
from handlers.meetings.views import heading, news_card, reply_buttons
from handlers.texts import text
from handlers.work import Work
from storage import meetings, reminders
from storage.messages import Address, Card
from storage.records import Invitation, Meeting, Reminder, ReminderKind, Reply

_TOGETHER = timedelta(hours=1)
_WORTH = 4


@dataclass(frozen=True, slots=True)
class Concern:
    """A meeting with a reminder that falls due now or within the hour, and whom it may concern."""

    reminder: Reminder
    meeting: Meeting
    invited: Mapping[int, Invitation]
    wishes: Mapping[int, tuple[int, ...]]

    @property
    def at(self) -> datetime:
        """When it was meant to be told, whatever night or standstill put it off."""
        return self.meeting.starts_at - timedelta(minutes=self.reminder.minutes)

    def concerns(self, member_id: int) -> bool:
        """Whether somebody is to be told: called, not on leave, of this wish, and not told before."""
        answer = self.invited.get(member_id)
        if answer is None or answer.reply is Reply.LEAVE:
            return False
        if answer.told_until is not None and self.at <= answer.told_until:
            return False
        return self.is_wished(self.wishes.get(member_id))

    def is_wished(self, wish: tuple[int, ...] | None) -> bool:
        """Whether it suits somebody of this wish; None is who wishes it as usual."""
        if self.reminder.kind is ReminderKind.WISH:
            return wish is not None and self.reminder.minutes in wish
        return wish is None


async def remind_people(work: Work, meeting: Meeting, reminder: Reminder) -> None:
    """Tell everybody whom a reminder concerns, and with it what else falls due for them within the hour.

    The group hears it for those who have no private chat. A reminder that comes too late for its meaning is dropped.
    """
    due = await _concern(work, reminder, meeting)
    if not worth_telling(work, due):
        return
    others = await _others(work, due)
    alone: dict[Address, list[Concern]] = {}
    unreached: list[int] = []
    for member_id in due.invited:
        if due.concerns(member_id):
            together = [due, *(other for other in others if other.concerns(member_id))]
            await _note_told(work, member_id, together)
            address = await private_address(work, member_id)
            if address is None:
                unreached.append(member_id)
            else:
                alone.setdefault(address, together)
    for address, together in alone.items():
        _tell(work, due, address, together)
    await _tell_officers(work, due, alone)
    if unreached and (group := await group_address(work, meeting)):
        await _tell_group(work, due, group, unreached)


def worth_telling(work: Work, due: Concern) -> bool:
    """Whether it still says what it was meant to: before the start, with at least a quarter of its time left."""
    left = due.meeting.starts_at - work.now
    return left > timedelta(0) and left * _WORTH >= timedelta(minutes=due.reminder.minutes)


async def _concern(work: Work, reminder: Reminder, meeting: Meeting) -> Concern:
    invited = {one.member_id: one for one in await meetings.invited(work.tx, meeting.id)}
    return Concern(reminder, meeting, invited, await reminders.wishes_of(work.tx, meeting.id))


async def _others(work: Work, due: Concern) -> list[Concern]:
    """The other reminders of the next hour, of this and of other meetings of the community."""
    rows = await reminders.waiting(work.tx, due.meeting.community_id, work.now + _TOGETHER)
    found = [
        await _concern(work, row, await meetings.get(work.tx, row.meeting_id))
        for row in rows
        if row.id != due.reminder.id
    ]
    return [other for other in found if worth_telling(work, other)]


async def _note_told(work: Work, member_id: int, together: Sequence[Concern]) -> None:
    latest: dict[int, datetime] = {}
    for one in together:
        latest[one.meeting.id] = max(one.at, latest.get(one.meeting.id, one.at))
    for meeting_id, until in latest.items():
        await meetings.reminded(work.tx, meeting_id, member_id, until)


async def _tell_officers(work: Work, due: Concern, told: Mapping[Address, object]) -> None:
    """Chair and recorder are reminded like the rest when they are not on the roll; who called it needs no reminder."""
    meeting = due.meeting
    for member_id in {meeting.chair_id, meeting.recorder_id} - {None, meeting.called_by, *due.invited}:
        assert member_id is not None
        address = await private_address(work, member_id)
        wish = await reminders.wish_of(work.tx, member_id)
        if address and address not in told and due.is_wished(wish):
            _tell(work, due, address, [due])


async def _tell_group(work: Work, due: Concern, group: Address, unreached: Sequence[int]) -> None:
    shown = await ringing(work, group, _card(work, due.meeting), unreached)
    news(work, due.meeting, group, shown, _once(due, group))


def _card(work: Work, meeting: Meeting) -> Card:
    return news_card(meeting, text("meetings.reminder", heading=heading(work, meeting)))


def _once(due: Concern, to: Address) -> str:
    return f"reminder:{due.reminder.id}:{due.meeting.starts_at.isoformat()}:{to}"


def _tell(work: Work, due: Concern, to: Address, together: Sequence[Concern]) -> None:
    about = {one.meeting.id: one.meeting for one in together}
    if len(about) == 1:
        news(work, due.meeting, to, _card(work, due.meeting), _once(due, to))
        return
    once = f"reminders:{due.reminder.id}:{due.meeting.starts_at.isoformat()}:{to}"
    coming = sorted(about.values(), key=lambda meeting: (meeting.starts_at, meeting.id))
    first = coming[0].starts_at
    work.say(to, _several(work, coming), once=once, urgency=urgency(work, first), not_after=first)


def _several(work: Work, coming: Sequence[Meeting]) -> Card:
    """Several meetings in one message, each with buttons of its own."""
    lines = [text("meetings.reminder_line", heading=heading(work, meeting)) for meeting in coming]
    said = text("meetings.reminder_several", count=len(coming), lines="\n".join(lines))
    return Card(said, tuple(reply_buttons(meeting, label("meeting", meeting)) for meeting in coming))
