"""提异议 and 答复异议: words and buttons."""

from handlers.audience import private_address
from handlers.labels import read_mention
from handlers.notices import find, objections
from handlers.notices.rules import read_answer
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import notices
from storage.messages import Said, Urgency

routes = Routes()


@routes.press("notice.object")
async def press_object(work: Work, arguments: tuple[str, ...]) -> None:
    """The button says how to object so that only staff read it."""
    notice = await find.pressed(work, arguments)
    said = text("notices.how_to_object", number=notice.number)
    if find.has_window(work) or work.event.private:
        work.answer(said)
    elif work.member and (address := await private_address(work, work.member.id)):
        work.say(address, said, urgency=Urgency.ANSWER)
    else:
        work.answer(said)


@routes.command("提异议", "object", where=Where.ANYWHERE)
async def say_object(work: Work, said: Said, rest: str) -> None:
    """`提异议 4 …` in private. In a group the words are not taken, and not repeated."""
    if not work.event.private:
        await _send_into_private(work, rest)
        return
    if notice_id := await find.replied_to(work, said, "notice"):
        notice, words = await notices.get(work.tx, notice_id), rest.strip()
    else:
        mention = read_mention(rest, "notices.object_usage")
        notice = await find.numbered(work, mention.number, find.PUBLISHED)
        words = mention.rest
    if not words:
        raise Refusal("notices.object_usage")
    work.answer(await objections.object_to(work, notice, words))


@routes.command("答复异议", where=Where.STAFF | Where.PRIVATE)
async def say_answer(work: Work, said: Said, rest: str) -> None:
    """`答复异议 3 不成立 …`, or `答复异议 不成立 …` in reply to the objection's card."""
    require_closed_room(work)
    replied = await find.replied_to(work, said, "objection")
    if replied and rest.strip()[:1] in ("成", "不"):
        made, written = await find.objection(work, replied), rest
    else:
        mention = read_mention(rest, "notices.answer_usage")
        made, written = await find.objection(work, mention.number), mention.rest
    work.answer(await objections.answer(work, made, read_answer(written)))


async def _send_into_private(work: Work, rest: str) -> None:
    address = await private_address(work, work.member.id) if work.member else None
    if address is None:
        work.answer(text("notices.not_in_public"))
        return
    try:
        number = str(read_mention(rest, "notices.object_usage").number)
    except Refusal:
        number = ""
    work.say(address, text("notices.not_in_public_private", number=number), urgency=Urgency.ANSWER)
