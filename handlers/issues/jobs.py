"""Limits that have passed: whoever has the issue is reminded once, then the next unit upwards gets it."""

from handlers.issues import rules
from handlers.issues.choices import limits
from handlers.issues.giving import doers, escalate
from handlers.issues.telling import desk, on_duty, ring_all, unit_of, upper_unit
from handlers.labels import issue_label
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import assignments, cards, issues
from storage.messages import Address, Due
from storage.records import Issue, IssueState

routes = Routes()


@routes.due("issue.due")
async def passed(work: Work, due: Due) -> None:
    """A limit has passed. Late or not, it is told once; what nobody answers goes up."""
    issue = await issues.get(work.tx, due.subject)
    await issues.change(work.tx, issue.id, due_at=None)
    if issue.state is IssueState.REPORTED:
        await _remind(work, issue, text("issues.late_untouched", issue=issue_label(issue)))
    elif issue.state is IssueState.FED_BACK:
        await _remind(work, issue, text("issues.late_check", issue=issue_label(issue)))
    elif issue.state in rules.AT_WORK:
        await _late_work(work, issue)


async def _late_work(work: Work, issue: Issue) -> None:
    given = await assignments.of(work.tx, issue.id)
    if given is None or given.overdue_at is None:
        await assignments.change(work.tx, issue.id, overdue_at=work.now)
        await issues.change(work.tx, issue.id, due_at=work.now + limits(issue.level).grace)
        party = issue.party or text("issues.the_grid")
        await _remind(work, issue, text("issues.late", issue=issue_label(issue), party=party))
        await _remind_party(work, issue)
        work.refresh(f"issue:{issue.id}")
    elif await upper_unit(work, await unit_of(work, issue)):
        upper = await escalate(work, issue)
        await _remind(work, issue, text("issues.late_up", issue=issue_label(issue), unit=upper.name))
    else:
        await _remind(work, issue, text("issues.late_nobody", issue=issue_label(issue)))


async def _remind(work: Work, issue: Issue, words: str) -> None:
    """The grid's desk and its lead are told; its group rings for who has it in hand."""
    places = dict.fromkeys([*await desk(work, issue), *await on_duty(work, issue)])
    holder = [issue.handler_id] if issue.handler_id else []
    key = f"late:{work.now.isoformat()}"
    await ring_all(work, places, words, holder, subject=f"note:{issue.id}", key=key)


async def _remind_party(work: Work, issue: Issue) -> None:
    """Whoever got the order card is told where it is."""
    posted = await cards.about(work.tx, f"order:{issue.id}")
    places = dict.fromkeys(Address(one.platform, one.chat, one.thread) for one in posted)
    words = text("issues.late_party", issue=issue_label(issue), number=issue.number)
    doing = [issue.handler_id] if issue.handler_id else [one.id for one in await doers(work, issue)]
    key = f"remind:{work.now.isoformat()}"
    await ring_all(work, places, words, doing, subject=f"note:{issue.id}", key=key)
