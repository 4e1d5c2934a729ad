"""Posting, holding back and withdrawing a notice; each on a person's word."""

from handlers.audience import publication_groups
from handlers.events import NoticePosted, NoticeWithdrawn
from handlers.intake.masking import mask
from handlers.labels import label
from handlers.matters.findings import Severity
from handlers.matters.stored import check_publications
from handlers.moments import local_date
from handlers.notices.drafts import Wording, lay_before_desk, take_down, write_draft
from handlers.notices.rules import OVER
from handlers.notices.term import begins, last_day
from handlers.notices.views import public_card
from handlers.permissions import DESK, require
from handlers.privacy import kept_private
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import notices, polls, topics, units
from storage.messages import Address
from storage.records import Notice, NoticeState, Topic


async def post(work: Work, draft: Notice, days: int | None) -> tuple[Notice, list[Address]]:
    """Post a draft for its days, or longer; the notice as it is now, and where it went."""
    await _require_desk(work, draft)
    require_draft(draft)
    if days is not None and days < draft.days:
        raise Refusal("notices.too_short", label=label("notice", draft), days=draft.days)
    places = await _places(work, draft)
    await _require_long_enough(work, draft, days or draft.days)
    approver = await work.someone()
    posted = await notices.change(
        work.tx,
        draft.id,
        state=NoticeState.POSTED,
        days=days or draft.days,
        approved_by=approver.id,
        posted_at=begins(work),
        ends_at=last_day(work, days or draft.days),
    )
    card = await public_card(work, posted)
    for place in places:
        work.say(place, card, subject=f"notice:{posted.id}", once=f"notice:{posted.id}:posted:{place}")
    work.refresh(f"draft:{posted.id}")
    await work.record(NoticePosted(posted.id))
    return posted, places


async def rewrite(work: Work, draft: Notice, written: str) -> None:
    """Give a draft another text and show it again."""
    await _require_desk(work, draft)
    require_draft(draft)
    await notices.change(work.tx, draft.id, text=mask(written))
    work.refresh(f"draft:{draft.id}")


async def write_own(work: Work, topic: Topic, written: str, days: int) -> Notice:
    """A draft in the desk's own words: that of the stage that waits for one, else one of no stage."""
    await require(work, await units.get(work.tx, topic.community_id), *DESK)
    if await kept_private(work, topic.id):
        raise Refusal("notices.private_topic")
    waiting = await _waiting(work, topic)
    if waiting:
        await rewrite(work, waiting, written)
        return await notices.get(work.tx, waiting.id)
    return await write_draft(work, topic, Wording(mask(topic.title), mask(written), days), None)


async def hold(work: Work, draft: Notice) -> None:
    """Not now: the draft stays."""
    await _require_desk(work, draft)
    require_draft(draft)


async def withdraw(work: Work, notice: Notice, reason: str) -> Notice:
    """Take a notice back for a reason everybody reads; a fresh draft for the same stage takes its place."""
    await _require_desk(work, notice)
    if notice.state in OVER:
        raise Refusal("notices.already_over", label=label("notice", notice))
    shown = mask(reason)
    if notice.state is NoticeState.POSTED:
        await _tell_withdrawn(work, notice, shown)
    await notices.change(work.tx, notice.id, step_id=None)
    await take_down(work, notice)
    await work.record(NoticeWithdrawn(notice.id, shown))
    topic = await _topic(work, notice)
    wording = Wording(notice.title, notice.text, notice.days)
    fresh = await write_draft(work, topic, wording, notice.step_id)
    await lay_before_desk(work, fresh)
    return fresh


def require_draft(notice: Notice) -> None:
    """Refuse what can only be done to a draft."""
    if notice.state is NoticeState.POSTED:
        raise Refusal("notices.already_posted", label=label("notice", notice), number=notice.number)
    if notice.state in OVER:
        raise Refusal("notices.already_over", label=label("notice", notice))


async def _require_long_enough(work: Work, draft: Notice, days: int) -> None:
    """What a poll about a matter of the law came to stays on the board for as long as that law says."""
    voted = await polls.of_topic(work.tx, draft.topic_id) if draft.topic_id is not None else []
    zone = work.settings.zone
    posted_on, until = local_date(begins(work), zone), local_date(last_day(work, days), zone)
    short = [
        finding.line
        for finding in check_publications(voted, posted_on, until)
        if finding.severity is Severity.ERROR
    ]
    if short:
        raise Refusal("notices.shorter_than_law", number=draft.number, why="\n".join(short))


async def _tell_withdrawn(work: Work, notice: Notice, reason: str) -> None:
    said = text("notices.withdrawn_said", label=label("notice", notice), reason=reason)
    for place in await _places(work, notice):
        work.say(place, said, once=f"notice:{notice.id}:withdrawn:{place}")


async def _places(work: Work, notice: Notice) -> list[Address]:
    topic = await _topic(work, notice)
    if await kept_private(work, topic.id):
        raise Refusal("notices.private_topic")
    community = await units.get(work.tx, notice.community_id)
    places = await publication_groups(work, topic.id, community)
    if not places:
        raise Refusal("notices.no_group")
    return places


async def _topic(work: Work, notice: Notice) -> Topic:
    assert notice.topic_id is not None
    return await topics.get(work.tx, notice.topic_id)


async def _waiting(work: Work, topic: Topic) -> Notice | None:
    drafts = await notices.of_topic(work.tx, topic.id)
    return next((draft for draft in drafts if draft.state is NoticeState.DRAFT), None)


async def _require_desk(work: Work, notice: Notice) -> None:
    await require(work, await units.get(work.tx, notice.community_id), *DESK)
