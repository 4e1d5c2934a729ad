"""A second opinion on what was understood with little confidence: wanted here, and shown to those who sort."""

from handlers.events import IssueReported
from handlers.routes import Routes
from handlers.work import Work
from storage import issues, opinions
from storage.messages import Due
from storage.records import Category, IssueState, Kind, Level

routes = Routes()


@routes.on(IssueReported)
async def doubt(work: Work, event: IssueReported) -> None:
    """A candidate is unclear: somebody else is to be asked, after it is safely written down.

    What is between neighbours, or dangerous, goes to nobody outside.
    """
    below = work.settings.doubt_below
    if below is None or event.state != IssueState.CANDIDATE:
        return
    issue = await issues.get(work.tx, event.issue_id)
    private = issue.kind is Kind.DISPUTE or issue.category is Category.NEIGHBOURS
    found = work.house.hearings.of(issue.community_id).understood(issue.text)
    if not private and issue.level is not Level.U0 and found.confidence < below:
        await opinions.want(work.tx, issue.id, work.now)


@routes.due("opinion.heard")
async def heard(work: Work, due: Due) -> None:
    """It was given: the card of those who sort says so. Nothing else follows from it."""
    await opinions.show(work.tx, due.subject, work.now)
    work.refresh(f"issue:{due.subject}")
