"""Finding the notice or objection somebody means, in their own community and nowhere else."""

from collections.abc import Sequence

from handlers.keys import first_key
from handlers.labels import label
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import cards, notices
from storage.messages import Pressed, Said
from storage.records import Notice, NoticeState, Objection

PUBLISHED = (NoticeState.POSTED, NoticeState.CLOSED, NoticeState.WITHDRAWN)
ALL = tuple(NoticeState)
_RECENT = 3


async def numbered(work: Work, number: int, states: Sequence[NoticeState]) -> Notice:
    """The notice with this number. Refusal that names the latest ones there are."""
    community = await work.community()
    found = await notices.numbered(work.tx, community.id, number)
    if found and found.state in states:
        return found
    latest = await notices.latest(work.tx, community.id, states, _RECENT)
    names = "、".join(label("notice", notice) for notice in latest)
    hint = text("notices.not_found_latest", labels=names) if names else ""
    raise Refusal("notices.not_found", number=number, latest=hint)


async def pressed(work: Work, arguments: tuple[str, ...]) -> Notice:
    """The notice of a button. Refusal for one that is not there or not of this community."""
    key = first_key(arguments)
    found = await notices.find(work.tx, key) if key else None
    if found is None or found.community_id != (await work.community()).id:
        raise Refusal("dispatch.stale_button")
    return found


async def objection(work: Work, objection_id: int) -> Objection:
    """The objection with this number."""
    community = await work.community()
    found = await notices.objection(work.tx, objection_id)
    if found:
        notice = await notices.get(work.tx, found.notice_id)
        if notice.community_id == community.id:
            return found
    raise Refusal("notices.objection_not_found", id=objection_id)


async def replied_to(work: Work, said: Said, *nouns: str) -> int | None:
    """The id of what the card is about that somebody replies to, when it is one of these nouns."""
    if not said.reply_to:
        return None
    card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
    noun, _, key = card.subject.partition(":") if card else ("", "", "")
    return int(key) if noun in nouns else None


def has_window(work: Work) -> bool:
    """Whether an answer goes to who presses alone."""
    content = work.event.content
    return isinstance(content, Pressed) and bool(content.query)
