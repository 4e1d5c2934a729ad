"""A person's words in the minutes: each edit is another version, and the one before stays."""

from handlers.labels import label
from handlers.meetings.minutes.changes import number_of, time_of
from handlers.meetings.minutes.people import require_keeper
from handlers.meetings.minutes.reading import Edit
from handlers.meetings.minutes.versions import make
from handlers.papers.kept_minutes import Change, Mode, parse_minutes
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import meetings, minutes, topics
from storage.records import AgendaItem, Meeting


async def edit_minutes(work: Work, meeting: Meeting, edit: Edit) -> None:
    """Write the next version. What was approved is changed for a reason only."""
    await require_keeper(work, meeting)
    position = await _position(work, meeting, edit)
    await _check(work, meeting, edit)
    name = label("meeting", meeting)
    if await minutes.approved(work.tx, meeting.id) and not edit.reason:
        raise Refusal("minutes.why", meeting=name)
    member = await work.someone()
    last = await minutes.latest(work.tx, meeting.id)
    changes = [*(parse_minutes(last.body).changes if last else ())]
    changes.append(Change(position, edit.field, edit.mode, edit.words, member.name))
    if edit.reason:
        changes.append(Change(0, "reason", Mode.ADD, edit.reason, member.name))
    made = await make(work, meeting, changes, "words")
    work.answer(text("minutes.edited", meeting=name, version=made.version, before=made.version - 1))


async def _position(work: Work, meeting: Meeting, edit: Edit) -> int:
    """The place on the agenda that an edit is for; 0 for the meeting as a whole."""
    if edit.scope == "meeting":
        return 0
    rows = await meetings.agenda_of(work.tx, meeting.id)
    if edit.topic is not None:
        found = [row for row in rows if await _number(work, row) == edit.topic]
    elif edit.item is not None:
        found = rows[edit.item - 1 : edit.item] if edit.item else []
    else:
        found = rows
    if len(found) != 1:
        raise Refusal("minutes.which_item", count=len(rows), meeting=label("meeting", meeting))
    return found[0].position


async def _number(work: Work, row: AgendaItem) -> int | None:
    return (await topics.get(work.tx, row.topic_id)).number if row.topic_id else None


async def _check(work: Work, meeting: Meeting, edit: Edit) -> None:
    """A number or a time has to be one."""
    if edit.field == "present":
        expected = len(await meetings.invited(work.tx, meeting.id))
        present = number_of(edit.words)
        if present is None or present > expected:
            raise Refusal("minutes.present", expected=expected)
    began = meeting.begun_at or meeting.starts_at
    if edit.field == "ends" and time_of(edit.words, began, work.settings.zone) is None:
        raise Refusal("minutes.ends")
