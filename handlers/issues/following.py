"""What other slices' events mean for issues: reopened after a survey, taken up as a topic, ended with a case."""

from handlers.events import CaseEnded, Event, IssueMoved
from handlers.issues.choices import Closing, limits
from handlers.issues.feedback import move
from handlers.issues.filing import show_to_grid
from handlers.issues.reports import answer_candidate
from handlers.issues.telling import desk, redraw, tell_all
from handlers.labels import issue_label
from handlers.procedures.terms import EndSense
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import cards, issues, topics
from storage.records import Issue, IssueState

routes = Routes()


@routes.on(IssueMoved)
async def moved(work: Work, event: Event) -> None:
    """Cards follow. An issue that had ended is open again: the grid gets its card once more, and a limit."""
    assert isinstance(event, IssueMoved)
    issue = await issues.get(work.tx, event.issue_id)
    redraw(work, issue.id)
    if event.state == IssueState.CONSULT and not await _was_answered(work, issue):
        await answer_candidate(work, issue)
    if event.state != IssueState.REPORTED or issue.closed_at is None:
        return
    due = work.now + limits(issue.level).accept
    await issues.change(
        work.tx,
        issue.id,
        closed_at=None,
        result="",
        handler_id=None,
        party="",
        due_at=due,
        state=IssueState.REPORTED,
    )
    await show_to_grid(work, await issues.get(work.tx, issue.id), f"again:{work.now.isoformat()}")


async def _was_answered(work: Work, issue: Issue) -> bool:
    return any([await cards.about(work.tx, f"{noun}:{issue.id}") for noun in ("raised", "offer")])


@routes.on(CaseEnded)
async def ended(work: Work, event: Event) -> None:
    """The case of a topic is over: its issues are settled with it, or go back to the grid for a person's word."""
    assert isinstance(event, CaseEnded)
    for issue in await topics.issues_of(work.tx, event.topic_id):
        if issue.state is IssueState.CONSULT:
            await _end(work, issue, event)


async def _end(work: Work, issue: Issue, event: CaseEnded) -> None:
    """The groups hear of the end from the case itself; here the state follows, and the grid hears what is left to it."""
    if event.sense == EndSense.SETTLED:
        result = f"{Closing.RESOLVED}:"
        await move(work, issue, IssueState.CLOSED, result=result, closed_at=work.now, due_at=None)
        return
    await move(work, issue, IssueState.FILED, due_at=work.now + limits(issue.level).accept)
    words = text("issues.case_left", issue=issue_label(issue), number=issue.number)
    tell_all(work, await desk(work, issue), words, subject=f"note:{issue.id}", key=f"case:{event.case_id}")
