"""公示: the desk's words and buttons."""

from handlers.labels import Mention, label, read_mention
from handlers.notices import actions, find
from handlers.notices.rules import STATUTORY_DAYS, names_topic, read_days
from handlers.notices.views import draft_card, listed, public_card, until
from handlers.permissions import DESK, holds
from handlers.refusals import Refusal
from handlers.rooms import in_public, require_closed_room
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import notices, topics
from storage.messages import Said
from storage.records import Notice, NoticeState

routes = Routes()
_LISTED = 10


@routes.command("公示", "notice", where=Where.STAFF | Where.PRIVATE)
async def say_notice(work: Work, said: Said, rest: str) -> None:
    """`公示` lists, `公示 4` posts a draft or shows what is posted, `公示 议7 文字` writes a draft of one's own."""
    if not rest.strip() and (draft_id := await find.replied_to(work, said, "draft")):
        await _post(work, await notices.get(work.tx, draft_id), None)
        return
    if not rest.strip():
        await _list(work)
        return
    mention = read_mention(rest, "notices.usage")
    if names_topic(rest):
        await _write_own(work, mention)
        return
    staff = await holds(work, await work.community(), *DESK)
    found = await find.numbered(work, mention.number, find.ALL if staff else find.PUBLISHED)
    if staff and found.state is NoticeState.DRAFT:
        await _post(work, found, read_days(mention.rest))
        return
    work.answer(await public_card(work, found))


@routes.command("改公示", where=Where.STAFF | Where.PRIVATE)
async def say_rewrite(work: Work, said: Said, rest: str) -> None:
    """`改公示 4 …`, or `改公示 …` in reply to the draft."""
    require_closed_room(work)
    if draft_id := await find.replied_to(work, said, "draft"):
        draft, words = await notices.get(work.tx, draft_id), rest.strip()
    else:
        mention = read_mention(rest, "notices.edit_usage")
        draft, words = await find.numbered(work, mention.number, find.ALL), mention.rest
    if not words:
        raise Refusal("notices.edit_usage")
    await actions.rewrite(work, draft, words)
    work.answer(await draft_card(work, await notices.get(work.tx, draft.id)), subject=f"draft:{draft.id}")


@routes.command("撤回公示", where=Where.STAFF | Where.PRIVATE)
async def say_withdraw(work: Work, said: Said, rest: str) -> None:
    """`撤回公示 4 理由`."""
    del said
    mention = read_mention(rest, "notices.withdraw_usage")
    if not mention.rest:
        raise Refusal("notices.withdraw_usage")
    notice = await find.numbered(work, mention.number, find.ALL)
    fresh = await actions.withdraw(work, notice, mention.rest)
    work.answer(text("notices.withdrawn_answer", label=label("notice", notice), new=label("notice", fresh)))


@routes.press("notice.post")
async def press_post(work: Work, arguments: tuple[str, ...]) -> None:
    """公示."""
    await _post(work, await find.pressed(work, arguments), None)


@routes.press("notice.edit")
async def press_edit(work: Work, arguments: tuple[str, ...]) -> None:
    """改文字: says how."""
    draft = await find.pressed(work, arguments)
    await actions.hold(work, draft)
    work.answer(text("notices.how_to_edit", number=draft.number))


@routes.press("notice.hold")
async def press_hold(work: Work, arguments: tuple[str, ...]) -> None:
    """先不发."""
    draft = await find.pressed(work, arguments)
    await actions.hold(work, draft)
    work.answer(text("notices.held", number=draft.number))


async def _post(work: Work, draft: Notice, days: int | None) -> None:
    posted, places = await actions.post(work, draft, days)
    name = label("notice", posted)
    work.answer(text("notices.posted", label=name, count=len(places), until=until(work, posted)))


async def _list(work: Work) -> None:
    community = await work.community()
    staff = not in_public(work) and await holds(work, community, *DESK)
    states = (NoticeState.DRAFT, NoticeState.POSTED) if staff else (NoticeState.POSTED,)
    work.answer(listed(work, await notices.latest(work.tx, community.id, states, _LISTED)))


async def _write_own(work: Work, mention: Mention) -> None:
    require_closed_room(work)
    community = await work.community()
    topic = await topics.numbered(work.tx, community.id, mention.number)
    if topic is None:
        raise Refusal("notices.topic_not_found", number=mention.number)
    if not mention.rest:
        raise Refusal("notices.usage")
    draft = await actions.write_own(work, topic, mention.rest, STATUTORY_DAYS)
    work.answer(await draft_card(work, draft), subject=f"draft:{draft.id}")
