"""分拣: an issue is taken on, tagged, placed, split, merged or refused by a person."""

from handlers.audience import private_address
from handlers.events import IssueChanged, IssueMerged
from handlers.intake.masking import mask
from handlers.intake.places import find_place
from handlers.intake.reading import ACTIONABLE
from handlers.issues import rules
from handlers.issues.alarm import acknowledge, quiet, ring_out
from handlers.issues.alike import decline_offers
from handlers.issues.choices import Reason, Tags, limits, reason_word
from handlers.issues.feedback import move
from handlers.issues.filing import Told, file_issue, show_to_grid, unit_at
from handlers.issues.neighbour_views import raised_card
from handlers.issues.reports import answer_candidate
from handlers.issues.telling import answer, answer_origins, redraw, tell_reporter, unit_of
from handlers.issues.wording import place_of
from handlers.labels import issue_label
from handlers.refusals import Refusal
from handlers.routes import press
from handlers.texts import term, text
from handlers.work import Work
from storage import assignments, groups, issues, members, units
from storage.messages import Button, Card
from storage.records import Assignment, Issue, IssueState, Kind, Level


async def accept(work: Work, issue: Issue) -> None:
    """受理: somebody has it in hand from now on. A candidate's thread is answered, for the first time."""
    rules.require_state(issue, *rules.UNTOUCHED)
    taker = await work.someone()
    await acknowledge(work, issue)
    due = work.now + limits(issue.level).feedback
    await assignments.give(work.tx, Assignment(issue.id, "", taker.id, work.now, None, None))
    await move(work, issue, IssueState.FILED, handler_id=taker.id, due_at=due)
    await decline_offers(work, issue)
    accepted = await issues.get(work.tx, issue.id)
    if issue.state is IssueState.CANDIDATE:
        await answer_candidate(work, accepted)
    elif issue.group_id is not None:
        told = text("issues.accepted_reporter", issue=issue_label(issue), place=place_of(issue))
        await tell_reporter(work, accepted, told, "accepted")
    answer(work, issue, text("issues.accepted", issue=issue_label(issue)))


async def tag(work: Work, issue: Issue, tags: Tags) -> Issue:
    """标记: a person says what it is and how urgent, or that it is nothing. Danger rings; without danger the ringing ends."""
    rules.require_state(issue, *rules.OPEN)
    if tags.kind and tags.kind is not issue.kind:
        await _rename(work, issue, tags.kind)
        issue = await issues.get(work.tx, issue.id)
    if issue.state is IssueState.CANCELLED:
        return issue
    if tags.category and tags.category is not issue.category:
        await issues.change(work.tx, issue.id, category=tags.category)
        await work.record(IssueChanged(issue.id, "category", issue.category))
    if tags.level and tags.level is not issue.level:
        await _level(work, issue, tags.level)
    redraw(work, issue.id)
    return await issues.get(work.tx, issue.id)


async def _rename(work: Work, issue: Issue, kind: Kind) -> None:
    """It is of another kind. What is no matter at all goes away, but only where nobody asked for it to be written down."""
    idle = kind not in (*ACTIONABLE, Kind.QUESTION)
    if idle and issue.state is not IssueState.CANDIDATE:
        raise Refusal("issues.asked_for", issue=issue_label(issue), number=issue.number)
    await issues.change(work.tx, issue.id, kind=kind)
    await work.record(IssueChanged(issue.id, "kind", issue.kind))
    if idle:
        await move(work, issue, IssueState.CANCELLED, note=kind, alert_at=None, due_at=None)
        redraw(work, issue.id)


async def _level(work: Work, issue: Issue, level: Level) -> None:
    due = issue.filed_at + limits(level).accept if issue.state is IssueState.REPORTED else issue.due_at
    await issues.change(work.tx, issue.id, level=level, due_at=max(due, work.now) if due else None)
    await work.record(IssueChanged(issue.id, "level", issue.level))
    if level is Level.U0:
        await ring_out(work, await issues.get(work.tx, issue.id))
    elif issue.alert_at is not None:
        await quiet(work, issue)


async def place(work: Work, issue: Issue, words: str) -> None:
    """地点: where it really is; another grid's matter goes before that grid."""
    rules.require_state(issue, *rules.OPEN)
    found = find_place(words)
    name = found.name or words
    community = await units.get(work.tx, issue.community_id)
    unit = await unit_at(work, community, found) or await unit_of(work, issue)
    await issues.change(work.tx, issue.id, place=name, unit_id=unit.id)
    await work.record(IssueChanged(issue.id, "place", mask(issue.place)))
    redraw(work, issue.id)
    await show_to_grid(work, await issues.get(work.tx, issue.id))


async def split(work: Work, issue: Issue, words: str) -> Issue:
    """拆分: the second matter of a message gets a number of its own, with the same reporter and thread."""
    rules.require_state(issue, *rules.UNTOUCHED, *rules.AT_WORK)
    if issue.reporter_id is None:
        raise Refusal("issues.split_without_reporter", issue=issue_label(issue))
    reporter = await members.get(work.tx, issue.reporter_id)
    group = await groups.get(work.tx, issue.group_id) if issue.group_id else None
    state = IssueState.CANDIDATE if issue.state is IssueState.CANDIDATE else IssueState.REPORTED
    new = await file_issue(work, Told(words, reporter, issue.message_id, group), state)
    await work.record(IssueChanged(issue.id, "split", issue_label(new)))
    if state is IssueState.REPORTED:
        await answer_origins(work, new, await raised_card(work, new), "raised", noun="raised")
    return new


