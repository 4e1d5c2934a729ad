"""Only those who have not voted are reminded, in private, and never after the close."""

from handlers.audience import private_address
from handlers.moments import moment
from handlers.polls.timetable import first_reminder
from handlers.polls.views import choice_buttons, poll_label
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import polls
from storage.messages import Card, Due

routes = Routes()


@routes.due("poll.remind")
async def remind(work: Work, due: Due) -> None:
    """Ask each one who has not voted; a reminder that would come after the close is dropped."""
    poll = await polls.get(work.tx, due.subject)
    await polls.change(work.tx, poll.id, remind_at=first_reminder(work.now, poll.closes_at))
    if work.now >= poll.closes_at:
        return
    label = await poll_label(work, poll)
    ends = moment(poll.closes_at, work.settings.zone)
    card = Card(
        text("polls.reminder", poll=label, question=poll.question, ends=ends), (choice_buttons(poll),)
    )
    for member in await polls.silent(work.tx, poll.id):
        if address := await private_address(work, member.id):
            once = f"poll:{poll.id}:remind:{due.moment.isoformat()}:{member.id}"
            work.say(address, card, once=once, not_after=poll.closes_at)
