"""What a meeting decided, entered in one line for each item, and where that takes the case."""

from dataclasses import dataclass, replace

from handlers.events import ItemDecided, MeetingChanged, PromisesMade, StageDecided
from handlers.intake.masking import mask
from handlers.labels import label, topic_label
from handlers.meetings.reading import Counts, Outcome, Result
from handlers.meetings.room.history import gist
from handlers.meetings.room.lookup import require_host
from handlers.meetings.rules import UNCOUNTED, Judgement, decides, judge, roll_of, rule_of
from handlers.meetings.sides import judge_sides, read_sides, sides_of
from handlers.meetings.telling import hearers
from handlers.presence import counts, ever_present, present_of
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import attendances, meetings, reminders, topics, waits
from storage.records import AgendaItem, Meeting, MeetingState, Topic, Wait

_PURPOSES = {Outcome.CONDITIONAL: "condition", Outcome.SEND_BACK: "refine"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a meeting that has begun, still without an outcome."""

    meeting: Meeting
    topic: Topic
    row: AgendaItem


async def enter_result(work: Work, item: Item, result: Result) -> None:
    """Write down what came of an item; a decision moves the topic's case on, talk does not."""
    wait = await waits.of_topic(work.tx, item.topic.id)
    result = replace(result, note=mask(result.note))
    if wait is None or not decides(wait, item.meeting):
        await _note_talk(work, item, result)
    else:
        await _decide(work, item, wait, result)


async def open_item(work: Work, meeting: Meeting, topic_number: int | None) -> Item:
    """The item meant; the only one still open when no number was given. Refusal when it cannot be entered."""
    await require_host(work, meeting)
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal(
            "meetings.over", meeting=label("meeting", meeting), state=term("meeting_state", meeting.state)
        )
    if meeting.starts_at > work.now and meeting.begun_at is None:
        raise Refusal("meetings.not_begun", meeting=label("meeting", meeting))
    rows = await meetings.agenda_of(work.tx, meeting.id)
    items = [Item(meeting, await topics.get(work.tx, row.topic_id), row) for row in rows if row.topic_id]
    return _pick(items, meeting, topic_number)


def _pick(items: list[Item], meeting: Meeting, topic_number: int | None) -> Item:
    still = [item for item in items if not (item.row.outcome or item.row.note)]
    if topic_number is None:
        if len(still) != 1:
            raise Refusal("meetings.which_item", topics=_names(still or items))
        return still[0]
    meant = next((item for item in items if item.topic.number == topic_number), None)
    if meant is None:
        raise Refusal(
            "meetings.not_on_agenda",
            number=topic_number,
            meeting=label("meeting", meeting),
            topics=_names(items) or text("meetings.no_agenda"),
        )
    if meant not in still:
        raise Refusal("meetings.entered_before", topic=topic_label(meant.topic), outcome=_outcome_of(meant))
    return meant


async def _decide(work: Work, item: Item, wait: Wait, result: Result) -> None:
    judged, result = await _judge(work, item, wait, result)
    if judged.outcome in _PURPOSES and not result.promises:
        raise Refusal(f"meetings.{_PURPOSES[judged.outcome]}_missing")
    before = await gist(work, item.meeting, item.row) if judged.outcome is Outcome.ESCALATE else ""
    note = "\n".join(filter(None, [*judged.lines, result.note, before]))
    await meetings.settle(work.tx, item.row, judged.outcome, note)
    await waits.end(work.tx, wait.step_id, work.now)
    await _tell(work, item, _announcement(item, judged, result.note))
    await work.record(ItemDecided(item.meeting.id, item.topic.id, judged.outcome))
    if result.promises:
        purpose = _PURPOSES.get(judged.outcome, "carry")
        await work.record(PromisesMade(item.topic.id, wait.step_id, purpose, result.promises))
    await work.record(StageDecided(wait.step_id, judged.outcome, note))
    left = await finish(work, item.meeting)
    work.answer(
        text(
            "meetings.entered",
            topic=topic_label(item.topic),
            outcome=term("outcome", judged.outcome),
            lines="".join(f"\n{line}" for line in judged.lines),
            left=left,
        )
    )


async def _judge(work: Work, item: Item, wait: Wait, result: Result) -> tuple[Judgement, Result]:
    """By the consent of each side where the stage asks for that, else by the numbers; with what is left of the note."""
    roll = roll_of(item.meeting.body, len(await meetings.invited(work.tx, item.meeting.id)))
    called_out = await _held_to_list(work, item.meeting, result)
    if sides := await sides_of(work, wait):
        said = read_sides(result.note)
        if judged := judge_sides(sides, said, result.word):
            return judged, replace(result, note=said.rest)
    return judge(rule_of(wait), roll, called_out, result.word), result


async def _note_talk(work: Work, item: Item, result: Result) -> None:
    """The meeting cannot decide this: what was said is kept, and no case moves."""
    said = " ".join(filter(None, (term("outcome", result.word) if result.word else "", result.note)))
    if not said:
        raise Refusal("meetings.talk_missing", topic=topic_label(item.topic))
    await meetings.settle(work.tx, item.row, "", said)
    announced = text("meetings.talked", **_titles(item), said=said)
    await _tell(work, item, announced)
    await work.record(MeetingChanged(item.meeting.id, "talked"))
    left = await finish(work, item.meeting)
    work.answer(text("meetings.talk_entered", topic=topic_label(item.topic), left=left))


def _announcement(item: Item, judged: Judgement, note: str) -> str:
    lines = [text("meetings.decided", **_titles(item), outcome=term("outcome", judged.outcome))]
    return "\n".join([*lines, *judged.lines, *([note] if note else [])])


async def _tell(work: Work, item: Item, said: str) -> None:
    """The group hears it once; where there is none, those who were called."""
    told = await hearers(work, item.meeting)
    for address in (told.group,) if told.group else told.alone:
        work.say(
            address,
            said,
            subject=f"meeting_news:{item.meeting.id}",
            once=f"meeting:{item.meeting.id}:topic:{item.topic.id}:outcome:{address}",
        )
    work.refresh(f"meeting:{item.meeting.id}")
    work.refresh(f"summons:{item.meeting.id}")


async def _held_to_list(work: Work, meeting: Meeting, result: Result) -> Counts:
    """The numbers called out, held to the list of who checked in: people come and go, so any moment of it will do.

    Without a number the list gives it, where numbers matter. Refusal with both numbers where they disagree.
    """
    came = await attendances.of_meeting(work.tx, meeting.id)
    if not any(counts(meeting, one) for one in came):
        return result.counts
    there = len(present_of(meeting, came))
    if result.counts.present is None:
        return result.counts if result.word in UNCOUNTED else replace(result.counts, present=there)
    if result.counts.present not in {there, *ever_present(meeting, came)}:
        raise Refusal("room.list_disagrees", said=result.counts.present, listed=there)
    return result.counts


async def finish(work: Work, meeting: Meeting) -> str:
    """Close the meeting when no topic is left to enter and nobody sits any more; else say what is left."""
    rows = await meetings.agenda_of(work.tx, meeting.id)
    open_ones = [row.topic_id for row in rows if row.topic_id and not (row.outcome or row.note)]
    if open_ones:
        still = [await topics.get(work.tx, topic_id) for topic_id in open_ones]
        return text("meetings.left", topics="、".join(topic_label(topic) for topic in still))
    if meeting.begun_at and meeting.ended_at is None:
        return text("room.adjourn_now", meeting=label("meeting", meeting))
    await hold(work, meeting)
    return text("meetings.all_entered", meeting=label("meeting", meeting))


async def hold(work: Work, meeting: Meeting) -> None:
    """The meeting is over and everything of it entered; one that was opened and never closed ends now."""
    ended_at = meeting.ended_at or (work.now if meeting.begun_at else None)
    await meetings.change(work.tx, meeting.id, state=MeetingState.HELD, ended_at=ended_at)
    await reminders.stop(work.tx, meeting.id)
    for noun in ("meeting", "summons", "room", "room_code"):
        work.refresh(f"{noun}:{meeting.id}")
    await work.record(MeetingChanged(meeting.id, "held"))


def _titles(item: Item) -> dict[str, str]:
    return {
        "meeting": label("meeting", item.meeting),
        "name": item.meeting.name,
        "topic": topic_label(item.topic),
        "title": item.topic.title,
    }


def _outcome_of(item: Item) -> str:
    return term("outcome", item.row.outcome) if item.row.outcome else text("meetings.discussed")


def _names(items: list[Item]) -> str:
    return "、".join(topic_label(item.topic) for item in items)
