"""What people say of the times they are asked about: one tap or a few words, changeable until the end."""

from collections.abc import Mapping

from handlers.meetings.series.bodies import belongs
from handlers.meetings.series.search_reading import read_answers
from handlers.meetings.series.search_views import answers_text, search_label
from handlers.refusals import Refusal
from handlers.texts import terms, text
from handlers.work import Work
from storage import cards, searches
from storage.messages import Said
from storage.records import Search, SearchState, SlotAnswer, SlotReply

NOUNS = ("search", "search_ask")


async def say_of_slots(work: Work, search: Search, said: Mapping[int, SlotAnswer]) -> None:
    """Note what who acts says of some of the times, and read all of it back."""
    if search.state is not SearchState.OPEN or search.ends_at is None or search.ends_at <= work.now:
        raise Refusal("search.no_longer", label=search_label(search))
    if work.member is None or not await belongs(work, search.body):
        raise Refusal("search.not_asked", name=search.name)
    mine = {
        reply.position: reply.answer
        for reply in await searches.replies_of(work.tx, search.id)
        if reply.member_id == work.member.id
    }
    for position, answer in said.items():
        await searches.answer(work.tx, SlotReply(search.id, position, work.member.id, answer))
    mine |= said
    slots = await searches.slots_of(work.tx, search.id)
    still = "、".join(str(slot.position) for slot in slots if slot.position not in mine)
    left = text("search.still_open", slots=still) if still else ""
    work.refresh(f"search:{search.id}")
    work.answer(text("search.noted", label=search_label(search), answers=answers_text(mine), left=left))


async def heard_as_answer(work: Work, said: Said) -> bool:
    """Words like 1可以 2不行, in reply to the card or alone in private: whether they were an answer."""
    if not any(word in said.text for word in terms("slot_answer").values()):
        return False
    replied = await _replied_to(work, said)
    if replied is None and not work.event.private:
        return False
    meant = [replied] if replied else await _asked_now(work)
    for search in meant:
        slots = len(await searches.slots_of(work.tx, search.id))
        if (answers := read_answers(said.text, slots)) is None:
            return False
        if len(meant) > 1:
            raise Refusal("search.which", names="、".join(f"{search_label(one)} {one.name}" for one in meant))
        await say_of_slots(work, search, answers)
        return True
    return False


async def _replied_to(work: Work, said: Said) -> Search | None:
    if not said.reply_to:
        return None
    card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
    noun, _, key = card.subject.partition(":") if card else ("", "", "")
    return await searches.find(work.tx, int(key)) if noun in NOUNS and key.isdigit() else None


async def _asked_now(work: Work) -> list[Search]:
    """The searches in which who acts is asked."""
    if work.member is None:
        return []
    community = await work.community()
    found = [one for one in await searches.open_ones(work.tx, community.id) if one.ends_at]
    return [one for one in found if await belongs(work, one.body)]
