"""Was it said before? Open and recent issues of the community compared with a new one."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.events import OfferDeclined
from handlers.intake import ending
from handlers.intake.likeness import SAME, same_matter
from handlers.issues import rules
from handlers.issues.reading import hearing, hearing_of
from handlers.work import Work
from storage import issues
from storage.issues import OVER
from storage.records import Issue, IssueState

MEMORY = timedelta(days=30)
_COMPARED = 400
_OWN = 20
_LOOKED_AT = 5
# Of what weighs less than a tenth of no matter at all it is not even looked up whether it is open.
_FAINT = 40.0
_GONE = frozenset({IssueState.CANCELLED, IssueState.MEDIATE})


@dataclass(frozen=True, slots=True)
class Near:
    """An issue that is probably the same matter, and how alike (0..1)."""

    issue: Issue
    score: float


async def alike(work: Work, issue: Issue, most: int = 2) -> list[Near]:
    """Issues that are probably the same matter as this one by what was said in the last month, the likeliest first.

    What became part of another counts as other words for that one.
    """
    heard = hearing_of(work, issue.community_id)
    mine, own = heard.reading_of(issue.text), await issues.root_of(work.tx, issue)
    scores = [
        (same_matter(mine, heard.reading_of(words)).score, -key)
        for key, words in await _recent(work, issue.community_id)
    ]
    found: dict[int, Near] = {}
    for score, key in sorted((score for score in scores if score[0] >= SAME), reverse=True):
        root = await issues.root_of(work.tx, await issues.get(work.tx, -key))
        if root.id != own.id and root.state not in _GONE:
            found.setdefault(root.id, Near(root, score))
        if len(found) == most:
            break
    return list(found.values())


async def open_alike(work: Work, issue: Issue) -> Near | None:
    """The likeliest of those that are still being worked on, were raised before, and may be shown to neighbours."""
    for near in await alike(work, issue, most=_LOOKED_AT):
        other = near.issue
        known = other.state not in OVER and other.state is not IssueState.CANDIDATE
        if known and other.id < issue.id and rules.may_be_public(other):
            return near
    return None


async def decline_offers(work: Work, issue: Issue) -> None:
    """A person takes it on by itself: what its card had offered it to be part of, it is no part of."""
    if issue.state not in rules.UNTOUCHED:
        return
    for near in await alike(work, issue):
        if near.issue.state not in OVER:
            await work.record(OfferDeclined(issue.id, near.issue.id))


async def own_alike(work: Work, member_id: int, words: str) -> Issue | None:
    """Somebody's own open matter that they speak of again."""
    heard = await hearing(work)
    mine = heard.reading_of(words)
    for own in await issues.of_reporter(work.tx, member_id, _OWN):
        known = own.state not in OVER and own.filed_at >= work.now - MEMORY
        if known and same_matter(mine, heard.reading_of(own.text)).score >= SAME:
            return own
    return None


async def spoken_of(work: Work, community_id: int, words: str) -> Issue | None:
    """The open issue whose end a message tells of ("电梯好了"), where one is plainly meant."""
    heard = hearing_of(work, community_id)
    recent = [(key, heard.reading_of(text)) for key, text in await _recent(work, community_id)]
    weights = ending.weights(heard.reading_of(words), recent)
    told: dict[int, float] = {}
    for key in (key for key, weight in weights.items() if weight > _FAINT):
        issue = await issues.root_of(work.tx, await issues.get(work.tx, key))
        if issue.state not in OVER:
            told[issue.id] = told.get(issue.id, 0.0) + weights[key]
    meant = ending.meant(told, besides=sum(weight for weight in weights.values() if weight <= _FAINT))
    return await issues.get(work.tx, meant) if meant else None


async def _recent(work: Work, community_id: int) -> list[tuple[int, str]]:
    return await issues.recent_texts(work.tx, community_id, work.now - MEMORY, _COMPARED)
