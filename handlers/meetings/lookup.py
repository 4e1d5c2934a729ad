"""Finding the meeting that is meant, and holding people to what is theirs to do with it."""

from collections.abc import Sequence

from handlers.labels import label
from handlers.meetings.kinds import Kind, kind_of
from handlers.meetings.reading import names_meeting, read_number
from handlers.permissions import DESK, holds
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.texts import term
from handlers.work import Work
from storage import cards, meetings, units
from storage.messages import Said
from storage.records import Meeting, Role, Unit

NOUNS = ("meeting", "summons", "meeting_news", "leave")
_RECENT = 3


async def meeting_meant(work: Work, said: Said, rest: str, usage: str) -> tuple[Meeting, str]:
    """The meeting named at the beginning of `rest`, else the one whose card is replied to; and what follows."""
    replied = None if names_meeting(rest) and rest.lstrip()[:1] == "会" else await replied_to(work, said)
    if replied:
        return replied, rest
    number, left = read_number(rest, usage)
    return await numbered(work, number), left


async def replied_to(work: Work, said: Said) -> Meeting | None:
    """The meeting that the message replied to is about."""
    if not said.reply_to:
        return None
    card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
    noun, _, key = card.subject.partition(":") if card else ("", "", "")
    return await meetings.find(work.tx, int(key)) if noun in NOUNS and key.isdigit() else None


async def numbered(work: Work, number: int) -> Meeting:
    """The community's meeting with this number. Refusal that names the latest ones."""
    community = await work.community()
    found = await meetings.numbered(work.tx, community.id, number)
    if found is None or not await may_know(work, found):
        raise Refusal("meetings.no_such", number=number, known=await _known(work, community))
    return found


async def pressed(work: Work, arguments: Sequence[str]) -> Meeting:
    """The meeting a button is about. Refusal for a button that is not of this community, or none of ours."""
    key = arguments[0] if arguments else ""
    found = await meetings.find(work.tx, int(key)) if key.isdecimal() and len(key) < 10 else None  # noqa: PLR2004
    if found is None or (await work.community()).id != found.community_id or not await may_know(work, found):
        raise Refusal("dispatch.stale_button")
    return found


async def is_private(work: Work, meeting: Meeting) -> bool:
    """Whether nothing of it may be said in a group."""
    if kind_of(meeting.body).private:
        return True
    items = await meetings.agenda_of(work.tx, meeting.id)
    return any([await kept_private(work, item.topic_id) for item in items if item.topic_id is not None])


async def may_know(work: Work, meeting: Meeting) -> bool:
    """A private meeting exists only for those called to it and those who may call it, in private.

    One that is only being prepared exists for those who may call it.
    """
    if meeting.notice_at is not None:
        return await may_call(work, await work.community(), kind_of(meeting.body))
    if not await is_private(work, meeting):
        return True
    if not work.event.private or work.member is None:
        return False
    if await meetings.invitation(work.tx, meeting.id, work.member.id):
        return True
    return await may_call(work, await work.community(), kind_of(meeting.body))


async def may_call(work: Work, community: Unit, kind: Kind) -> bool:
    """Whether who acts may call this kind of meeting: the office, or whoever the kind names, in any unit there."""
    if await holds(work, community, *([Role.OPERATOR] if kind.private else DESK)):
        return True
    for holding in await work.holdings():
        if holding.role in kind.callers:
            unit = await units.get(work.tx, holding.unit_id)
            if units.holds(community, unit) or units.holds(unit, community):
                return True
    return False


async def require_caller(work: Work, community: Unit, kind: Kind) -> None:
    """Refuse whoever may not call, move or cancel this kind of meeting, nor enter what it decided."""
    if not await may_call(work, community, kind):
        roles = kind.callers if kind.private else (*DESK, *kind.callers)
        names = "、".join(dict.fromkeys(term("role", role) for role in roles))
        raise Refusal("members.not_your_role", roles=names)


async def _known(work: Work, community: Unit) -> str:
    latest = await meetings.latest(work.tx, community.id, _RECENT)
    known = [label("meeting", one) for one in latest if await may_know(work, one)]
    return "、".join(known)
