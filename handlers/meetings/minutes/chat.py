"""What is said and pressed about minutes."""

from handlers.keys import first_key
from handlers.labels import label
from handlers.meetings.lookup import may_know, meeting_meant
from handlers.meetings.minutes.approving import approve
from handlers.meetings.minutes.correcting import answer_correction, ask_correction
from handlers.meetings.minutes.editing import edit_minutes
from handlers.meetings.minutes.people import (
    concerned,
    keeps,
    require_begun,
    require_keeper,
    require_room,
)
from handlers.meetings.minutes.publishing import preview, publish
from handlers.meetings.minutes.reading import read_answer, read_confirmed, read_edit, read_version
from handlers.meetings.minutes.reading_back import confirm, confirm_for, read_back
from handlers.meetings.minutes.versions import as_it_stands
from handlers.meetings.minutes.views import heading, plain_card, version_card
from handlers.papers.kept_minutes import parse_minutes
from handlers.papers.lines import as_text
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import cards, meetings, minutes
from storage.messages import Inbound, Said
from storage.records import Meeting, Minutes, MinutesState

routes = Routes()
_MARKS = "/#＃"
_WRONG = "promise_wrong"


@routes.command("纪要", "minutes")
async def say_minutes(work: Work, said: Said, rest: str) -> None:
    """`纪要 会3` shows; 改, 补, 核对, 属实 任务3, 批准, 公开, 各稿, 第2稿 follow the number."""
    if not _meant(work, said, rest):
        return
    require_room(work)
    meeting, left = await meeting_meant(work, said, rest, "minutes.usage")
    require_begun(work, meeting, label("meeting", meeting))
    await _do(work, meeting, left.strip())


async def _do(work: Work, meeting: Meeting, left: str) -> None:
    verbs = {
        "核对": read_back,
        "批准": _approve_latest,
        "公开": preview,
        "各稿": _list,
        "": _show,
    }
    if verb := verbs.get(left.rstrip("。.！!")):
        await verb(work, meeting)
    elif (number := read_version(left)) is not None:
        await _show_version(work, meeting, number)
    elif (task := read_confirmed(left)) is not None:
        await confirm_for(work, meeting, task)
    elif edit := read_edit(left):
        await edit_minutes(work, meeting, edit)
    else:
        raise Refusal("minutes.usage")


@routes.command("纪要异议")
async def say_correction(work: Work, said: Said, rest: str) -> None:
    """`纪要异议 会3 哪里不对`, in private."""
    if not work.event.private:
        raise Refusal("minutes.privately")
    meeting, words = await meeting_meant(work, said, rest, "minutes.correct_usage_any")
    await ask_correction(work, meeting, words)


@routes.command("答复纪要异议")
async def say_answer(work: Work, said: Said, rest: str) -> None:
    """`答复纪要异议 会3 1 采纳 理由`."""
    require_room(work)
    meeting, left = await meeting_meant(work, said, rest, "minutes.answer_usage")
    await answer_correction(work, meeting, read_answer(left))


@routes.press("minutes.read_back")
async def press_read_back(work: Work, arguments: tuple[str, ...]) -> None:
    """核对."""
    _, meeting = await _pressed(work, arguments)
    await read_back(work, meeting)


@routes.press("minutes.approve")
async def press_approve(work: Work, arguments: tuple[str, ...]) -> None:
    """批准, of the version that was looked at."""
    version, meeting = await _pressed(work, arguments)
    await approve(work, meeting, version)


@routes.press("minutes.preview")
async def press_preview(work: Work, arguments: tuple[str, ...]) -> None:
    """公开 under a version: shows what will be public."""
    _, meeting = await _pressed(work, arguments)
    await preview(work, meeting)


@routes.press("minutes.publish")
async def press_publish(work: Work, arguments: tuple[str, ...]) -> None:
    """公开 under what will be public."""
    version, meeting = await _pressed(work, arguments)
    await publish(work, meeting, version)


@routes.press("minutes.hold")
async def press_hold(work: Work, arguments: tuple[str, ...]) -> None:
    """不公开."""
    _, meeting = await _pressed(work, arguments)
    await require_keeper(work, meeting)
    work.answer(text("minutes.held", meeting=label("meeting", meeting)))


