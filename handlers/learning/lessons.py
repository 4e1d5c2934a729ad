"""Each decision of somebody who sorts issues is a lesson: what was understood beside what they found it to be."""

from handlers.events import IssueChanged, IssueMerged, IssueMoved, OfferDeclined
from handlers.intake.hearing import Hearing
from handlers.intake.likeness import SAME, same_matter
from handlers.intake.measuring import YES
from handlers.learning.review import plan
from handlers.routes import Routes
from handlers.work import Work
from storage import issues, lessons
from storage.records import Aspect, Category, Issue, IssueState, Kind, Lesson

routes = Routes()
NO = "no"
_TAKEN_ON = (IssueState.FILED, IssueState.DISPATCHED, IssueState.ESCALATED, IssueState.CONSULT)
_TURNED_AWAY = (IssueState.CANCELLED, IssueState.REFUSED)
_OF_ITSELF = (Aspect.KIND, Aspect.CATEGORY, Aspect.PLACE)
_ADVERTISEMENT = "advertisement"


@routes.on(IssueChanged)
async def corrected(work: Work, event: IssueChanged) -> None:
    """标记, 地点, 拆分: the category, kind or place is another, or there was a second matter."""
    if event.what == "split":
        issue = await issues.get(work.tx, event.issue_id)
        await _learn(work, issue, Aspect.SECOND, YES)
    elif event.what in _OF_ITSELF and work.member:
        issue = await issues.get(work.tx, event.issue_id)
        aspect = Aspect(event.what)
        await _learn(work, issue, aspect, _standing(issue, aspect))


@routes.on(IssueMoved)
async def judged(work: Work, event: IssueMoved) -> None:
    """受理, 派单, 退回, 转调解: what nobody corrected was right, and it was to be taken on or was not."""
    if work.member is None:
        return
    issue = await issues.get(work.tx, event.issue_id)
    if event.state in _TAKEN_ON:
        await _confirm(work, issue)
    elif event.state in _TURNED_AWAY and event.note:
        await _turn_away(work, issue, event.note)
    elif event.state == IssueState.MEDIATE:
        await _learn(work, issue, Aspect.KIND, Kind.DISPUTE)
        await _learn_once(work, issue, Aspect.TAKEN, YES)


@routes.on(IssueMerged)
async def merged(work: Work, event: IssueMerged) -> None:
    """并入: the two are one."""
    if work.member:
        await _pair(work, event.issue_id, event.into, YES)


@routes.on(OfferDeclined)
async def declined(work: Work, event: OfferDeclined) -> None:
    """The two were offered as one and are not."""
    await _pair(work, event.issue_id, event.other, NO)


async def _confirm(work: Work, issue: Issue) -> None:
    for aspect in _OF_ITSELF:
        await _learn_once(work, issue, aspect, _standing(issue, aspect))
    await _learn_once(work, issue, Aspect.TAKEN, YES)
    await _learn_once(work, issue, Aspect.SECOND, NO)


async def _turn_away(work: Work, issue: Issue, reason: str) -> None:
    await _learn(work, issue, Aspect.TAKEN, NO)
    if reason == _ADVERTISEMENT:
        await _learn(work, issue, Aspect.KIND, Kind.AD)
        await _learn(work, issue, Aspect.CATEGORY, Category.NONE)


async def _pair(work: Work, issue_id: int, other_id: int, same: str) -> None:
    issue, other = await issues.get(work.tx, issue_id), await issues.get(work.tx, other_id)
    heard = work.house.hearings.of(issue.community_id)
    likeness = same_matter(heard.reading_of(issue.text), heard.reading_of(other.text))
    thought = YES if likeness.score >= SAME else NO
    await _write(work, issue, Lesson(0, issue.id, other.id, Aspect.SAME, thought, same, work.now))


async def _learn_once(work: Work, issue: Issue, aspect: Aspect, decided: str) -> None:
    """Nothing where a person has spoken about it before."""
    if all(known.aspect is not aspect for known in await lessons.of_issue(work.tx, issue.id)):
        await _learn(work, issue, aspect, decided)


async def _learn(work: Work, issue: Issue, aspect: Aspect, decided: str) -> None:
    thought = _thought(work.house.hearings.of(issue.community_id), issue, aspect)
    await _write(work, issue, Lesson(0, issue.id, None, aspect, thought, decided, work.now))


async def _write(work: Work, issue: Issue, lesson: Lesson) -> None:
    await lessons.add(work.tx, lesson)
    await plan(work, issue.community_id)


def _thought(heard: Hearing, issue: Issue, aspect: Aspect) -> str:
    """What the words of the issue say by themselves."""
    found = heard.understood(issue.text)
    return {
        Aspect.KIND: found.kind.value,
        Aspect.PLACE: found.place.name,
        Aspect.SECOND: YES if found.second else NO,
    }.get(aspect, found.category.value)


def _standing(issue: Issue, aspect: Aspect) -> str:
    """As the issue stands now."""
    return {Aspect.KIND: issue.kind.value, Aspect.CATEGORY: issue.category.value}.get(aspect, issue.place)
