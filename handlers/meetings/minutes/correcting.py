"""纪要异议: who was there says that the minutes are not right, and the chair answers."""

from handlers.audience import private_address
from handlers.events import CorrectionAnswered, CorrectionAsked
from handlers.labels import label
from handlers.meetings.minutes.gathering import chair_of
from handlers.meetings.minutes.people import concerned, require_chair
from handlers.meetings.minutes.reading import Answer
from handlers.meetings.minutes.reading_back import chair_addresses
from handlers.meetings.minutes.versions import make
from handlers.papers.kept_minutes import parse_minutes
from handlers.permissions import DESK, require
from handlers.refusals import Refusal
from handlers.texts import term, text
from handlers.work import Work
from storage import minutes, units
from storage.messages import Urgency
from storage.records import Correction, CorrectionState, Meeting, MinutesState

WORDS_LIMIT = 500


async def ask_correction(work: Work, meeting: Meeting, words: str) -> None:
    """Write down what is not right and lay it before the chair. Refusal before anybody was shown the minutes."""
    name = label("meeting", meeting)
    if not words.strip():
        raise Refusal("minutes.correct_usage", meeting=name)
    if len(words) > WORDS_LIMIT:
        raise Refusal("minutes.too_long", most=WORDS_LIMIT)
    if not await concerned(work, meeting):
        raise Refusal("minutes.not_there", meeting=name)
    if all(one.state is MinutesState.DRAFT for one in await minutes.versions(work.tx, meeting.id)):
        raise Refusal("minutes.not_shown", meeting=name)
    member = await work.someone()
    number = len(await minutes.corrections_of(work.tx, meeting.id)) + 1
    asked = Correction(0, meeting.id, number, member.id, words.strip(), work.now, CorrectionState.OPEN, "")
    await minutes.ask_correction(work.tx, asked)
    said = text("minutes.correction_came", meeting=name, number=number, name=member.name, text=asked.text)
    for address in await chair_addresses(work, meeting):
        work.say(address, said, once=f"correction:{meeting.id}:{number}:{address}")
    work.answer(text("minutes.correction_noted", meeting=name, number=number))
    await work.record(CorrectionAsked(meeting.id, number))


async def answer_correction(work: Work, meeting: Meeting, answer: Answer) -> None:
    """The chair's answer, with its reason, is told to who asked and stands in the next version."""
    asked = await _asked(work, meeting, answer.number)
    await _require_answerer(work, meeting, asked)
    await minutes.change_correction(work.tx, asked.id, state=answer.state, answer=answer.why)
    last = await minutes.latest(work.tx, meeting.id)
    assert last is not None
    made = await make(work, meeting, parse_minutes(last.body).changes, "facts")
    await work.record(CorrectionAnswered(meeting.id, asked.number, answer.state))
    values = {
        "meeting": label("meeting", meeting),
        "number": asked.number,
        "state": term("correction_state", answer.state),
        "why": answer.why,
        "version": made.version,
    }
    if address := await private_address(work, asked.member_id):
        once = f"correction:{asked.id}:answer"
        work.say(address, text("minutes.correction_told", **values), once=once, urgency=Urgency.ANSWER)
    if answer.state is CorrectionState.TAKEN and made.made_by:
        await _tell_keeper(work, made.made_by, text("minutes.now_correct", **values), asked.id)
    work.answer(text("minutes.correction_answered", **values))


async def _asked(work: Work, meeting: Meeting, number: int) -> Correction:
    found = [one for one in await minutes.corrections_of(work.tx, meeting.id) if one.number == number]
    if not found:
        raise Refusal("minutes.no_such_correction", number=number, meeting=label("meeting", meeting))
    if found[0].state is not CorrectionState.OPEN:
        raise Refusal(
            "minutes.answered_before", number=number, state=term("correction_state", found[0].state)
        )
    return found[0]


async def _require_answerer(work: Work, meeting: Meeting, asked: Correction) -> None:
    """The chair; but nobody answers what they asked themselves: then another of the office does."""
    if asked.member_id != chair_of(meeting):
        await require_chair(work, meeting)
        return
    if work.member and work.member.id == asked.member_id:
        raise Refusal("minutes.own_correction")
    await require(work, await units.get(work.tx, meeting.community_id), *DESK)


async def _tell_keeper(work: Work, keeper_id: int, said: str, correction_id: int) -> None:
    if address := await private_address(work, keeper_id):
        work.say(address, said, once=f"correction:{correction_id}:keeper:{address}")
