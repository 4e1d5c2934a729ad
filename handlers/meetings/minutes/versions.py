"""Versions: what is shown is kept word for word, and every change of facts or words makes the next one."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.events import MinutesMade
from handlers.meetings.minutes.assembling import Stamp, draft_envelope, facts_of, own_gaps
from handlers.meetings.minutes.gathered import Duty, Gathered
from handlers.meetings.minutes.gathering import gather
from handlers.moments import day
from handlers.papers.kept_minutes import Change, KeptMinutes, Promised, dump_minutes, parse_minutes
from handlers.papers.minutes import draft_of_minutes, minutes_gaps
from handlers.papers.model import Edition, Paper
from handlers.texts import text
from handlers.work import Work
from storage import minutes
from storage.records import Meeting, Minutes, MinutesState

SETTLED = (MinutesState.APPROVED, MinutesState.PUBLISHED)


async def as_it_stands(work: Work, meeting: Meeting) -> Minutes:
    """The newest version; another one first, when something was recorded that a draft does not say yet."""
    last = await minutes.latest(work.tx, meeting.id)
    if last and (last.state in SETTLED or await is_current(work, meeting, last)):
        return last
    changes = parse_minutes(last.body).changes if last else ()
    return await make(work, meeting, changes, "facts" if last else "first")


async def is_current(work: Work, meeting: Meeting, version: Minutes) -> bool:
    """Whether the facts still give what this version says."""
    kept = parse_minutes(version.body)
    found = await gather(work, meeting, kept.changes, version.made_by)
    stamp = Stamp(version.version, version.made_at)
    return _content(assemble(found, kept.changes, stamp)) == _content(kept)


async def make(work: Work, meeting: Meeting, changes: Sequence[Change], why: str) -> Minutes:
    """Write the next version. One whose promises were read back already, and have not changed, need not be again."""
    last = await minutes.latest(work.tx, meeting.id)
    maker = await work.someone()
    keeper = last.made_by if last else maker.id
    found = await gather(work, meeting, changes, keeper)
    version = last.version + 1 if last else 1
    kept = assemble(found, changes, Stamp(version, work.now))
    same = last is not None and parse_minutes(last.body).promises == kept.promises
    read = same and last is not None and last.state is not MinutesState.DRAFT
    made = Minutes(
        id=0,
        meeting_id=meeting.id,
        version=version,
        state=MinutesState.READ_BACK if read else MinutesState.DRAFT,
        body=dump_minutes(kept),
        made_by=keeper,
        made_at=work.now,
        approved_by=None,
        approved_at=None,
    )
    written = await minutes.add(work.tx, made)
    await work.record(MinutesMade(meeting.id, written.id, why))
    return written


def assemble(found: Gathered, changes: Sequence[Change], stamp: Stamp) -> KeptMinutes:
    """Both editions from the same facts; no public one of a private meeting."""
    envelope = draft_envelope(found, stamp)
    facts = facts_of(found, changes, Edition.FULL, envelope)
    shown = facts_of(found, changes, Edition.PUBLIC, envelope)
    gaps = (*own_gaps(found, changes), minutes_gaps(facts))
    return KeptMinutes(
        changes=tuple(changes),
        promises=tuple(promised(duty) for duty in found.duties),
        gaps=text("papers.and").join(gap for gap in gaps if gap),
        full=draft_of_minutes(facts, Edition.FULL),
        public=None if found.private else draft_of_minutes(shown, Edition.PUBLIC),
    )


def promised(duty: Duty) -> Promised:
    """A promise in the words in which it is read back."""
    promise = duty.promise
    due = text("minutes.promise_due", day=day(promise.due)) if promise.due else ""
    said = text("minutes.promise", content=promise.content, due=due)
    return Promised(duty.task_id, duty.owner_id, promise.owner.name, said)


def _content(kept: KeptMinutes) -> KeptMinutes:
    """What it says, whatever its number, its signatures and its place of checking."""
    return replace(kept, full=_bare(kept.full), public=_bare(kept.public) if kept.public else None)


def _bare(paper: Paper) -> Paper:
    return replace(paper, number="", signatures=(), check_url="")
