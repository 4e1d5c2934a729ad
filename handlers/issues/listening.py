"""What is said without a command: matters in passing, words that belong to one, and messages changed or taken back."""

import re

from handlers.intake.reading import ACTIONABLE
from handlers.issues import reports, rules
from handlers.issues.alike import spoken_of
from handlers.issues.feedback import feed_back
from handlers.issues.filing import Told, remark, told_by_actor
from handlers.issues.lookups import DOERS, on_card
from handlers.issues.neighbour_views import standing
from handlers.issues.reading import hearing
from handlers.issues.telling import answer, unit_of
from handlers.labels import issue_label
from handlers.permissions import holds
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import cards, issues
from storage.messages import Edited, Inbound, Said, Withdrawn
from storage.records import GroupRole, Issue, Kind

routes = Routes()
_PUBLIC = (GroupRole.RESIDENTS, GroupRole.HOUSEHOLD_NOTICE)
_MARKED = re.compile(r"^[#＃/]?报事|[#＃]报事")
_IDLE = (Kind.THANKS, Kind.AD)
_A_FEW_WORDS = 10


@routes.hears(Said)
async def said(work: Work, event: Inbound) -> bool:
    """A message that no command took."""
    content = event.content
    assert isinstance(content, Said)
    if content.reply_to and (issue := await on_card(work, content.reply_to)):
        return await _replied(work, content, issue)
    if not event.private and (work.group is None or work.group.role not in _PUBLIC):
        return False
    if _MARKED.search(content.text):
        words = _MARKED.sub("", content.text, count=1).strip(" :：，,")
        await reports.report(work, await told_by_actor(work, content, words), content)
        return True
    if content.addressed or event.private:
        return await _addressed(work, content)
    return await _in_passing(work, content)


async def _addressed(work: Work, content: Said) -> bool:
    """Said to us: a matter, or a question that a person must answer, is written down; for anything else, not ours."""
    if content.reply_to and await cards.at_message(work.tx, work.event.chat, content.reply_to):
        return False
    found = (await hearing(work)).understood(content.text)
    going_on = await _going_on(work, content)
    if going_on:
        await _belongs(work, going_on, content)
        return True
    if found.resolves and await _resolved(work, content):
        work.answer(text("issues.noted_resolved"))
        return True
    if found.kind not in (*ACTIONABLE, Kind.QUESTION):
        return False
    if found.kind is Kind.QUESTION and work.event.private:
        return False
    await reports.report(work, await told_by_actor(work, content, content.text), content)
    return True


async def _in_passing(work: Work, content: Said) -> bool:
    """Said among neighbours: nobody there hears from us, unless somebody is in danger."""
    going_on = await _going_on(work, content)
    if going_on:
        await _belongs(work, going_on, content)
        return True
    if work.settings.passive != "on" or not content.text.strip():
        return False
    found = (await hearing(work)).understood(content.text)
    if found.resolves:
        return await _resolved(work, content)
    if found.kind not in ACTIONABLE:
        return False
    await reports.notice(work, await told_by_actor(work, content, content.text), content)
    return True


async def _going_on(work: Work, content: Said) -> Issue | None:
    if work.member is None or not (content.text.strip() or content.files or content.location):
        return None
    return await reports.going_on(work, work.member.id, content.text.strip())


async def _belongs(work: Work, issue: Issue, content: Said) -> None:
    assert work.member is not None
    words = content.text.strip()
    await reports.add_to(work, issue, Told(words, work.member, content.message_id, work.group), content)


async def _resolved(work: Work, content: Said) -> bool:
    """A word that something is well again opens nothing: whoever works on the open matter gets to read it."""
    issue = await spoken_of(work, (await work.community()).id, content.text)
    if issue is None:
        return False
    await remark(work, issue, text("issues.said_resolved", words=content.text), (await work.someone()).id)
    return True


async def _replied(work: Work, content: Said, issue: Issue) -> bool:
    """A reply to one of our cards is about its issue."""
    if not (content.text.strip() or content.files or content.location):
        return False
    posted = await cards.at_message(work.tx, work.event.chat, content.reply_to)
    if posted and posted.subject.startswith("order:"):
        await feed_back(work, issue, content.text.strip(), content)
        return True
    public = work.event.private or (work.group is not None and work.group.role in _PUBLIC)
    if public and not await _speaks_for_staff(work, issue):
        return await _neighbour_replied(work, content, issue)
    await _add_remark(work, content, issue)
    return True


async def _speaks_for_staff(work: Work, issue: Issue) -> bool:
    return await holds(work, await unit_of(work, issue), *DOERS)


async def _neighbour_replied(work: Work, content: Said, issue: Issue) -> bool:
    if (await work.community()).id != issue.community_id:
        return False
    found = (await hearing(work)).understood(content.text)
    if content.text and found.kind is Kind.QUESTION:
        answer(
            work,
            issue,
            text("issues.progress", issue=issue_label(issue), standing=await standing(work, issue)),
        )
        return True
    reporter = work.member is not None and work.member.id == issue.reporter_id
    few = found.kind is Kind.CHATTER and len(content.text) <= _A_FEW_WORDS
    idle = (found.kind in _IDLE or few) and not found.resolves
    if not reporter and idle and not content.files:
        return True
    await _add_remark(work, content, issue)
    return True


async def _add_remark(work: Work, content: Said, named: Issue) -> None:
    issue = await issues.root_of(work.tx, named)
    teller = await work.someone()
    if issue.state not in rules.OPEN:
        answer(work, issue, text("issues.over_already", issue=issue_label(issue)))
        return
    told = Told(content.text.strip(), teller, content.message_id, work.group)
    await reports.add_to(work, issue, told, content)
    answer(work, issue, text("issues.added", issue=issue_label(issue)))


@routes.hears(Edited)
async def edited(work: Work, event: Inbound) -> bool:
    """The message that became an issue reads otherwise now."""
    content = event.content
    assert isinstance(content, Edited)
    source = await _source(work, content.message_id)
    if source is None:
        return False
    issue = await issues.root_of(work.tx, source)
    if not content.text.strip() or issue.state not in rules.OPEN:
        return True
    words = _MARKED.sub("", content.text, count=1).strip(" :：，,")
    if issue.id == source.id and issue.state in rules.UNTOUCHED:
        await reports.reword(work, issue, words)
    else:
        await remark(work, issue, text("issues.was_edited", words=words), source.reporter_id)
    return True


@routes.hears(Withdrawn)
async def withdrawn(work: Work, event: Inbound) -> bool:
    """The message that became an issue was taken back."""
    content = event.content
    assert isinstance(content, Withdrawn)
    issue = await _source(work, content.message_id)
    if issue is not None and issue.state in rules.OPEN:
        await reports.withdraw(work, issue)
    return issue is not None


async def _source(work: Work, message_id: str) -> Issue | None:
    if work.event.private:
        return await issues.from_private_message(work.tx, work.member.id, message_id) if work.member else None
    return await issues.from_message(work.tx, work.group.id, message_id) if work.group else None
