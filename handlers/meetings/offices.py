"""Who chairs a meeting and who records it."""

from dataclasses import dataclass

from handlers.meetings.particulars import Particulars
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import members
from storage.records import Member, Unit


@dataclass(frozen=True, slots=True)
class Officers:
    """Chair and recorder, None for who was not named, and what should be said about the choice."""

    chair_id: int | None
    recorder_id: int | None
    remarks: tuple[str, ...]


async def named_officers(
    work: Work, community: Unit, said: Particulars, before: Officers | None = None
) -> Officers:
    """The people named; those of `before` for who is not. One person in both offices is remarked upon, not refused."""
    chair = await person_named(work, community, said.chair) if said.chair else None
    recorder = await person_named(work, community, said.recorder) if said.recorder else None
    chair_id = chair.id if chair else before.chair_id if before else None
    recorder_id = recorder.id if recorder else before.recorder_id if before else None
    presides = chair_id or (work.member.id if work.member else None)
    both = recorder_id is not None and presides == recorder_id
    return Officers(chair_id, recorder_id, (text("meetings.chair_records"),) if both else ())


async def person_named(work: Work, community: Unit, written: str) -> Member:
    """The member of this name (李四, or 李四@3-2-502 where there are several). Refusal for none and for several."""
    name, _, door = written.partition("@")
    found = await members.named(work.tx, community.id, name.strip())
    if len(found) > 1 and door:
        found = [member for member in found if member.door == door.strip()]
    if not found:
        raise Refusal("meetings.no_such_person", name=name)
    if len(found) > 1:
        raise Refusal("meetings.several_of_name", count=len(found), name=name, door=found[0].door)
    return found[0]
