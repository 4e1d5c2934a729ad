"""Codes that were none: five tries, then ten minutes of waiting, and the recorder hears of it once."""

from datetime import datetime, timedelta

from handlers.events import CodeMissed
from handlers.labels import label
from handlers.meetings.room.lookup import tell_hosts
from handlers.meetings.room.points import write_at_once
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import journal
from storage.records import Meeting, Member

MOST = 5
PAUSE = timedelta(minutes=10)


async def require_may_try(work: Work, member: Member) -> None:
    """Refuse, even a right code, whoever has just tried five wrong ones."""
    missed = await _missed(work, member)
    if len(missed) >= MOST:
        left = missed[-MOST] + PAUSE - work.now
        minutes = -(-left // timedelta(minutes=1))
        raise Refusal("room.wait", minutes=minutes)


async def miss(work: Work, meeting: Meeting, member: Member) -> None:
    """Answer a wrong code; at the last one that is allowed, tell the recorder."""
    await write_at_once(work, CodeMissed(member.id))
    left = MOST - len(await _missed(work, member))
    if left > 0:
        work.answer(text("room.wrong_code", left=left))
        return
    work.answer(text("room.wrong_codes", minutes=PAUSE // timedelta(minutes=1)))
    said = text("room.guessed", meeting=label("meeting", meeting), name=member.name, most=MOST)
    await tell_hosts(work, meeting, said, f"guessed:{member.id}")


async def _missed(work: Work, member: Member) -> list[datetime]:
    after = work.now - PAUSE
    rows = await journal.since(work.tx, f"member:{member.id}", CodeMissed.__name__, after)
    return [row.at for row in rows]
