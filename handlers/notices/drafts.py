"""Drafts: what a stage wants to be public is written down and put before the desk; nothing is posted by itself."""

from dataclasses import dataclass

from handlers.audience import desk
from handlers.events import StageEntered, StageLeft
from handlers.intake.masking import mask
from handlers.moments import local_date
from handlers.notices.facts import account_of
from handlers.notices.rules import OVER, STATUTORY_DAYS
from handlers.notices.views import draft_card
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import notices, topics, units
from storage.records import Notice, NoticeState, Topic

routes = Routes()


@dataclass(frozen=True, slots=True)
class Wording:
    """What a notice says, already masked, and for how many days."""

    title: str
    text: str
    days: int


@routes.on(StageEntered)
async def stage_entered(work: Work, event: StageEntered) -> None:
    """A stage wants something published. Private procedures publish nothing."""
    brief = event.brief
    if brief.kind != "notice" or brief.private:
        return
    topic = await topics.get(work.tx, event.topic_id)
    title = text("notices.title", topic=mask(topic.title), stage=brief.name)
    written = await account_of(work, topic, brief.basis)
    wording = Wording(title, written, brief.days or STATUTORY_DAYS)
    draft = await write_draft(work, topic, wording, event.step_id)
    await lay_before_desk(work, draft)


@routes.on(StageLeft)
async def stage_left(work: Work, event: StageLeft) -> None:
    """The case has gone another way: the notice is over, or never comes out."""
    notice = await notices.of_step(work.tx, event.step_id)
    if notice and notice.state not in OVER:
        await take_down(work, notice)


async def write_draft(work: Work, topic: Topic, wording: Wording, step_id: int | None) -> Notice:
    """Write a draft down under its number."""
    year = local_date(work.now, work.settings.zone).year
    number = await units.next_number(work.tx, topic.community_id, "notice", year)
    draft = Notice(
        0,
        topic.community_id,
        year,
        number,
        topic.id,
        step_id,
        wording.title,
        wording.text,
        wording.days,
        NoticeState.DRAFT,
        None,
        None,
        None,
    )
    return await notices.add(work.tx, draft)


async def lay_before_desk(work: Work, draft: Notice) -> None:
    """Show the office a draft, once in each place where it is asked."""
    community = await units.get(work.tx, draft.community_id)
    card = await draft_card(work, draft)
    for address in await desk(work, community):
        work.say(address, card, subject=f"draft:{draft.id}", once=f"notice:{draft.id}:draft:{address}")


async def take_down(work: Work, notice: Notice) -> None:
    """End a notice before its days are over; what was posted says so."""
    await notices.change(work.tx, notice.id, state=NoticeState.WITHDRAWN)
    work.refresh(f"draft:{notice.id}")
    work.refresh(f"notice:{notice.id}")
