"""已反馈: whoever did it says so; somebody else, or who raised it, looks; then it is closed and everybody is answered."""

from datetime import timedelta

from handlers.events import IssueClosed, IssueMoved
from handlers.intake.masking import mask
from handlers.issues import rules
from handlers.issues.choices import Closing, check_limit, closing_word, limits
from handlers.issues.filing import remark, send_files_on
from handlers.issues.lookups import require_doer
from handlers.issues.neighbour_views import check_card
from handlers.issues.telling import DRAWN, answer, answer_origins, desk, origins, tell_all, tell_reporter
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import cards, issues, outbox, surveys
from storage.messages import Address, Said
from storage.records import Issue, IssueState, Survey, SurveyState

_ASKING = timedelta(days=14)
_CAN_BE_DONE = (IssueState.REPORTED, *rules.AT_WORK, IssueState.CONSULT)


async def feed_back(work: Work, issue: Issue, words: str, said: Said | None) -> None:
    """It is said to be done: who raised it is asked, and the grid is to look."""
    await require_doer(work, issue)
    rules.require_state(issue, *_CAN_BE_DONE)
    if not (words or (said and said.files)):
        raise Refusal("issues.feedback_usage", number=issue.number)
    doer = await work.someone()
    if said:
        await send_files_on(work, issue, said)
    result = f"{Closing.RESOLVED}:{words or text('issues.see_photo')}"
    due = work.now + check_limit()
    await move(work, issue, IssueState.FED_BACK, handler_id=doer.id, result=result, due_at=due, alert_at=None)
    await _ask_reporter(work, await issues.get(work.tx, issue.id))
    answer(work, issue, text("issues.fed_back", issue=issue_label(issue)))


async def _ask_reporter(work: Work, issue: Issue) -> None:
    """Who raised it is asked whether it is done: alone if possible, else in its thread without saying who that is."""
    card, key = check_card(issue), f"check:{work.now.isoformat()}"
    if issue.reporter_id is None or await tell_reporter(work, issue, card, key, noun="check"):
        return
    for origin in (await origins(work, issue))[:1]:
        once = f"issue:{issue.id}:{key}:{origin.address}"
        work.say(origin.address, card, subject=f"check:{issue.id}", once=once, reply_to=origin.message_id)


async def approve(work: Work, issue: Issue) -> None:
    """Somebody has looked and finds it done. Refusal for the one who did it."""
    rules.require_state(issue, IssueState.FED_BACK)
    if work.member and work.member.id == issue.handler_id and work.member.id != issue.reporter_id:
        raise Refusal("issues.another_must_check", issue=issue_label(issue))
    closing, _, words = issue.result.partition(":")
    await close(work, issue, Closing(closing), words)


async def not_done(work: Work, issue: Issue, words: str) -> None:
    """It is not done yet: back to whoever had it, with what was said."""
    rules.require_state(issue, IssueState.FED_BACK)
    due = work.now + limits(issue.level).accept
    await move(work, issue, IssueState.PROCESSING, note=mask(words), result="", due_at=due)
    if words:
        await remark(work, issue, words, work.member.id if work.member else None)
    label = issue_label(issue)
    told = text("issues.not_done", issue=label, words=words or text("issues.no_words"))
    places = dict.fromkeys([*await _cards_places(work, f"order:{issue.id}"), *await desk(work, issue)])
    tell_all(work, places, told, subject=f"note:{issue.id}", key=f"undone:{work.now.isoformat()}")


async def _cards_places(work: Work, subject: str) -> list[Address]:
    posted = await cards.about(work.tx, subject)
    return list(dict.fromkeys(Address(one.platform, one.chat, one.thread) for one in posted))


async def close(work: Work, issue: Issue, closing: Closing, words: str) -> None:
    """Answer every group it came from, once; when it was solved, everybody will be asked later whether it is."""
    result = f"{closing}:{words}"
    await move(work, issue, IssueState.CLOSED, result=result, due_at=None, alert_at=None, closed_at=work.now)
    await work.record(IssueClosed(issue.id, closing))
    closed = await issues.get(work.tx, issue.id)
    if rules.is_missing_person(closed):
        await _forget_missing(work, closed)
    else:
        answer = text("issues.closed", issue=issue_label(issue), outcome=_outcome(closing, words))
        await answer_origins(work, closed, answer, f"closed:{work.now.isoformat()}")
    if closing is Closing.RESOLVED:
        ask = work.now + work.settings.followup
        ends = ask + _ASKING
        await surveys.add(work.tx, Survey(0, issue.id, None, None, ask, ends, SurveyState.PLANNED))


def _outcome(closing: Closing, words: str) -> str:
    word = closing_word(closing)
    return text("issues.word_with_words", word=word, words=mask(words)) if words else word


async def _forget_missing(work: Work, issue: Issue) -> None:
    """Found: what was shown of the person is taken back everywhere; that they were found is all that is said."""
    await issues.detach(work.tx, f"issue:{issue.id}")
    for noun in (*DRAWN, "files", "note"):
        await retract(work, f"{noun}:{issue.id}")
    await answer_origins(work, issue, text("issues.found", issue=issue_label(issue)), "found")
    found = text("issues.grid_found", issue=issue_label(issue))
    tell_all(work, await desk(work, issue), found, subject=f"note:{issue.id}", key="found")


async def retract(work: Work, subject: str) -> None:
    """Take every message about this away, also the ones that were not told yet."""
    for posted in await cards.about(work.tx, subject):
        await cards.let_go(work.tx, posted.id)
        await outbox.unsay(work.tx, posted.id)
        if posted.message_id:
            work.retract(Address(posted.platform, posted.chat, posted.thread), posted.message_id)


async def move(work: Work, issue: Issue, state: IssueState, *, note: str = "", **columns: object) -> None:
    """Go to another state; the journal and every card say so."""
    await issues.change(work.tx, issue.id, state=state, **columns)
    await work.record(IssueMoved(issue.id, state, note))


async def finish(work: Work, issue: Issue, closing: Closing, words: str, said: Said | None) -> None:
    """办结 with a closing word. "Solved" is for somebody else to confirm; a "no" needs its reason."""
    if closing is Closing.MERGED:
        raise Refusal("issues.merge_usage", number=issue.number)
    rules.require_state(issue, *_CAN_BE_DONE, IssueState.FED_BACK)
    if closing is not Closing.RESOLVED:
        if not words:
            raise Refusal("issues.closing_needs_words", word=closing_word(closing), number=issue.number)
        await close(work, issue, closing, words)
    elif issue.state is IssueState.FED_BACK:
        if words:
            await issues.change(work.tx, issue.id, result=f"{closing}:{words}")
        await approve(work, await issues.get(work.tx, issue.id))
    else:
        await feed_back(work, issue, words or text("issues.no_words_said"), said)
