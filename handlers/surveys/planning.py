"""When people will be asked: by a stage, and after a topic's way has ended without one."""

from datetime import datetime, timedelta
from typing import Final

from handlers.bodies import people
from handlers.events import CaseEnded, StageEntered, StageLeft
from handlers.routes import Routes
from handlers.work import Work
from storage import surveys
from storage.records import Survey, SurveyState

routes = Routes()
ANSWER_WITHIN: Final = timedelta(days=14)


@routes.on(StageEntered)
async def stage_entered(work: Work, event: StageEntered) -> None:
    """A stage asks its body; who that is, is settled now."""
    brief = event.brief
    if brief.kind != "survey":
        return
    ask_at = max(brief.wait_until or work.now, work.now)
    planned = Survey(
        0, None, event.topic_id, event.step_id, ask_at, _ends(work, ask_at, brief.limit), SurveyState.PLANNED
    )
    survey = await surveys.add(work.tx, planned)
    for member in await people(work, brief.body, event.topic_id):
        await surveys.invite(work.tx, survey.id, member.id)


@routes.on(StageLeft)
async def stage_left(work: Work, event: StageLeft) -> None:
    """The case has gone another way: nobody is asked any more."""
    survey = await surveys.of_step(work.tx, event.step_id)
    if survey and survey.state is not SurveyState.DONE:
        await surveys.change(work.tx, survey.id, state=SurveyState.DONE)
        work.refresh(f"survey:{survey.id}")


@routes.on(CaseEnded)
async def case_ended(work: Work, event: CaseEnded) -> None:
    """A matter was settled by a procedure that asks nobody: those who raised it are asked all the same."""
    if event.sense != "settled" or await surveys.of_topic(work.tx, event.topic_id):
        return
    ask_at = work.now + work.settings.followup
    planned = Survey(0, None, event.topic_id, None, ask_at, ask_at + ANSWER_WITHIN, SurveyState.PLANNED)
    await surveys.add(work.tx, planned)


def _ends(work: Work, ask_at: datetime, limit: datetime | None) -> datetime:
    """A stage's limit counts from its entry; if asking waits, so does the end."""
    if limit is None:
        return ask_at + ANSWER_WITHIN
    return max(limit + (ask_at - work.now), ask_at + timedelta(hours=1))
