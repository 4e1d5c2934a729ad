"""What is said and pressed about meetings."""

from handlers.labels import label
from handlers.meetings.calling import call_meeting
from handlers.meetings.calls import read_call
from handlers.meetings.changing import cancel_meeting, move_meeting
from handlers.meetings.deciding import enter_result, open_item
from handlers.meetings.heard import meant
from handlers.meetings.kinds import kind_of
from handlers.meetings.lookup import (
    may_call,
    may_know,
    meeting_meant,
    numbered,
    pressed,
    replied_to,
)
from handlers.meetings.reading import (
    names_meeting,
    read_move,
    read_number,
    read_result,
    read_topic,
)
from handlers.meetings.replying import come, come_online, give_reason, only_one, take_leave
from handlers.meetings.views import (
    draft_text,
    leave_lines,
    listed,
    meeting_card,
    replies_line,
    summons_card,
)
from handlers.permissions import DESK, holds
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import cards, meetings, topics, waits
from storage.messages import Inbound, Said
from storage.records import Meeting

routes = Routes()


@routes.command("开会", "meet")
async def call(work: Work, said: Said, rest: str) -> None:
    """`开会 党员群众代表会 11月28日19:00 议事厅 议题 7,9`."""
    if meant(work, said, rest):
        await call_meeting(work, read_call(rest, work.now, work.settings.zone))


@routes.command("改期", "move")
async def move(work: Work, said: Said, rest: str) -> None:
    """`改期 会2 11月29日19:00 [地点]`, or as a reply to the card."""
    if meant(work, said, rest):
        meeting, left = await meeting_meant(work, said, rest, "meetings.move_usage")
        await move_meeting(work, meeting, read_move(left, work.now, work.settings.zone))


@routes.command("取消", "cancel")
async def cancel(work: Work, said: Said, rest: str) -> None:
    """`取消 会2 理由`, or as a reply to the card."""
    if meant(work, said, rest):
        meeting, reason = await meeting_meant(work, said, rest, "meetings.cancel_usage")
        await cancel_meeting(work, meeting, reason.strip())


@routes.command("结果", "outcome")
async def result(work: Work, said: Said, rest: str) -> None:
    """`结果 会2 议7 通过 到会34 赞成21 反对9 弃权4 [说明]`, or as a reply to the card."""
    if not meant(work, said, rest):
        return
    meeting, left = await meeting_meant(work, said, rest, "meetings.result_usage")
    topic_number, left = read_topic(left)
    item = await open_item(work, meeting, topic_number)
    await enter_result(work, item, read_result(left, work.now, work.settings.zone))


@routes.command("参加", "attend")
async def attend(work: Work, said: Said, rest: str) -> None:
    """`参加 会2`; without a number the one meeting there is, or that of the card replied to."""
    if meant(work, said, rest) or not rest:
        meeting, _ = await _theirs(work, said, rest, "参加")
        await come(work, meeting)


@routes.command("线上", "online")
async def online(work: Work, said: Said, rest: str) -> None:
    """`线上 会2`; without a number the one meeting there is, or that of the card replied to."""
    if meant(work, said, rest) or not rest:
        meeting, _ = await _theirs(work, said, rest, "线上")
        await come_online(work, meeting)


@routes.command("请假", "leave")
async def leave(work: Work, said: Said, rest: str) -> None:
    """`请假 会2 生病`; number and reason may be left out."""
    if meant(work, said, rest) or not rest:
        meeting, reason = await _theirs(work, said, rest, "请假")
        await take_leave(work, meeting, reason)


@routes.command("会议", "meetings")
async def show(work: Work, said: Said, rest: str) -> None:
    """`会议` lists what is coming; `会议 2` shows one."""
    if not rest:
        await _list(work)
    elif meant(work, said, rest):
        number, _ = read_number(rest, "meetings.show_usage")
        await _show(work, await numbered(work, number))


@routes.press("meeting.coming")
async def press_coming(work: Work, arguments: tuple[str, ...]) -> None:
    """参加."""
    await come(work, await pressed(work, arguments))


@routes.press("meeting.online")
async def press_online(work: Work, arguments: tuple[str, ...]) -> None:
    """线上."""
    await come_online(work, await pressed(work, arguments))


@routes.press("meeting.leave")
async def press_leave(work: Work, arguments: tuple[str, ...]) -> None:
    """请假."""
    await take_leave(work, await pressed(work, arguments), "")


@routes.press("meeting.reason")
async def press_reason(work: Work, arguments: tuple[str, ...]) -> None:
    """One of the reasons offered."""
    await give_reason(work, await pressed(work, arguments), arguments[1] if len(arguments) > 1 else "")


@routes.hears(Said)
async def reason_in_words(work: Work, event: Inbound) -> bool:
    """A reply to the question why somebody is on leave is the reason."""
    said = event.content
    if not isinstance(said, Said) or not said.reply_to or not event.private or not said.text.strip():
        return False
    card = await cards.at_message(work.tx, event.chat, said.reply_to)
    meeting = await replied_to(work, said)
    if card is None or meeting is None or not card.subject.startswith("leave:"):
        return False
    await take_leave(work, meeting, said.text)
    return True


async def _theirs(work: Work, said: Said, rest: str, word: str) -> tuple[Meeting, str]:
    if names_meeting(rest):
        return await meeting_meant(work, said, rest, "meetings.reply_usage")
    meeting = await replied_to(work, said)
    if meeting and not await may_know(work, meeting):
        raise Refusal("dispatch.stale_button")
    return meeting or await only_one(work, word), rest


async def _list(work: Work) -> None:
    community = await work.community()
    called = [one for one in await meetings.called(work.tx, community.id) if await may_know(work, one)]
    lines = [await listed(work, meeting) for meeting in called]
    lines = [text("meetings.coming_up"), *lines] if lines else [text("meetings.none_coming")]
    if await holds(work, community, *DESK):
        lines += await _uncalled(work, community.id)
    work.answer("\n".join(lines))


async def _uncalled(work: Work, community_id: int) -> list[str]:
    """What waits for a meeting that nobody has called, for the office; what is private only where none listens."""
    found = []
    for wait in await waits.uncalled(work.tx, community_id):
        if wait.private and not work.event.private:
            continue
        topic = await topics.get(work.tx, wait.topic_id)
        found.append(f"{label('topic', topic)}（{kind_of(wait.body).name}）")
    return [text("meetings.uncalled", topics="、".join(found))] if found else []


async def _show(work: Work, meeting: Meeting) -> None:
    card = await meeting_card(work, meeting.id)
    assert card is not None
    community = await work.community()
    if work.event.private and await may_call(work, community, kind_of(meeting.body)):
        replies = await replies_line(work, meeting)
        lines = [await draft_text(work, meeting), replies, *await leave_lines(work, meeting)]
        work.answer("\n".join(line for line in lines if line))
    elif (
        work.event.private and work.member and await meetings.invitation(work.tx, meeting.id, work.member.id)
    ):
        summons = await summons_card(work, meeting.id)
        assert summons is not None
        work.answer(summons)
    else:
        work.answer(card)
