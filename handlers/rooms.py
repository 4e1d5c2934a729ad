"""Where things may be said: what only staff should read is not talked about in front of everybody."""

from handlers.refusals import Refusal
from handlers.work import Work
from storage.records import GroupRole

_PUBLIC = (GroupRole.RESIDENTS, GroupRole.HOUSEHOLD_NOTICE)


def in_public(work: Work) -> bool:
    """Whether everybody of the neighbourhood reads along; so they may in a group that was never bound."""
    if work.event.private:
        return False
    return work.group is None or work.group.role in _PUBLIC


def require_closed_room(work: Work) -> None:
    """Refuse in public what belongs to a staff group or a private chat."""
    if in_public(work):
        raise Refusal("rooms.closed_only")
