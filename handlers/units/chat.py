"""/bind: a chat group gets its role; and what becomes of groups that move or put us out."""

from handlers.events import GroupBound, GroupLost, GroupMoved
from handlers.permissions import holds
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import meaning, term, terms, text
from handlers.units.tree import find_or_found
from handlers.work import Work
from storage import groups
from storage.messages import Address, Inbound, Moved, Presence, Said
from storage.records import Group, GroupRole, Role, Unit

routes = Routes()


@routes.command("绑定", "bind", where=Where.ANYWHERE)
async def bind(work: Work, said: Said, rest: str) -> None:
    """`/bind 居民群 桂花里社区`, said in the group by an operator."""
    del said
    if work.event.private:
        raise Refusal("units.bind_in_the_group")
    role, unit_name = read_binding(rest)
    await _require_operator(work)
    unit = await find_or_found(work.tx, unit_name)
    group = await bind_group(work, work.event.chat, role, unit)
    work.answer(text("units.bound", role=term("group", group.role), unit=unit.name))


def read_binding(rest: str) -> tuple[GroupRole, str]:
    """Read 居民群 桂花里社区. Refusal with the words there are."""
    role_word, _, unit_name = rest.strip().partition(" ")
    role = meaning("group", role_word)
    if role is None or not unit_name.strip():
        raise Refusal("units.bind_usage", roles="、".join(terms("group").values()))
    return GroupRole(role), unit_name.strip()


async def bind_group(work: Work, address: Address, role: GroupRole, unit: Unit) -> Group:
    """Give the chat its role in a unit."""
    group = await groups.bind(work.tx, address, role, unit)
    await work.record(GroupBound(group.id, role))
    return group


async def _require_operator(work: Work) -> None:
    """Operators of the configuration, or somebody with that role wherever the group belongs."""
    if work.account in work.settings.operators:
        return
    if not (work.group and await holds(work, await work.unit(), Role.OPERATOR)):
        raise Refusal("units.bind_by_operator")


@routes.hears(Moved)
async def moved(work: Work, event: Inbound) -> bool:
    """The chat has another id: everything follows it."""
    assert isinstance(event.content, Moved)
    for group in await groups.move(work.tx, event.chat, event.content.chat):
        await work.record(GroupMoved(group.id))
    return True


@routes.hears(Presence)
async def let_in_or_put_out(work: Work, event: Inbound) -> bool:
    """Put out of a group: nothing more is said there. Let in again: what it was bound to counts again."""
    assert isinstance(event.content, Presence)
    if event.private:
        return False
    if event.content.state == "outside":
        for group in await groups.lose(work.tx, event.chat):
            await work.record(GroupLost(group.id))
        return True
    known = await groups.regain(work.tx, event.chat)
    for group in known:
        await work.record(GroupBound(group.id, group.role))
    if not known:
        work.say(event.chat, text("units.hello", roles="、".join(terms("group").values())))
    return True
