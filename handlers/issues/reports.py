"""报事: a matter said to us is written down and answered; one said in passing becomes a quiet candidate."""

from datetime import timedelta

from handlers.events import IssueChanged, IssueMoved
from handlers.intake.reading import ACTIONABLE
from handlers.issues import rules
from handlers.issues.alike import open_alike, own_alike
from handlers.issues.choices import limits
from handlers.issues.filing import Told, file_issue, remark, retell, send_files_on
from handlers.issues.neighbour_views import offer_card, raised_card
from handlers.issues.reading import hearing_of
from handlers.issues.telling import answer_origins, desk, redraw
from handlers.issues.trusting import needs_nobody
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import issues
from storage.messages import Said, Urgency
from storage.records import Issue, IssueState, Level

TOGETHER = timedelta(minutes=2)


async def report(work: Work, told: Told, said: Said) -> None:
    """Somebody asked us to write this down: do so at once, and answer once."""
    known = await _known(work, told)
    if known and known.state is not IssueState.CANDIDATE:
        await add_to(work, known, told, said)
        work.answer(
            await raised_card(work, await issues.get(work.tx, known.id)), subject=f"raised:{known.id}"
        )
        return
    issue = await promote(work, known) if known else await file_issue(work, told, IssueState.REPORTED)
    await _answer(work, issue)


async def _known(work: Work, told: Told) -> Issue | None:
    """What this very message became, or the matter of a moment ago that it goes on about."""
    if told.group and (same := await issues.from_message(work.tx, told.group.id, told.message_id)):
        return same
    return await going_on(work, told.reporter.id, told.words)


async def going_on(work: Work, member_id: int, words: str) -> Issue | None:
    """The matter that the same person raised here within the last two minutes, when these words go on about it."""
    group_id = work.group.id if work.group else None
    last = await issues.last_said(work.tx, member_id, group_id, work.now - TOGETHER)
    if last is None or last.state not in rules.OPEN:
        return None
    return last if not words or _goes_on(work, last, words) else None


def _goes_on(work: Work, last: Issue, words: str) -> bool:
    """Another subject at a place of its own is another matter, however soon it was said."""
    heard = hearing_of(work, last.community_id)
    before, now = heard.reading_of(last.text), heard.reading_of(words)
    another = now.kind in ACTIONABLE and now.place.name and not set(now.topics) & set(before.topics)
    return heard.continues(last.text, words) and not (another and now.place != before.place)


async def promote(work: Work, candidate: Issue) -> Issue:
    """Whoever said it, or somebody for them, now asks for it to be written down."""
    due = work.now + limits(candidate.level).accept
    await issues.change(work.tx, candidate.id, state=IssueState.REPORTED, due_at=due)
    await work.record(IssueMoved(candidate.id, IssueState.REPORTED))
    return await issues.get(work.tx, candidate.id)


async def _answer(work: Work, issue: Issue) -> None:
    """One answer in the thread: the number, or first the question whether it is an older one."""
    if work.event.chat in await desk(work, issue):
        return
    offered = issue.level is not Level.U0 and rules.may_be_public(issue)
    near = await open_alike(work, issue) if offered else None
    said = work.event.content
    reply_to = said.message_id if isinstance(said, Said) else ""
    if near:
        count = await issues.support_count(work.tx, near.issue.id)
        work.answer(offer_card(work, issue, near, count), subject=f"offer:{issue.id}")
        return
    urgency = Urgency.NOW if issue.level is Level.U0 else Urgency.ANSWER
    card, subject = await raised_card(work, issue), f"raised:{issue.id}"
    work.say(work.event.chat, card, subject=subject, urgency=urgency, reply_to=reply_to)


async def notice(work: Work, told: Told, said: Said) -> None:
    """Something said in passing that looks like a matter: known already, or a candidate for the grid alone.

    Of a kind that is trusted it is written down at once, as if it had been asked for.
    """
    own = await own_alike(work, told.reporter.id, told.words)
    if own and own.group_id == (told.group.id if told.group else None):
        await add_to(work, own, told, said)
        return
    if await needs_nobody(work, told.words):
        await _answer(work, await file_issue(work, told, IssueState.REPORTED))
        return
    issue = await file_issue(work, told, IssueState.CANDIDATE)
    if issue.level is Level.U0:
        await warn(work, issue)


async def warn(work: Work, issue: Issue) -> None:
    """Somebody may be in danger: whom to call is said at once, whatever comes of it."""
    said = work.event.content
    reply_to = said.message_id if isinstance(said, Said) else ""
    card, once = await raised_card(work, issue), f"issue:{issue.id}:raised:{work.event.chat}"
    work.say(
        work.event.chat,
        card,
        subject=f"raised:{issue.id}",
        once=once,
        urgency=Urgency.NOW,
        reply_to=reply_to,
    )


async def add_to(work: Work, issue: Issue, told: Told, said: Said) -> None:
    """What was told belongs to an issue that is there already, with its photos."""
    if told.words:
        await supplement(work, issue, told.words, told.reporter.id)
    await send_files_on(work, issue, said)


async def supplement(work: Work, issue: Issue, words: str, member_id: int) -> None:
    """Further words: part of the matter while untouched and from who raised it, a remark otherwise."""
    if issue.state in rules.UNTOUCHED and issue.reporter_id == member_id:
        await reword(work, issue, f"{issue.text}\n{words}")
    else:
        await remark(work, issue, words, member_id)


async def reword(work: Work, issue: Issue, words: str) -> None:
    """The matter reads otherwise; when it turns out dangerous, whom to call is said at once."""
    changed = await retell(work, issue, words)
    if changed.level is Level.U0 and issue.level is not Level.U0:
        await warn(work, changed)


async def answer_candidate(work: Work, issue: Issue) -> None:
    """A candidate was taken up by a person: only now its thread is answered, once."""
    await answer_origins(work, issue, await raised_card(work, issue), "raised", noun="raised")


async def withdraw(work: Work, issue: Issue) -> str:
    """Its reporter takes it back; what others stand behind or somebody works on goes on without them."""
    label = issue_label(issue)
    if issue.state not in rules.OPEN:
        raise Refusal("issues.over_already", issue=label)
    if issue.state not in rules.UNTOUCHED:
        await remark(work, issue, text("issues.wants_back"), issue.reporter_id)
        return text("issues.withdraw_noted", issue=label)
    if count := await issues.support_count(work.tx, issue.id):
        await issues.change(work.tx, issue.id, reporter_id=None)
        await work.record(IssueChanged(issue.id, "reporter"))
        redraw(work, issue.id)
        return text("issues.withdrawn_alone", issue=label, count=count)
    await issues.change(work.tx, issue.id, state=IssueState.CANCELLED, due_at=None, alert_at=None)
    await work.record(IssueMoved(issue.id, IssueState.CANCELLED))
    return text("issues.withdrawn", issue=label)
