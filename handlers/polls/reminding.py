"""Only those who have not voted are reminded, in private, and never after the close."""

from handlers.audience import private_address
from handlers.moments import moment, morning_after
from handlers.polls.ballot_paper import buttons, paper_of
from handlers.polls.timetable import first_reminder
from handlers.polls.views import how_to_say, poll_label
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import polls
from storage.messages import Card, Due

routes = Routes()


@routes.due("poll.remind")
async def remind(work: Work, due: Due) -> None:
    """Ask each one who has not voted; a reminder that would come before the opening or after the close is dropped."""
    poll = await polls.get(work.tx, due.subject)
    await polls.change(work.tx, poll.id, remind_at=first_reminder(work.now, poll.closes_at))
    if not poll.opens_at <= work.now < poll.closes_at:
        return
    if (morning := morning_after(work.now, work.settings)) is not None:
        later = morning if morning < poll.closes_at else None
        await polls.change(work.tx, poll.id, remind_at=later)
        return
    label = await poll_label(work, poll)
    ends = moment(poll.closes_at, work.settings.zone)
    asked = text("polls.reminder", poll=label, question=poll.question, ends=ends)
    card = Card("\n".join((asked, *paper_of(poll).lines, *how_to_say(label, poll))), buttons(poll))
    for member in await polls.silent(work.tx, poll.id):
        if address := await private_address(work, member.id):
            once = f"poll:{poll.id}:remind:{due.moment.isoformat()}:{member.id}"
            work.say(address, card, once=once, not_after=poll.closes_at)
