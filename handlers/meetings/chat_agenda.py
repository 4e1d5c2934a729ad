"""What is said about the agenda of a meeting, its chair and its reminders."""

import re

from handlers.intake.masking import mask
from handlers.meetings.agenda import Extension, extend_agenda, replace_agenda, show_agenda
from handlers.meetings.arranging import announce_now, arrange
from handlers.meetings.changing import abandon_meeting
from handlers.meetings.entries import read_entries
from handlers.meetings.heard import meant
from handlers.meetings.lookup import meeting_meant, numbered
from handlers.meetings.particulars import take_particulars
from handlers.meetings.reading import EDGES, NOTE_LIMIT, read_number
from handlers.meetings.wishes import take_wish, tell_wish
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.work import Work
from storage.messages import Said

routes = Routes()
_BASIS = re.compile(r"(?:\A|(?<=[\s,，;；。）)]))依据[\s:：]*(.*)\Z", re.DOTALL)
_ABOUT = re.compile(r"[〔\[(（]?\d{1,6}\S{0,8}\s+(?:主持|记录|时长|线上|提醒)")


@routes.command("议程", "agenda")
async def agenda(work: Work, said: Said, rest: str) -> None:
    """`议程 会3` shows it; `议程 会3 议7(20分钟),议9,传达街道通知(10分钟,内部)` sets it while it is open."""
    if not meant(work, said, rest):
        return
    meeting, written = await meeting_meant(work, said, rest, "meetings.agenda_of_usage")
    if written.strip(EDGES):
        await replace_agenda(work, meeting, read_entries(written))
    else:
        await show_agenda(work, meeting)


@routes.command("增加议程", "addagenda")
async def add_item(work: Work, said: Said, rest: str) -> None:
    """`增加议程 会3 议9 依据 《议事规则》第8条`."""
    if not meant(work, said, rest):
        return
    meeting, written = await meeting_meant(work, said, rest, "meetings.extend_usage")
    basis = _BASIS.search(written)
    entries = read_entries(written[: basis.start()] if basis else written)
    if not entries:
        raise Refusal("meetings.extend_usage")
    await extend_agenda(
        work, meeting, Extension(entries, mask(basis[1].strip(EDGES)[:NOTE_LIMIT]) if basis else "")
    )


@routes.command("发通知", "announce")
async def announce(work: Work, said: Said, rest: str) -> None:
    """`发通知 会3`: the people of a prepared meeting are called at once."""
    if meant(work, said, rest):
        meeting, _ = await meeting_meant(work, said, rest, "meetings.announce_usage")
        await announce_now(work, meeting)


@routes.command("流会", "abandon")
async def abandon(work: Work, said: Said, rest: str) -> None:
    """`流会 会3 主持人没到`."""
    if meant(work, said, rest):
        meeting, reason = await meeting_meant(work, said, rest, "meetings.abandon_usage")
        await abandon_meeting(work, meeting, reason.strip(EDGES))


@routes.command("会")
async def about(work: Work, said: Said, rest: str) -> None:
    """`会3 主持 张三 记录 李四`, `会3 线上 https://… 依据 …`, `会3 时长 2小时`, `会3 提醒 1天,2小时`."""
    particulars, left = take_particulars(rest) if _ABOUT.match(rest) else (None, rest)
    if particulars is None or not particulars.said:
        if work.event.private or said.addressed:
            raise Refusal("meetings.about_usage")
        return
    number, beyond = read_number(left, "meetings.about_usage")
    if beyond.strip(EDGES):
        raise Refusal("meetings.about_usage")
    await arrange(work, await numbered(work, number), particulars)


@routes.command("提醒我", where=Where.PRIVATE)
async def remind_me(work: Work, said: Said, rest: str) -> None:
    """`提醒我 提前2小时,1天`, `提醒我 不用`, `提醒我 照常`; without anything how it is now."""
    del said
    if rest.strip(EDGES):
        await take_wish(work, rest)
    else:
        await tell_wish(work)
