"""What a notice looks like: before the desk, in public, and to whoever answers an objection."""

from handlers.intake.masking import mask
from handlers.labels import label
from handlers.moments import day
from handlers.notices.rules import OVER
from handlers.notices.term import last_day
from handlers.routes import Routes, press
from handlers.texts import term, text
from handlers.work import Work
from storage import notices, topics, units
from storage.messages import Button, Card
from storage.records import Notice, NoticeState, Objection

routes = Routes()


@routes.card("notice")
async def draw_public(work: Work, notice_id: int) -> Card | None:
    """The card everybody sees; it changes with the number of objections and when its days are over."""
    notice = await notices.find(work.tx, notice_id)
    return await public_card(work, notice) if notice else None


@routes.card("draft")
async def draw_draft(work: Work, notice_id: int) -> Card | None:
    """The card before the desk."""
    notice = await notices.find(work.tx, notice_id)
    return await draft_card(work, notice) if notice else None


@routes.card("objection")
async def draw_objection(work: Work, objection_id: int) -> Card | None:
    """The card that staff answer."""
    made = await notices.objection(work.tx, objection_id)
    return await objection_card(work, made) if made else None


async def public_card(work: Work, notice: Notice) -> Card:
    """A notice as it is posted."""
    written = await _public_text(work, notice)
    if notice.state in OVER:
        return Card(written)
    button = Button(text("notices.object_button"), press("notice.object", notice.id))
    return Card(written, ((button,),))


async def draft_card(work: Work, notice: Notice) -> Card:
    """A draft with exactly what will be public; afterwards only what became of it."""
    name = label("notice", notice)
    if notice.state is NoticeState.WITHDRAWN:
        return Card(text("notices.draft_withdrawn", label=name, title=notice.title))
    if notice.state is not NoticeState.DRAFT:
        return Card(text("notices.draft_posted", label=name, title=notice.title, until=until(work, notice)))
    buttons = (
        Button(text("notices.post_button"), press("notice.post", notice.id)),
        Button(text("notices.edit_button"), press("notice.edit", notice.id)),
        Button(text("notices.hold_button"), press("notice.hold", notice.id)),
    )
    return Card(text("notices.draft", label=name, public=await _public_text(work, notice)), (buttons,))


async def objection_card(work: Work, made: Objection) -> Card:
    """An objection for staff: the words without what would tell who said them."""
    notice = await notices.get(work.tx, made.notice_id)
    values = {"id": made.id, "label": label("notice", notice)}
    if made.answered_at:
        outcome = text(f"notices.outcome_{outcome_of(made)}")
        return Card(text("notices.objection_answered", outcome=outcome, **values))
    due = day(made.due_at, work.settings.zone)
    return Card(text("notices.objection", text=mask(made.text), day=due, **values))


def outcome_of(made: Objection) -> str:
    """Upheld or dismissed, read from the word an answer begins with."""
    return "dismissed" if made.answer.startswith(text("notices.outcome_dismissed")) else "upheld"


def until(work: Work, notice: Notice) -> str:
    """The last day of a notice; of a draft, the day it would be if it were posted now."""
    return day(notice.ends_at or last_day(work, notice.days), work.settings.zone)


def listed(work: Work, found: list[Notice]) -> str:
    """Notices as a list."""
    if not found:
        return text("notices.list_none")
    return "\n".join([text("notices.list_head"), *(_list_line(work, notice) for notice in found)])


def _list_line(work: Work, notice: Notice) -> str:
    running = notice.state is NoticeState.POSTED
    return text(
        "notices.list_line",
        label=label("notice", notice),
        title=notice.title,
        state=term("notice_state", notice.state),
        until=text("notices.list_until", day=until(work, notice)) if running else "",
    )


async def _public_text(work: Work, notice: Notice) -> str:
    community = await units.get(work.tx, notice.community_id)
    topic = await topics.get(work.tx, notice.topic_id) if notice.topic_id else None
    return text(
        "notices.public",
        label=label("notice", notice),
        until=until(work, notice),
        community=community.name,
        topic=label("topic_full", topic) if topic else "",
        title=notice.title,
        text=notice.text,
        counts=await _counts_line(work, notice),
    )


async def _counts_line(work: Work, notice: Notice) -> str:
    made, answered = await notices.counts(work.tx, notice.id)
    counts = text("notices.objections_some", made=made, answered=answered) if made else ""
    if notice.state is NoticeState.WITHDRAWN:
        return text("notices.withdrawn", counts=counts)
    if notice.state is NoticeState.CLOSED:
        key = "notices.over_waiting" if made > answered else "notices.over"
        return text(key, counts=counts or text("notices.no_objections"))
    days = text("notices.days_line", days=notice.days)
    return days + (counts or text("notices.objections_none"))
