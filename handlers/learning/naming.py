"""别名: what people of a community call its places."""

import re

from handlers.events import PlaceNamed, PlaceUnnamed
from handlers.intake.places import find_place
from handlers.intake.plain import plain
from handlers.permissions import TRIAGE, require
from handlers.refusals import Refusal
from handlers.rooms import require_closed_room
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import place_names
from storage.messages import Said
from storage.records import PlaceName, Unit

routes = Routes()
_MEANS = re.compile(r"\s*(?:[=＝→]|就是|是指)\s*|\s+")
_SHORTEST, _LONGEST, _MOST = 2, 20, 300
_NUMBERED = re.compile(r"[\d一二三四五六七八九十#\-]+(?:号楼|栋|幢|座|单元|号|#)?")


@routes.command("别名", "alias")
async def name(work: Work, said: Said, rest: str) -> None:
    """`别名 老煤场 3号楼东侧`; without words, the names there are."""
    del said
    community = await _community(work)
    if not rest.strip():
        work.answer(await _listed(work, community))
        return
    new, meant = _read(rest)
    known = await place_names.of_community(work.tx, community.id)
    if len(known) >= _MOST and all(one.name != new for one in known):
        raise Refusal("understanding.names_full", count=_MOST)
    giver = await work.someone()
    await place_names.give(work.tx, PlaceName(community.id, new, meant, giver.id, work.now))
    await work.record(PlaceNamed(community.id, new, meant))
    work.answer(text("understanding.named", name=new, meant=meant))


@routes.command("取消别名", "unalias")
async def unname(work: Work, said: Said, rest: str) -> None:
    """`取消别名 老煤场`."""
    del said
    community = await _community(work)
    if not rest.strip():
        raise Refusal("understanding.unname_usage")
    gone = plain(rest.strip())
    if not await place_names.drop(work.tx, community.id, gone):
        raise Refusal("understanding.no_such_name", name=rest.strip())
    await work.record(PlaceUnnamed(community.id, gone))
    work.answer(text("understanding.unnamed", name=gone))


async def _community(work: Work) -> Unit:
    """The community whose names these are; whoever sorts anywhere in it may name its places."""
    community = await work.community()
    require_closed_room(work)
    await require(work, await work.unit(), *TRIAGE)
    return community


async def _listed(work: Work, community: Unit) -> str:
    known = await place_names.of_community(work.tx, community.id)
    if not known:
        return text("understanding.no_names")
    lines = [text("understanding.name_line", name=one.name, meant=one.meant) for one in known]
    return "\n".join([text("understanding.names", count=len(lines)), *lines])


def _read(rest: str) -> tuple[str, str]:
    """A name and what it means. Refusal for a name that is one already, or a meaning that is no place."""
    parts = _MEANS.split(rest.strip(), maxsplit=1)
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004 - a name and its meaning
        raise Refusal("understanding.name_usage")
    new, meant = plain(parts[0]), parts[1].strip()
    if not _SHORTEST <= len(new) <= _LONGEST or len(meant) > _LONGEST:
        raise Refusal("understanding.name_length", least=_SHORTEST, most=_LONGEST)
    if _NUMBERED.fullmatch(new) or (find_place(new).building and find_place(new).name == new):
        raise Refusal("understanding.name_taken", name=parts[0])
    if not find_place(plain(meant)).name:
        raise Refusal("understanding.meaning_unknown", meant=meant)
    return new, meant
