"""Moments of notices: their last day, and answers that are owed."""

from handlers.audience import desk
from handlers.labels import label
from handlers.moments import day
from handlers.notices.objections import close
from handlers.notices.rules import next_reminder
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import notices, units
from storage.messages import Due
from storage.records import NoticeState

routes = Routes()


@routes.due("notice.end")
async def ends(work: Work, due: Due) -> None:
    """The last day is over; however late this is heard, the days were."""
    notice = await notices.get(work.tx, due.subject)
    if notice.state is NoticeState.POSTED and notice.ends_at and notice.ends_at <= work.now:
        await close(work, notice)


@routes.due("objection.remind")
async def remind(work: Work, due: Due) -> None:
    """An answer is owed: the office hears it a day before, at the last moment, then every three days."""
    made = await notices.objection(work.tx, due.subject)
    assert made is not None
    if made.answered_at:
        await notices.next_reminder(work.tx, made.id, None)
        return
    await notices.next_reminder(work.tx, made.id, next_reminder(made, work.now))
    notice = await notices.get(work.tx, made.notice_id)
    key = "notices.reminder" if work.now < made.due_at else "notices.reminder_late"
    said = text(key, id=made.id, label=label("notice", notice), day=day(made.due_at, work.settings.zone))
    for address in await desk(work, await units.get(work.tx, notice.community_id)):
        once = f"objection:{made.id}:remind:{due.moment.isoformat()}:{address}"
        work.say(address, said, subject=f"objection:{made.id}", once=once)
