"""解绑: the office looses somebody from all accounts; the personal code that was used is good no more."""

from handlers.codes import LENGTH, code_from
from handlers.events import AccountsReleased
from handlers.permissions import DESK, require
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import members
from storage.messages import Address, Said
from storage.records import Member

routes = Routes()


@routes.command("解绑", "unbind", where=Where.PRIVATE)
async def unbind(work: Work, said: Said, rest: str) -> None:
    """`解绑 张三`, `解绑 张三 3-2-201`: a lost telephone, or a code in wrong hands. The answer holds the new code."""
    del said
    if not work.event.private:
        raise Refusal("members.unbind_alone")
    community = await work.community()
    await require(work, community, *DESK)
    found = await _meant(work, community.id, rest)
    ways = await members.ways_to(work.tx, found.id)
    if not ways:
        raise Refusal("members.nothing_bound", name=found.name)
    code = await _new_code(work)
    await members.release(work.tx, found.id)
    await members.change(work.tx, found.id, code=code)
    await work.record(AccountsReleased(found.id, len(ways)))
    for way in ways:
        if way.private_chat:
            work.say(Address(way.platform, way.private_chat), text("members.released"))
    work.answer(text("members.unbound", name=found.name, count=len(ways), code=code))


async def _meant(work: Work, community_id: int, written: str) -> Member:
    """Who is named, by the door where several are called so. Somebody met in a chat has no code to come back with."""
    name, _, door = written.strip().partition(" ")
    if not name:
        raise Refusal("members.unbind_usage")
    named = [one for one in await members.named(work.tx, community_id, name) if one.code]
    found = [one for one in named if not door.strip() or one.door == door.strip()]
    if not found:
        raise Refusal("members.unbind_nobody", name=written.strip())
    if len(found) > 1:
        raise Refusal("members.unbind_several", name=name, count=len(found), door=found[0].door)
    return found[0]


async def _new_code(work: Work) -> str:
    while True:
        code = code_from(work.house.random(LENGTH))
        if not await members.by_code(work.tx, code):
            return code
