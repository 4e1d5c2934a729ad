"""The words of the office: 出文, 文书, 更正文书, 公开文书, 作废文书."""

from handlers.labels import read_mention
from handlers.office.asking import read_form, read_wish
from handlers.office.finding import numbered, pressed, require_holding
from handlers.office.making import Maker
from handlers.office.publishing import may_be_public, publish, require_desk, withdraw
from handlers.office.views import listed, made_card, preview_card, shown_card
from handlers.permissions import DESK, require
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import papers
from storage.messages import Said
from storage.records import Unit

routes = Routes()
_LISTED = 10


@routes.command("出文", where=Where.STAFF | Where.PRIVATE)
async def say_make(work: Work, said: Said, rest: str) -> None:
    """`出文 会议通知 会3`, `出文 决议书 议7 监督人：秦岚；资金来源：公益金`, with 图片 as a picture."""
    del said
    community = await _at_desk(work)
    wish = read_wish(rest.strip())
    stored = await Maker(work, community).make(wish)
    work.answer(await made_card(work, stored, wish.form))


@routes.command("文书", where=Where.STAFF | Where.PRIVATE)
async def say_show(work: Work, said: Said, rest: str) -> None:
    """`文书` lists, `文书 12` and `文书 12 图片` show one again."""
    del said
    community = await _at_desk(work)
    if not rest.strip():
        work.answer(listed(work, await papers.latest(work.tx, community.id, _LISTED)))
        return
    mention = read_mention(rest, "office.show_usage")
    form, _ = read_form(mention.rest)
    stored = await numbered(work, community, mention.number)
    work.answer(await shown_card(work, stored, form))


@routes.command("更正文书", where=Where.STAFF | Where.PRIVATE)
async def say_correct(work: Work, said: Said, rest: str) -> None:
    """`更正文书 12 地点写错了 地点：二楼`: the next version of the same number."""
    del said
    community = await _at_desk(work)
    mention = read_mention(rest, "office.correct_usage_number")
    before = await numbered(work, community, mention.number)
    await require_holding(work, before)
    form, words = read_form(mention.rest)
    stored = await Maker(work, community).correct(before, words)
    work.answer(await made_card(work, stored, form))


@routes.command("公开文书", where=Where.STAFF | Where.PRIVATE)
async def say_publish(work: Work, said: Said, rest: str) -> None:
    """`公开文书 12`: shows what everybody would read; nothing is public before a press."""
    del said
    community = await _at_desk(work)
    mention = read_mention(rest, "office.publish_usage")
    stored = await numbered(work, community, mention.number)
    places = await may_be_public(work, stored)
    work.answer(preview_card(stored, len(places)))


@routes.command("作废文书", where=Where.STAFF | Where.PRIVATE)
async def say_withdraw(work: Work, said: Said, rest: str) -> None:
    """`作废文书 12 理由`."""
    del said
    community = await _at_desk(work)
    mention = read_mention(rest, "office.withdraw_usage")
    if not mention.rest:
        raise Refusal("office.withdraw_usage")
    stored = await numbered(work, community, mention.number)
    await withdraw(work, stored, mention.rest)
    work.answer(text("office.you_withdrew", number=stored.number))


@routes.press("office.publish")
async def press_publish(work: Work, arguments: tuple[str, ...]) -> None:
    """公开."""
    stored = await pressed(work, arguments)
    places = await publish(work, stored)
    key = "office.published" if places else "office.published_nowhere"
    work.answer(text(key, number=stored.number, count=len(places)))


@routes.press("office.keep")
async def press_keep(work: Work, arguments: tuple[str, ...]) -> None:
    """不公开."""
    stored = await pressed(work, arguments)
    await require_desk(work, stored)
    work.answer(text("office.kept", number=stored.number))


async def _at_desk(work: Work) -> Unit:
    """The community whose papers are meant, asked for by somebody of its office where not everybody reads along."""
    require_closed_room(work)
    community = await work.community()
    await require(work, community, *DESK)
    return community