@routes.press("minutes.true")
async def press_true(work: Work, arguments: tuple[str, ...]) -> None:
    """属实."""
    version, meeting = await _pressed(work, arguments)
    await confirm(work, version, meeting, first_key(arguments[1:]) or 0)


@routes.press("minutes.wrong")
async def press_wrong(work: Work, arguments: tuple[str, ...]) -> None:
    """不对: a reply with the reason becomes a correction."""
    version, meeting = await _pressed(work, arguments)
    owners = {one.owner_id for one in parse_minutes(version.body).promises}
    if work.member is None or work.member.id not in owners:
        raise Refusal("minutes.not_yours")
    said = text("minutes.what_is_wrong", meeting=label("meeting", meeting))
    work.say(work.event.chat, said, subject=f"{_WRONG}:{meeting.id}")


@routes.hears(Said)
async def wrong_in_words(work: Work, event: Inbound) -> bool:
    """A reply to the question what is wrong is the correction."""
    said = event.content
    if not isinstance(said, Said) or not said.reply_to or not event.private or not said.text.strip():
        return False
    card = await cards.at_message(work.tx, event.chat, said.reply_to)
    noun, _, key = card.subject.partition(":") if card else ("", "", "")
    if noun != _WRONG or not key.isdecimal():
        return False
    await ask_correction(work, await meetings.get(work.tx, int(key)), said.text)
    return True


def _meant(work: Work, said: Said, rest: str) -> bool:
    """In a group the word also begins plain talk: there it counts with a number, a reply or our name only."""
    if work.event.private or said.addressed or said.reply_to or said.text.lstrip()[:1] in _MARKS:
        return True
    return any(character.isdigit() for character in rest)


async def _pressed(work: Work, arguments: tuple[str, ...]) -> tuple[Minutes, Meeting]:
    """The version of a button. Refusal for one that is not there, not of this community, or not ours to know."""
    key = first_key(arguments)
    version = await minutes.find(work.tx, key) if key else None
    meeting = await meetings.get(work.tx, version.meeting_id) if version else None
    if version is None or meeting is None or meeting.community_id != (await work.community()).id:
        raise Refusal("dispatch.stale_button")
    if not await may_know(work, meeting):
        raise Refusal("dispatch.stale_button")
    return version, meeting


async def _show(work: Work, meeting: Meeting) -> None:
    """The newest version to who keeps them, the approved one to who was there, the published one to everybody."""
    subject = f"meeting_news:{meeting.id}"
    if await keeps(work, meeting):
        work.answer(version_card(meeting, await as_it_stands(work, meeting)), subject=subject)
        return
    if await concerned(work, meeting):
        shown = await _readable(work, meeting)
        work.answer(plain_card(meeting, shown), subject=subject)
        return
    published = [
        one for one in await minutes.versions(work.tx, meeting.id) if one.state is MinutesState.PUBLISHED
    ]
    public = parse_minutes(published[-1].body).public if published else None
    if public is None:
        raise Refusal("minutes.not_published", meeting=label("meeting", meeting))
    work.answer("\n".join(as_text(public)))


async def _readable(work: Work, meeting: Meeting) -> Minutes:
    """The newest version that was read back or approved."""
    found = [
        one for one in await minutes.versions(work.tx, meeting.id) if one.state is not MinutesState.DRAFT
    ]
    if not found:
        raise Refusal("minutes.not_shown", meeting=label("meeting", meeting))
    return found[-1]


async def _approve_latest(work: Work, meeting: Meeting) -> None:
    last = await minutes.latest(work.tx, meeting.id)
    if last is None:
        raise Refusal("minutes.none_yet", meeting=label("meeting", meeting))
    await approve(work, meeting, last)


async def _list(work: Work, meeting: Meeting) -> None:
    """Every version there ever was."""
    await require_keeper(work, meeting)
    found = await minutes.versions(work.tx, meeting.id)
    if not found:
        raise Refusal("minutes.none_yet", meeting=label("meeting", meeting))
    work.answer("\n".join(heading(meeting, one) for one in found))


async def _show_version(work: Work, meeting: Meeting, number: int) -> None:
    await require_keeper(work, meeting)
    found = [one for one in await minutes.versions(work.tx, meeting.id) if one.version == number]
    if not found:
        raise Refusal("minutes.no_version", meeting=label("meeting", meeting), version=number)
    work.answer(plain_card(meeting, found[0]))
