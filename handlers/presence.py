"""Who counts as present at a meeting: whoever was checked in and has not left; from elsewhere only where a rule lets them."""

from collections.abc import Iterable
from datetime import datetime

from handlers.matters.stored import grounds_of
from storage import attendances
from storage.database import Transaction
from storage.records import Attendance, AttendedBy, Capacity, Meeting, Poll, PollState


async def present_at(tx: Transaction, meeting: Meeting) -> frozenset[int]:
    """The members who count as present now."""
    return present_of(meeting, await attendances.of_meeting(tx, meeting.id))


def present_of(meeting: Meeting, came: Iterable[Attendance]) -> frozenset[int]:
    """Those of an attendance list who count and have not left."""
    return frozenset(one.member_id for one in came if one.left_at is None and counts(meeting, one))


def ever_present(meeting: Meeting, came: Iterable[Attendance]) -> frozenset[int]:
    """How many counted as present at each moment at which that changed."""
    counted = [one for one in came if counts(meeting, one)]
    moments = {one.came_at for one in counted} | {one.left_at for one in counted if one.left_at}
    return frozenset(sum(_there(one, at) for one in counted) for at in moments)


def counts(meeting: Meeting, one: Attendance) -> bool:
    """Whether somebody counts while they are there."""
    remote = one.way is AttendedBy.REMOTE and not meeting.remote_basis
    return one.capacity is Capacity.VOTER and not remote


def _there(one: Attendance, at: datetime) -> bool:
    return one.came_at <= at and (one.left_at is None or at < one.left_at)


def runs_in(poll: Poll, meeting: Meeting) -> bool:
    """Whether this vote is under way in the room of a meeting."""
    return poll.state is PollState.OPEN and grounds_of(poll).meeting == meeting.id
