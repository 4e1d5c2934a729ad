"""What is said and pressed about series and searches."""

import re
from typing import Final

from handlers.meetings.series.reading import read_series, read_stop, read_urgent
from handlers.meetings.series.search_reading import read_search
from handlers.meetings.series.searching import (
    cancel_search,
    choose,
    end_search,
    open_search,
    show_search,
)
from handlers.meetings.series.slot_answers import heard_as_answer, say_of_slots
from handlers.meetings.series.starting import list_series, start_series, stop_series
from handlers.meetings.series.urgent import call_at_once
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.words import narrow
from handlers.work import Work
from storage import searches
from storage.messages import Due, Inbound, Said
from storage.records import Search, SearchState, SlotAnswer

routes = Routes()
_MARKS: Final = "/#＃"
_ONE: Final = re.compile(
    r"\s*(?P<number>\d{1,4})\s*(?P<what>取消|不找了|定\s*(?:时间)?(?P<slot>\d{1,2}))?\s*[。.]?\Z"
)
_KEY: Final = 10


@routes.command("定期会议", "series")
async def series(work: Work, said: Said, rest: str) -> None:
    """`定期会议 每周一 9:00 两委会 议事厅 遇节假日顺延 主题最多2个`; alone it lists them."""
    if not rest:
        await list_series(work)
    elif _meant(work, said, rest):
        await start_series(work, read_series(rest, work.now, work.settings.zone))


@routes.command("停开定期")
async def stop(work: Work, said: Said, rest: str) -> None:
    """`停开定期 3 理由`."""
    if _meant(work, said, rest):
        await stop_series(work, *read_stop(rest))


@routes.command("急事快议")
async def urgent(work: Work, said: Said, rest: str) -> None:
    """`急事快议 议7 30分钟后 议事厅 理由 电梯井进水`."""
    if _meant(work, said, rest):
        await call_at_once(work, read_urgent(rest, work.now, work.settings.zone))


@routes.command("找时间")
async def search(work: Work, said: Said, rest: str) -> None:
    """`找时间 两委会 11月28日19:00 11月29日9:00 截止 11月25日`; `找时间 2` shows one, `找时间 2 定1` settles it."""
    one = _ONE.match(narrow(rest))
    if one is None:
        if _meant(work, said, rest):
            await open_search(work, read_search(rest, work.now, work.settings.zone))
        return
    found = await _numbered(work, int(one["number"]))
    if one["slot"]:
        await choose(work, found, int(one["slot"]))
    elif one["what"]:
        await cancel_search(work, found)
    else:
        await show_search(work, found)


@routes.press("search.say")
async def press_say(work: Work, arguments: tuple[str, ...]) -> None:
    """One answer to one time."""
    found = await _pressed(work, arguments)
    slots = {slot.position for slot in await searches.slots_of(work.tx, found.id)}
    position, answer = _number(arguments[1:2]), "".join(arguments[2:3])
    if position not in slots or answer not in set(SlotAnswer):
        raise Refusal("dispatch.stale_button")
    await say_of_slots(work, found, {position: SlotAnswer(answer)})


@routes.press("search.choose")
async def press_choose(work: Work, arguments: tuple[str, ...]) -> None:
    """This time it is."""
    found = await _pressed(work, arguments)
    await choose(work, found, _number(arguments[1:2]))


@routes.hears(Said)
async def answer_in_words(work: Work, event: Inbound) -> bool:
    """1可以 2不行."""
    return isinstance(event.content, Said) and await heard_as_answer(work, event.content)


@routes.due("search.end")
async def end(work: Work, due: Due) -> None:
    """The time to answer is over."""
    found = await searches.get(work.tx, due.subject)
    if found.state is SearchState.OPEN and found.ends_at is not None:
        await end_search(work, found)


def _meant(work: Work, said: Said, rest: str) -> bool:
    """In a group these words also begin plain talk: there they count with a number or a day, or said to us."""
    if work.event.private or said.addressed or said.reply_to or said.text.lstrip()[:1] in _MARKS:
        return True
    return "每" in rest or any(character.isdigit() for character in rest)


async def _numbered(work: Work, number: int) -> Search:
    community = await work.community()
    found = await searches.numbered(work.tx, community.id, number)
    if found is None:
        raise Refusal("search.no_such", number=number)
    return found


async def _pressed(work: Work, arguments: tuple[str, ...]) -> Search:
    """The search a button is about. Refusal for a button that is not of this community, or none of ours."""
    found = await searches.find(work.tx, _number(arguments[:1]))
    if found is None or (await work.community()).id != found.community_id:
        raise Refusal("dispatch.stale_button")
    return found


def _number(arguments: tuple[str, ...]) -> int:
    """A number a button carries; 0, which nothing has, for anything else."""
    written = "".join(arguments)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < _KEY else 0
