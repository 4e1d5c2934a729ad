"""/start: binding an account to a member of the roll, or to the building whose code was scanned."""

import re

from handlers.codes import normal
from handlers.events import AccountBound
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import members, units
from storage.messages import Presence, Said
from storage.records import Holding, Identity, Member, Role, Unit

routes = Routes()
_PLACE = re.compile(r"unit-(\d{1,9})", re.IGNORECASE)
"""What the code of a unit says after /start (`yishi groups places` lists them)."""


@routes.command("绑定码", "start", where=Where.PRIVATE)
async def start(work: Work, said: Said, rest: str) -> None:
    """`/start CODE` binds this account; without a code it says what we are."""
    del said
    if (place := _PLACE.fullmatch(rest.strip())) is not None:
        await move_in(work, int(place[1]))
        return
    code = normal(rest)
    if not code and work.member is not None and work.event.private:
        await bind(work, work.member)
        work.answer(text("members.here", name=work.member.name))
        return
    if not code:
        work.answer(text("members.welcome", community=work.settings.community))
        return
    found = await members.by_code(work.tx, code)
    if found is None:
        raise Refusal("members.no_such_code")
    await bind(work, found)
    work.answer(text("members.bound", name=found.name))


def place_code(unit: Unit) -> str:
    """What the code on the wall says after /start (an official account gets it as the scene of the QR code)."""
    return f"unit-{unit.id}"


async def move_in(work: Work, unit_id: int) -> None:
    """The code on the wall of a building: whoever scans it may report there. On a roll nobody stands by that."""
    unit = await units.find(work.tx, unit_id)
    community = await units.community_of(work.tx, unit) if unit else None
    sender = work.event.sender
    assert sender is not None
    if unit is None or community is None:
        raise Refusal("members.no_such_place")
    if work.member is not None:
        work.answer(text("members.known_here", name=work.member.name))
        return
    met = await members.add(work.tx, members.newcomer(community.id, unit.id, sender.name, work.now))
    await members.hold(work.tx, Holding(met.id, Role.RESIDENT, unit.id))
    chat = work.event.chat.chat if work.event.private else ""
    await members.know(work.tx, Identity(work.event.platform, sender.account, met.id, sender.name, chat))
    work.member = met
    await work.record(AccountBound(met.id, work.event.platform, sender.account))
    work.answer(text("members.moved_in", unit=unit.name))


async def bind(work: Work, found: Member) -> None:
    """This account is `found`'s from now on, and so is what it raised before."""
    sender = work.event.sender
    assert sender is not None
    met = work.member
    if met and met.id != found.id and met.code:
        raise Refusal("members.bound_to_another")
    if met and met.id != found.id:
        await members.absorb(work.tx, met, found)
    chat = work.event.chat.chat if work.event.private else ""
    await members.know(work.tx, Identity(work.event.platform, sender.account, found.id, sender.name, chat))
    work.member = found
    await work.record(AccountBound(found.id, work.event.platform, sender.account))


@routes.hears(Presence)
async def came_or_went(work: Work, event: object) -> bool:
    """A person has opened the private chat, or closed it."""
    del event
    content, sender = work.event.content, work.event.sender
    if not work.event.private or sender is None or work.member is None or not isinstance(content, Presence):
        return False
    if content.state == "outside":
        await members.forget_private_chat(work.tx, work.event.chat)
        return True
    chat = work.event.chat.chat
    await members.know(
        work.tx, Identity(work.event.platform, sender.account, work.member.id, sender.name, chat)
    )
    return True
