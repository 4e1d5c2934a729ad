"""The meeting that is running, its item, and the people in it whom somebody names."""

from dataclasses import dataclass

from handlers.audience import private_address
from handlers.labels import label, topic_label
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import is_private, may_call, may_know, numbered
from handlers.meetings.reading import names_meeting, read_number
from handlers.meetings.stages import caller_addresses
from handlers.permissions import DESK
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import attendances, meetings, members, topics
from storage.messages import Address, Card, Urgency
from storage.records import AgendaItem, Meeting, MeetingState, Member, Topic


@dataclass(frozen=True, slots=True)
class Point:
    """An item of the agenda; `topic` None for one that has a title alone."""

    row: AgendaItem
    topic: Topic | None

    @property
    def is_open(self) -> bool:
        """Whether nothing came of it yet."""
        return not (self.row.outcome or self.row.note)

    @property
    def label(self) -> str:
        """议7, or 第3项."""
        if self.topic:
            return topic_label(self.topic)
        return text("room.position", position=self.row.position)

    @property
    def title(self) -> str:
        """What it is about."""
        return self.topic.title if self.topic else self.row.title


async def running(work: Work, rest: str) -> tuple[Meeting, str]:
    """The meeting named at the beginning of `rest`, else the one that runs; and what follows. Refusal without one."""
    if names_meeting(rest) and rest.lstrip()[:1] == "会":
        number, left = read_number(rest, "room.which")
        meeting = await numbered(work, number)
        require_running(meeting)
        return meeting, left
    found = await now_running(work)
    if not found:
        raise Refusal("room.none_running")
    if len(found) > 1:
        names = "、".join(label("meeting", one) for one in found)
        raise Refusal("room.which_of", names=names)
    return found[0], rest


async def now_running(work: Work) -> list[Meeting]:
    """The meetings of the community that were opened and are not over; of several those one is called to or attends."""
    community = await work.community()
    called = await meetings.called(work.tx, community.id)
    found = [one for one in called if one.begun_at and not one.ended_at and await may_know(work, one)]
    if len(found) > 1:
        return [one for one in found if await _concerns(work, one)] or found
    return found


async def _concerns(work: Work, meeting: Meeting) -> bool:
    if work.member is None:
        return False
    if work.member.id in {meeting.chair_id, meeting.recorder_id}:
        return True
    if work.group and work.group.id == meeting.group_id:
        return True
    if await meetings.invitation(work.tx, meeting.id, work.member.id):
        return True
    return await attendances.of_member(work.tx, meeting.id, work.member.id) is not None


def require_running(meeting: Meeting) -> None:
    """Refuse what only happens while people sit together."""
    named = label("meeting", meeting)
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal("meetings.over", meeting=named, state=term("meeting_state", meeting.state))
    if meeting.ended_at or meeting.state is MeetingState.HELD:
        raise Refusal("room.ended", meeting=named)
    if meeting.begun_at is None:
        raise Refusal("room.not_begun", meeting=named)


async def require_host(work: Work, meeting: Meeting) -> None:
    """Refuse whoever neither chairs nor records the meeting nor may call it."""
    if work.member and work.member.id in {meeting.chair_id, meeting.recorder_id}:
        return
    kind = kind_of(meeting.body)
    if not await may_call(work, await work.community(), kind):
        roles = kind.callers if kind.private else (*DESK, *kind.callers)
        names = "、".join(dict.fromkeys(term("role", role) for role in roles))
        raise Refusal("room.hosts_only", roles=names)


async def hosts(work: Work, meeting: Meeting) -> list[Address]:
    """Where chair and recorder are told alone; where neither is named, whoever called the meeting."""
    named = [one for one in (meeting.chair_id, meeting.recorder_id) if one]
    found = [await private_address(work, member_id) for member_id in named]
    alone = list(dict.fromkeys(address for address in found if address))
    return alone or await caller_addresses(work, meeting, private=await is_private(work, meeting))


async def tell_hosts(work: Work, meeting: Meeting, card: Card | str, once: str) -> None:
    """Tell chair and recorder at once, each a single time; not where they have just been answered."""
    for address in await hosts(work, meeting):
        if address != work.event.chat:
            work.say(address, card, once=f"meeting:{meeting.id}:{once}:{address}", urgency=Urgency.NOW)


async def points(work: Work, meeting: Meeting) -> list[Point]:
    """The agenda."""
    rows = await meetings.agenda_of(work.tx, meeting.id)
    return [Point(row, await topics.get(work.tx, row.topic_id) if row.topic_id else None) for row in rows]


async def one_there(work: Work, meeting: Meeting, said: str) -> Member | None:
    """Whom a name means: somebody called to the meeting, else one of the community. Refusal where several are called so."""
    name, _, door = said.partition("@")
    called = [one for one in await meetings.people(work.tx, meeting.id) if one.name == name]
    found = called or await members.named(work.tx, meeting.community_id, name)
    found = [one for one in found if not door or one.door == door]
    if len(found) > 1:
        raise Refusal("room.several", name=name)
    return found[0] if found else None
