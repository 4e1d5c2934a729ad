"""What is said: 记 by the recorder; motions, amendments and reservations also by whoever makes them."""

import re

from handlers.labels import label
from handlers.meetings.room.lookup import one_there, require_host, running
from handlers.meetings.room.meant import meant
from handlers.meetings.room.points import current, names_point, point_meant
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import term, text
from handlers.work import Work
from storage import attendances, speeches
from storage.messages import Said
from storage.records import Meeting, Speech, SpeechKind

routes = Routes()
LIMIT = 500
_NAMED = re.compile(r"\s*([^\s:：，,。]{1,12})\s*[:：]\s*", re.DOTALL)


@routes.command("记", "note")
async def note(work: Work, said: Said, rest: str) -> None:
    """`记 张三: 路灯太暗`, by the recorder."""
    if meant(work, said, rest):
        await _note(work, rest, SpeechKind.REMARK)


@routes.command("动议", "motion")
async def move(work: Work, said: Said, rest: str) -> None:
    """`动议 张三: 先修后门`, or `动议 先修后门` by whoever is there."""
    if meant(work, said, rest):
        await _note(work, rest, SpeechKind.MOTION)


@routes.command("修正案", "amendment")
async def amend(work: Work, said: Said, rest: str) -> None:
    """`修正案 李四: 先修后门，两周内`."""
    if meant(work, said, rest):
        await _note(work, rest, SpeechKind.AMENDMENT)


@routes.command("保留意见", "dissent")
async def dissent(work: Work, said: Said, rest: str) -> None:
    """`保留意见 王五: 费用没有算清`."""
    if meant(work, said, rest):
        await _note(work, rest, SpeechKind.DISSENT)


async def _note(work: Work, rest: str, kind: SpeechKind) -> None:
    meeting, left = await running(work, rest)
    named_point = names_point(left)
    point = await current(work, meeting)
    if named_point:
        point, left = await point_meant(work, meeting, left)
    match = _NAMED.match(left)
    words = left[match.end() :].strip() if match else left.strip()
    if not words or (match is None and kind is SpeechKind.REMARK):
        raise Refusal("room.note_usage", word=_WORDS[kind])
    if len(words) > LIMIT:
        raise Refusal("room.note_too_long", limit=LIMIT)
    if match:
        await require_host(work, meeting)
        named = await one_there(work, meeting, match[1])
        speaker, member_id = match[1].partition("@")[0], named.id if named else None
    else:
        speaker, member_id = await _oneself(work, meeting)
    position = point.row.position if point else 0
    await speeches.add(work.tx, Speech(0, meeting.id, position, kind, speaker, member_id, words, work.now))
    work.answer(
        text(
            "room.noted",
            item=point.label if point else label("meeting", meeting),
            kind=term("speech_kind", kind),
            name=speaker,
            known="" if member_id else text("room.not_on_roll", name=speaker),
        )
    )


async def _oneself(work: Work, meeting: Meeting) -> tuple[str, int]:
    member = await work.someone()
    there = await attendances.of_member(work.tx, meeting.id, member.id)
    if there is None or there.left_at:
        raise Refusal("room.check_in_first", meeting=label("meeting", meeting))
    return member.name, member.id


_WORDS = {
    SpeechKind.REMARK: "记",
    SpeechKind.MOTION: "动议",
    SpeechKind.AMENDMENT: "修正案",
    SpeechKind.DISSENT: "保留意见",
}
