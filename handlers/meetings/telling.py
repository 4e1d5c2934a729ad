"""Who hears of a meeting, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.audience import called, private_address
from handlers.meetings.lookup import is_private
from handlers.moments import morning_after
from handlers.work import Work
from storage import groups, meetings
from storage.groups import address_of
from storage.messages import Address, Card, Urgency
from storage.records import GroupState, Meeting, Reply

_FEW = 10


@dataclass(frozen=True, slots=True)
class Hearers:
    """The group of a meeting, the private chats of those called, and the members among them who have none."""

    group: Address | None
    alone: tuple[Address, ...]
    unreached: tuple[int, ...]

    @property
    def everywhere(self) -> tuple[Address, ...]:
        """The group first, then everybody alone."""
        return ((self.group,) if self.group else ()) + self.alone


async def hearers(work: Work, meeting: Meeting, *, but: Reply | None = None) -> Hearers:
    """Where a meeting is told of; those whose answer is `but` are left out. Nobody hears of one in preparation."""
    if meeting.notice_at is not None:
        return Hearers(None, (), ())
    answers = {one.member_id: one.reply for one in await meetings.invited(work.tx, meeting.id)}
    wanted = [member_id for member_id, reply in answers.items() if reply is not but]
    found = {member_id: await private_address(work, member_id) for member_id in wanted}
    alone = tuple(dict.fromkeys(address for address in found.values() if address))
    unreached = tuple(member_id for member_id, address in found.items() if address is None)
    return Hearers(await group_address(work, meeting), alone, unreached)


async def ringing(work: Work, group: Address, card: Card, unreached: Sequence[int]) -> Card:
    """The card as a group shows it: it rings for those who could not be told alone, unless they are many.

    Whom it rings for says nothing of what anybody has answered.
    """
    if len(unreached) > _FEW:
        return card
    return replace(card, mentions=await called(work, group, unreached))


async def group_address(work: Work, meeting: Meeting) -> Address | None:
    """The group of a meeting; None for a private one, and where we may no longer speak."""
    if meeting.group_id is None or await is_private(work, meeting):
        return None
    group = await groups.get(work.tx, meeting.group_id)
    return address_of(group) if group.state is GroupState.ACTIVE else None


def news(work: Work, meeting: Meeting, to: Address, card: Card, once: str) -> None:
    """Tell something new about a meeting, once; what is said before the start means nothing after it."""
    work.say(
        to,
        card,
        subject=f"meeting_news:{meeting.id}",
        once=once,
        urgency=urgency(work, meeting.starts_at),
        not_after=meeting.starts_at if work.now < meeting.starts_at else None,
    )


def urgency(work: Work, starts_at: datetime) -> Urgency:
    """Notices wait for the morning, unless the meeting would have begun by then."""
    morning = morning_after(work.now, work.settings)
    return Urgency.NOW if morning and morning >= starts_at else Urgency.NOTICE
