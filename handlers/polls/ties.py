"""What a result does to the stage it decides. A tie is never broken here: the office hears of it and says what follows."""

from handlers.audience import desk
from handlers.choices.results import result_of, too_few
from handlers.events import StageDecided
from handlers.keys import first_key
from handlers.permissions import DESK, require
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.rules.rule import Outcome
from handlers.texts import text
from handlers.work import Work
from storage import polls, units
from storage.messages import Button, Card
from storage.records import Poll, PollState

routes = Routes()


async def decide_stage(work: Work, poll: Poll) -> None:
    """Let the case move on with a closed poll's result; a tie stays with the office, a sense check moves nothing."""
    if poll.outcome == Outcome.TIE:
        await _ask_office(work, poll)
    elif poll.step_id is not None and poll.outcome != Outcome.SENSE:
        await work.record(StageDecided(poll.step_id, poll.outcome, _note(poll)))


@routes.press("poll.tie")
async def leave_undecided(work: Work, arguments: tuple[str, ...]) -> None:
    """The office puts no second poll: the case asks where it goes."""
    key = first_key(arguments)
    poll = await polls.find(work.tx, key) if key is not None else None
    if poll is None or poll.outcome != Outcome.TIE or poll.state is not PollState.CLOSED:
        raise Refusal("dispatch.stale_button")
    await require(work, await units.get(work.tx, poll.community_id), *DESK)
    if poll.step_id is None:
        raise Refusal("dispatch.stale_button")
    await work.record(StageDecided(poll.step_id, Outcome.TIE, _note(poll)))
    work.answer(text("polls.tie_left", poll=await poll_label(work, poll)))


def _note(poll: Poll) -> str:
    """The result in a line, without the numbers that would tell who cast what."""
    result = result_of(poll)
    return "" if too_few(poll, result.cast) else result.note


async def _ask_office(work: Work, poll: Poll) -> None:
    tied = text("rules.and").join(result_of(poll).tied)
    said = text("polls.tie", poll=await poll_label(work, poll), tied=tied)
    leave = Button(text("polls.tie_leave"), press("poll.tie", poll.id))
    card = Card(said, ((leave,),) if poll.step_id is not None else ())
    community = await units.get(work.tx, poll.community_id)
    for address in await desk(work, community):
        work.say(address, card, once=f"poll:{poll.id}:tie:{address}")
