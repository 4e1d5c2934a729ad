"""Calling people to a meeting that is written down: the roll is frozen, everybody told, reminders planned."""

from collections.abc import Sequence

from handlers.audience import group_of
from handlers.bodies import name_of, people
from handlers.events import MeetingCalled
from handlers.labels import label
from handlers.meetings.kinds import Kind, kind_of
from handlers.meetings.lookup import is_private
from handlers.meetings.planning import plan_reminders
from handlers.meetings.telling import Hearers, hearers, ringing, urgency
from handlers.meetings.views import meeting_card, summons_card
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import meetings, units, waits
from storage.messages import Address, Card
from storage.records import Group, Meeting, Unit, Wait


async def announce(work: Work, meeting: Meeting, remind: Sequence[int] | None = None) -> str:
    """Call the people of a meeting, and lock its agenda; returns what whoever called it should know.

    `remind` are the minutes before the start at which it reminds, None for as usual. Refusal before anything is
    written: nobody on the roll, or a roll of its own for each topic.
    """
    items = await meetings.agenda_of(work.tx, meeting.id)
    about = [item.topic_id for item in items if item.topic_id is not None]
    community = await units.get(work.tx, meeting.community_id)
    roll = await roll_for(work, community, meeting.body, about)
    group_id = meeting.group_id or await _group_id(work, meeting, about)
    chair_id = meeting.chair_id or meeting.called_by
    await meetings.change(work.tx, meeting.id, notice_at=None, group_id=group_id, chair_id=chair_id)
    called = await meetings.get(work.tx, meeting.id)
    await meetings.invite(work.tx, meeting.id, roll)
    await plan_reminders(work, called, remind)
    await work.record(MeetingCalled(meeting.id))
    return await _tell(work, called, len(roll))


async def roll_for(work: Work, community: Unit, body: str, topic_ids: Sequence[int]) -> tuple[int, ...]:
    """The members called. Refusal when there is nobody, or when each topic has a roll of its own."""
    about: tuple[int | None, ...] = tuple(topic_ids) or (None,)
    rolls = {tuple([one.id for one in await people(work, body, topic_id, community)]) for topic_id in about}
    if len(rolls) > 1:
        raise Refusal("meetings.different_rolls", body=name_of(body))
    (roll,) = rolls
    if not roll:
        raise Refusal("meetings.nobody", body=name_of(body))
    return roll


async def _group_id(work: Work, meeting: Meeting, topic_ids: Sequence[int]) -> int | None:
    if await is_private(work, meeting):
        return None
    found = [await waits.of_topic(work.tx, topic_id) for topic_id in topic_ids]
    waiting = [wait for wait in found if wait and wait.body == meeting.body]
    community = await units.get(work.tx, meeting.community_id)
    group = await _group(work, kind_of(meeting.body), waiting, community)
    return group.id if group else None


async def _group(work: Work, kind: Kind, waiting: Sequence[Wait], community: Unit) -> Group | None:
    """The group the stage names, else that of this kind of meeting, nearest to the community."""
    for role in [*(wait.group_role for wait in waiting), kind.group]:
        if role and (group := await group_of(work, community, role)):
            return group
    return None


async def _tell(work: Work, meeting: Meeting, roll: int) -> str:
    """Tell the group and everybody called."""
    told = await hearers(work, meeting)
    shown, alone = await meeting_card(work, meeting.id), await summons_card(work, meeting.id)
    assert shown is not None
    assert alone is not None
    if told.group:
        rung = await ringing(work, told.group, shown, told.unreached)
        _say(work, meeting, told.group, rung, f"meeting:{meeting.id}")
    for address in told.alone:
        _say(work, meeting, address, alone, f"summons:{meeting.id}")
    return "\n".join([text("meetings.called", meeting=label("meeting", meeting), roll=roll), *_reached(told)])


def _reached(told: Hearers) -> list[str]:
    lines = [text("meetings.told_group" if told.group else "meetings.told_alone", alone=len(told.alone))]
    if told.unreached:
        key = "meetings.unreached_in_group" if told.group else "meetings.unreached"
        lines.append(text(key, count=len(told.unreached)))
    return lines


def _say(work: Work, meeting: Meeting, to: Address, card: Card, subject: str) -> None:
    work.say(
        to,
        card,
        subject=subject,
        once=f"meeting:{meeting.id}:called:{to}",
        urgency=urgency(work, meeting.starts_at),
        not_after=meeting.starts_at,
    )
