"""Objections: kept for staff, answered by them, counted for everybody."""

from datetime import datetime

from handlers.audience import desk, private_address
from handlers.days import end_of_days
from handlers.events import NoticeClosed, ObjectionAnswered, ObjectionMade, StageDecided
from handlers.labels import label
from handlers.moments import day, day_end, local_date
from handlers.notices.drafts import take_down
from handlers.notices.rules import ANSWER_DAYS, Answer, clears, first_reminder
from handlers.notices.views import objection_card
from handlers.permissions import DESK, require
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import notices, units
from storage.messages import Urgency
from storage.records import Notice, NoticeState, Objection, Role


async def object_to(work: Work, notice: Notice, words: str) -> str:
    """Take an objection by who acts; the sentence that tells them so. What one adds later belongs to the first."""
    if notice.state is not NoticeState.POSTED:
        raise Refusal("notices.object_not_posted", label=label("notice", notice))
    member = await work.someone()
    said_before = [
        made
        for made in await notices.objections_to(work.tx, notice.id)
        if made.member_id == member.id and made.answered_at is None
    ]
    if said_before:
        return await _add_words(work, notice, said_before[0], words)
    due_at = _answer_by(work)
    made = Objection(0, notice.id, member.id, words, work.now, due_at, first_reminder(due_at), "", None, None)
    objection_id = await notices.object_to(work.tx, made)
    await _lay_before_desk(work, notice, objection_id)
    work.refresh(f"notice:{notice.id}")
    await work.record(ObjectionMade(notice.id))
    return text("notices.object_noted", label=label("notice", notice), day=day(due_at, work.settings.zone))


async def answer(work: Work, made: Objection, said: Answer) -> str:
    """Answer an objection; upheld, it decides the stage at once. Returns what to tell who answered."""
    notice = await notices.get(work.tx, made.notice_id)
    await require(work, await units.get(work.tx, notice.community_id), *DESK, Role.SUPERVISOR)
    if made.answered_at:
        raise Refusal("notices.objection_answered_before", id=made.id)
    member = await work.someone()
    if member.id == made.member_id:
        raise Refusal("notices.own_objection")
    outcome = text(f"notices.outcome_{said.outcome}")
    await notices.change_objection(
        work.tx,
        made.id,
        answer=f"{outcome}：{said.text}",
        answered_by=member.id,
        answered_at=work.now,
        remind_at=None,
    )
    work.refresh(f"objection:{made.id}")
    work.refresh(f"notice:{notice.id}")
    await work.record(ObjectionAnswered(notice.id, said.outcome))
    reached = await _tell_objector(work, notice, made, said)
    await _settle(work, notice, said)
    return text("notices.answer_noted" if reached else "notices.answer_unreachable", id=made.id)


async def close(work: Work, notice: Notice) -> None:
    """A notice's days are over. The case goes on when every objection has its answer."""
    made, answered = await notices.counts(work.tx, notice.id)
    await notices.change(work.tx, notice.id, state=NoticeState.CLOSED)
    work.refresh(f"notice:{notice.id}")
    await work.record(NoticeClosed(notice.id))
    if not clears(NoticeState.CLOSED, made - answered):
        await _tell_it_waits(work, notice, made - answered)
        return
    await _decide(work, notice, "clear")


async def _settle(work: Work, notice: Notice, said: Answer) -> None:
    """What an answer means for the stage that waits for the notice."""
    if notice.state not in (NoticeState.POSTED, NoticeState.CLOSED):
        return
    if said.outcome == "upheld":
        await take_down(work, notice)
        await _decide(work, notice, "objection")
        return
    made, answered = await notices.counts(work.tx, notice.id)
    if clears(notice.state, made - answered):
        await _decide(work, notice, "clear")


async def _decide(work: Work, notice: Notice, outcome: str) -> None:
    if notice.step_id is None:
        return
    made, answered = await notices.counts(work.tx, notice.id)
    note = text("notices.objections_some", made=made, answered=answered) if made else ""
    await work.record(StageDecided(notice.step_id, outcome, note))


async def _add_words(work: Work, notice: Notice, made: Objection, words: str) -> str:
    await notices.change_objection(work.tx, made.id, text=f"{made.text}\n{words}")
    work.refresh(f"objection:{made.id}")
    return text("notices.object_added", label=label("notice", notice))


def _answer_by(work: Work) -> datetime:
    zone = work.settings.zone
    return day_end(end_of_days(local_date(work.now, zone), ANSWER_DAYS), zone)


async def _lay_before_desk(work: Work, notice: Notice, objection_id: int) -> None:
    made = await notices.objection(work.tx, objection_id)
    assert made is not None
    card = await objection_card(work, made)
    for address in await desk(work, await units.get(work.tx, notice.community_id)):
        work.say(
            address, card, subject=f"objection:{objection_id}", once=f"objection:{objection_id}:{address}"
        )


async def _tell_it_waits(work: Work, notice: Notice, count: int) -> None:
    said = text("notices.end_waits", label=label("notice", notice), count=count)
    for address in await desk(work, await units.get(work.tx, notice.community_id)):
        work.say(address, said, once=f"notice:{notice.id}:waits:{address}")


async def _tell_objector(work: Work, notice: Notice, made: Objection, said: Answer) -> bool:
    address = await private_address(work, made.member_id)
    if address is None:
        return False
    told = text(
        "notices.answer_told",
        label=label("notice", notice),
        outcome=text(f"notices.outcome_{said.outcome}"),
        text=said.text,
    )
    work.say(address, told, once=f"objection:{made.id}:answer", urgency=Urgency.ANSWER)
    return True