async def merge(work: Work, issue: Issue, into: Issue) -> Issue:
    """并入: it becomes part of another, whose root counts. Its groups hear so once, its supporters are asked.

    Refusal for closed ones, chains that would bite their own tail, other communities, and private matters.
    """
    root = await issues.root_of(work.tx, into)
    _require_mergeable(issue, root)
    await _join(work, issue, root)
    merged = await issues.get(work.tx, issue.id)
    told = text("issues.merged", issue=issue_label(issue), into=issue_label(root))
    await answer_origins(work, merged, told, "merged")
    await ask_supporters(work, merged, root)
    return root


def _require_mergeable(issue: Issue, root: Issue) -> None:
    if issue.merged_into is not None:
        raise Refusal("issues.merged_already", issue=issue_label(issue))
    if root.id == issue.id:
        raise Refusal("issues.merge_circle", issue=issue_label(issue))
    if root.community_id != issue.community_id:
        raise Refusal("issues.of_another_community")
    rules.require_state(issue, *rules.OPEN)
    rules.require_state(root, *rules.OPEN)
    if rules.is_personal(issue) != rules.is_personal(root):
        raise Refusal("issues.merge_private")


async def _join(work: Work, issue: Issue, root: Issue) -> None:
    await move(
        work,
        issue,
        IssueState.MERGED,
        merged_into=root.id,
        due_at=None,
        alert_at=None,
        result="",
        note=issue_label(root),
    )
    await work.record(IssueMerged(issue.id, root.id))
    await issues.change(
        work.tx,
        root.id,
        level=rules.more_urgent(issue.level, root.level),
        alert_at=root.alert_at or issue.alert_at,
    )
    if root.state is IssueState.CANDIDATE and issue.state is not IssueState.CANDIDATE:
        due = work.now + limits(root.level).accept
        await move(work, root, IssueState.REPORTED, due_at=due)
        await answer_candidate(work, await issues.get(work.tx, root.id))
    redraw(work, root.id)


async def merge_own(work: Work, issue: Issue, into: Issue) -> Issue:
    """Its reporter says it is the same: it becomes part of the older one, and they stand behind that."""
    root = await issues.root_of(work.tx, into)
    _require_mergeable(issue, root)
    await _join(work, issue, root)
    await ask_supporters(work, issue, root)
    if issue.reporter_id and issue.reporter_id != root.reporter_id:
        await issues.support(work.tx, root.id, issue.reporter_id, work.now)
    return root


async def ask_supporters(work: Work, issue: Issue, root: Issue) -> None:
    """Everybody who stood behind the old one is asked, alone, whether that holds for the other; silence moves nothing."""
    keep = Button(text("issues.button_keep"), press("issue.keep", issue.id))
    drop = Button(text("issues.button_drop"), press("issue.drop", issue.id))
    asked = text(
        "issues.ask_keep",
        issue=issue_label(issue),
        into=issue_label(root),
        category=term("category", root.category),
        place=place_of(root),
    )
    for supporter in await issues.supporters(work.tx, issue.id):
        if address := await private_address(work, supporter.id):
            once = f"issue:{issue.id}:keep:{supporter.id}"
            work.say(address, Card(asked, ((keep, drop),)), subject=f"note:{root.id}", once=once)


async def refuse(work: Work, issue: Issue, reason: Reason, words: str) -> None:
    """退回: who raised it reads why, and where else to turn. A candidate simply goes away; "tell us more" ends nothing."""
    rules.require_state(issue, *rules.UNTOUCHED, IssueState.FILED, IssueState.ESCALATED)
    label = issue_label(issue)
    if reason is Reason.SAME:
        raise Refusal("issues.merge_usage", number=issue.number)
    if reason is Reason.NEEDS_MORE:
        await _ask_for_more(work, issue, words)
    elif issue.state is IssueState.CANDIDATE:
        await move(work, issue, IssueState.CANCELLED, note=reason, alert_at=None, due_at=None)
        answer(work, issue, text("issues.candidate_dropped", issue=label))
    else:
        await _tell_refusal(work, issue, reason, words)


async def _ask_for_more(work: Work, issue: Issue, words: str) -> None:
    asked = text(
        "issues.needs_more",
        issue=issue_label(issue),
        number=issue.number,
        words=words or text("issues.needs_more_words"),
    )
    await work.record(IssueChanged(issue.id, "asked"))
    await answer_origins(work, issue, asked, f"more:{work.now.isoformat()}")
    answer(work, issue, text("issues.asked_for_more", issue=issue_label(issue)))


async def _tell_refusal(work: Work, issue: Issue, reason: Reason, words: str) -> None:
    refuser = await work.someone()
    result = f"{reason}:{words}"
    await move(
        work,
        issue,
        IssueState.REFUSED,
        note=reason,
        result=result,
        handler_id=refuser.id,
        due_at=None,
        alert_at=None,
    )
    word = reason_word(reason)
    why = (
        text("issues.word_with_words", word=word, words=mask(words))
        if words and reason is not Reason.OTHER
        else words or word
    )
    told = text(
        "issues.refused", issue=issue_label(issue), why=why, elsewhere=text(f"issues.elsewhere_{reason}")
    )
    await answer_origins(work, issue, told, f"refused:{work.now.isoformat()}")
    answer(work, issue, text("issues.refused_staff", issue=issue_label(issue)))


def tagged_words(issue: Issue) -> str:
    """Which tags an issue has now, or that it has gone away."""
    if issue.state is IssueState.CANCELLED:
        return text("issues.candidate_dropped", issue=issue_label(issue))
    kind = "" if issue.kind is Kind.ISSUE else text("issues.tagged_kind", kind=term("kind", issue.kind))
    said = f"{kind}{term('category', issue.category)} · {term('level', issue.level)}"
    return text("issues.tagged", issue=issue_label(issue), tags=said)
