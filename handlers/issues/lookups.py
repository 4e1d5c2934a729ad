"""Which issue somebody means: by its number, by the card they reply to, or by a button."""

import re
from dataclasses import dataclass

from handlers.issues.telling import NOUNS, unit_of
from handlers.labels import Mention, issue_label, read_mention
from handlers.permissions import TRIAGE, holds, require
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.words import narrow
from handlers.work import Work
from storage import cards, issues, units
from storage.messages import Said
from storage.records import Issue, Role, Unit, UnitKind

WORKERS = (*TRIAGE, Role.STREET)
DOERS = (Role.PROPERTY, Role.RESPONDER, *WORKERS)
_LONGEST = 15
_ANOTHER_NUMBER = re.compile(r"\s*\d+\s*(?:号楼|号院|楼|栋|幢|单元|层|室|天|小时|元|万|个|台|盏|米)")
_LATEST = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """An issue and what was said of it."""

    issue: Issue
    rest: str


async def meant(work: Work, said: Said, rest: str, usage: str) -> Meant:
    """The issue a command names by its number, else the one whose card it replies to.

    Refusal with the sentence `usage` when it names none, and with the latest numbers when there is none such.
    """
    shown = await on_card(work, said.reply_to) if said.reply_to else None
    try:
        mention = _mention(rest, usage)
    except Refusal:
        if shown is None:
            raise
        return Meant(shown, rest.strip())
    return Meant(await numbered(work, mention), mention.rest)


async def meant_first(work: Work, said: Said, rest: str, usage: str) -> Meant:
    """The same for commands whose words may begin with a number of their own: the card replied to comes first."""
    shown = await on_card(work, said.reply_to) if said.reply_to else None
    if shown is None:
        return await meant(work, said, rest, usage)
    try:
        mention = _mention(rest, usage)
    except Refusal:
        return Meant(shown, rest.strip())
    return Meant(shown, mention.rest if mention.number == shown.number else rest.strip())


def _mention(rest: str, usage: str) -> Mention:
    """The number a command begins with; that of a building, of days or of money is none."""
    if _ANOTHER_NUMBER.match(narrow(rest)):
        raise Refusal(usage)
    return read_mention(rest, usage)


async def on_card(work: Work, message_id: str) -> Issue | None:
    """The issue that a message of ours in this chat is about."""
    posted = await cards.at_message(work.tx, work.event.chat, message_id)
    noun, _, key = posted.subject.partition(":") if posted else ("", "", "")
    return await issues.find(work.tx, int(key)) if noun in NOUNS else None


async def numbered(work: Work, mention: Mention) -> Issue:
    """The issue of this number here. Above communities: the one that was handed up."""
    here = await work.unit()
    community = await units.community_of(work.tx, here)
    if community is None:
        found = await issues.handed_up(work.tx, here, mention.number)
        if len(found) > 1:
            raise Refusal("issues.several_such", number=mention.number)
    else:
        one = await issues.numbered(work.tx, community.id, mention.number, mention.year)
        found = [one] if one else []
    if not found:
        raise await _no_such(work, community, mention.number)
    return found[0]


async def _no_such(work: Work, community: Unit | None, number: int) -> Refusal:
    own = await issues.of_reporter(work.tx, work.member.id, _LATEST) if work.member else []
    mine = [issue for issue in own if community and issue.community_id == community.id]
    known = mine or (await issues.newest(work.tx, community.id, _LATEST) if community else [])
    if not known:
        return Refusal("issues.none_yet", number=number)
    latest = "、".join(issue_label(issue) for issue in known)
    return Refusal("issues.no_such_of_yours" if mine else "issues.no_such", number=number, latest=latest)


async def pressed(work: Work, arguments: tuple[str, ...], length: int = 1) -> Issue:
    """The issue whose id a button carries first. Refusal for a button that was not ours to make."""
    issue = await from_key(work, arguments[0]) if len(arguments) == length else None
    if issue is None:
        raise Refusal("dispatch.stale_button")
    return issue


async def from_key(work: Work, written: str) -> Issue | None:
    """The issue with this id as a button writes it."""
    if not (written.isascii() and written.isdigit() and len(written) <= _LONGEST):
        return None
    return await issues.find(work.tx, int(written))


async def require_neighbour(work: Work, issue: Issue) -> None:
    """Refuse whoever is of another community."""
    if (await work.community()).id != issue.community_id:
        raise Refusal("issues.of_another_community")


async def require_worker(work: Work, issue: Issue) -> None:
    """Refuse whoever does not sort issues where this one lies; what a street has, the street's own people sort."""
    require_closed_room(work)
    unit = await unit_of(work, issue)
    await require(work, unit, *((Role.STREET,) if unit.kind is UnitKind.STREET else WORKERS))


async def require_doer(work: Work, issue: Issue) -> None:
    """Refuse whoever neither sorts issues nor carries them out."""
    require_closed_room(work)
    unit = await unit_of(work, issue)
    community = await units.get(work.tx, issue.community_id)
    if not (unit.kind is UnitKind.STREET and await holds(work, unit, Role.STREET)):
        await require(work, community if unit.kind is UnitKind.STREET else unit, *DOERS)


async def for_worker(work: Work, said: Said, rest: str, usage: str) -> Meant:
    """What a grid worker's command means; nobody else may say it."""
    found = await meant(work, said, rest, usage)
    await require_worker(work, found.issue)
    return found


async def for_worker_first(work: Work, said: Said, rest: str, usage: str) -> Meant:
    """The same for commands whose words may begin with a number of their own."""
    found = await meant_first(work, said, rest, usage)
    await require_worker(work, found.issue)
    return found


async def pressed_by_worker(work: Work, arguments: tuple[str, ...], length: int = 1) -> Issue:
    """What a grid worker's button means; nobody else may press it."""
    issue = await pressed(work, arguments, length)
    await require_worker(work, issue)
    return issue
