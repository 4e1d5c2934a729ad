"""The cards of a search: what everybody is asked, and what only whoever asks is shown."""

from collections.abc import Mapping, Sequence

from handlers.labels import topic_label
from handlers.meetings.series.bodies import people_of
from handlers.meetings.series.standing import ranked
from handlers.meetings.views import when_text
from handlers.recurring.slots import Standing
from handlers.routes import Routes, press
from handlers.texts import term, text
from handlers.work import Work
from storage import searches, topics, units, waits
from storage.messages import Button, Card
from storage.records import Search, SearchState, Slot, SlotAnswer

routes = Routes()


def search_label(search: Search) -> str:
    """找时间2."""
    return text("search.label", number=search.number)


@routes.card("search")
async def search_card(work: Work, search_id: int) -> Card | None:
    """The card of the group: the times, and how many have answered, not what."""
    search = await searches.find(work.tx, search_id)
    if search is None:
        return None
    community = await units.get(work.tx, search.community_id)
    roll = {one.id for one in await people_of(work, community, search.body)}
    replied = {reply.member_id for reply in await searches.replies_of(work.tx, search.id)} & roll
    card = await ask_card(work, search)
    return Card(f"{card.text}\n{text('search.replied', replied=len(replied), roll=len(roll))}", card.rows)


@routes.card("search_ask")
async def asked_card(work: Work, search_id: int) -> Card | None:
    """The card of somebody who is asked alone."""
    search = await searches.find(work.tx, search_id)
    return await ask_card(work, search) if search else None


async def ask_card(work: Work, search: Search) -> Card:
    """The times with a button for each answer to each; the first buttons are the times themselves, said 可以 to."""
    slots = await searches.slots_of(work.tx, search.id)
    lines = [text("search.card", label=search_label(search), name=search.name)]
    lines += [slot_line(work, slot) for slot in slots]
    if search.place:
        lines.append(text("search.place", place=search.place))
    if search.state is not SearchState.OPEN or search.ends_at is None:
        key = "cancelled" if search.state is SearchState.CANCELLED else "over"
        return Card("\n".join([*lines, text(f"search.{key}")]))
    lines.append(text("search.please", when=when_text(work, search.ends_at)))
    return Card("\n".join(lines), tuple(_row(search, slots, answer) for answer in SlotAnswer))


def answers_text(said: Mapping[int, SlotAnswer]) -> str:
    """1 可以，2 不行."""
    return text("search.comma").join(
        text("search.said_one", position=position, word=term("slot_answer", answer))
        for position, answer in sorted(said.items())
    )


def slot_line(work: Work, slot: Slot) -> str:
    """1. 11月28日（周六）19:00."""
    return text("search.slot", position=slot.position, when=when_text(work, slot.starts_at))


async def caller_card(work: Work, search: Search, head: str) -> Card:
    """For whoever looks for the time, alone: the order, and who said what."""
    card = await ranking_card(work, search, head)
    return Card("\n".join([card.text, *await _who_said_what(work, search)]), card.rows)


async def ranking_card(work: Work, search: Search, head: str) -> Card:
    """The times that still lie ahead, those that suit best first, each with its reasons. Refusal when all are over."""
    ranking = await ranked(work, search)
    lines = [head]
    for place, one in enumerate(ranking.order, start=1):
        lines.append(
            text(
                "search.ranked",
                place=place,
                position=one.slot.id,
                when=when_text(work, one.slot.starts_at),
                reasons=text("search.comma").join(one.reasons),
            )
        )
    if ranking.tied:
        lines.append(text("search.tied", slots="、".join(str(slot.id) for slot in ranking.tied)))
    waiting = await _waiting_topics(work, search)
    if waiting:
        lines.append(text("search.waiting", topics=waiting))
    return Card("\n".join(lines), tuple((_choose(work, search, one),) for one in ranking.order))


def _row(search: Search, slots: Sequence[Slot], answer: SlotAnswer) -> tuple[Button, ...]:
    word = term("slot_answer", answer)
    return tuple(
        Button(
            text("search.button", position=slot.position, word=word),
            press("search.say", search.id, slot.position, answer.value),
        )
        for slot in slots
    )


def _choose(work: Work, search: Search, one: Standing) -> Button:
    label = text("search.choose", when=when_text(work, one.slot.starts_at))
    return Button(label, press("search.choose", search.id, one.slot.id))


async def _waiting_topics(work: Work, search: Search) -> str:
    found = [wait for wait in await waits.uncalled(work.tx, search.community_id) if wait.body == search.body]
    names = [topic_label(await topics.get(work.tx, wait.topic_id)) for wait in found if not wait.private]
    return "、".join(names)


async def _who_said_what(work: Work, search: Search) -> list[str]:
    """Each person's answers, for whoever asks alone: nobody is ranked, the order is that of the roll."""
    community = await units.get(work.tx, search.community_id)
    replies = await searches.replies_of(work.tx, search.id)
    lines, silent = [text("search.only_you")], []
    for member in await people_of(work, community, search.body):
        if said := answers_text({one.position: one.answer for one in replies if one.member_id == member.id}):
            lines.append(text("search.said", name=member.name, answers=said))
        else:
            silent.append(member.name)
    return [*lines, text("search.silent", names="、".join(silent))] if silent else lines
