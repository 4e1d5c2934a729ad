"""How far an issue has come, for whoever asks: what it is, every step with its day, and where it stands."""

import json

from handlers.events import IssueMerged, IssueMoved, IssueReported
from handlers.issues import rules
from handlers.issues.lookups import DOERS
from handlers.issues.neighbour_views import standing
from handlers.issues.telling import unit_of
from handlers.issues.wording import public_title, when
from handlers.labels import issue_label
from handlers.permissions import holds
from handlers.texts import term, text
from handlers.work import Work
from storage import issues, journal
from storage.records import Entry, Issue, IssueState

_STEPS = {IssueReported.__name__, IssueMoved.__name__, IssueMerged.__name__}


async def progress(work: Work, issue: Issue) -> str:
    """The path of an issue so far. Of a private matter only that it is private, except to those it concerns."""
    label = issue_label(issue)
    if not await _may_read(work, issue):
        return text("issues.progress_private", issue=label)
    lines = [text("issues.progress_head", issue=label, title=public_title(issue))]
    steps = [
        _step(work, entry)
        for entry in await journal.of(work.tx, f"issue:{issue.id}")
        if entry.event in _STEPS
    ]
    lines += dict.fromkeys(steps)
    return "\n".join([*lines, await standing(work, issue)])


async def _may_read(work: Work, issue: Issue) -> bool:
    """In a group nobody reads a private matter; alone, who raised it and those who work on it do."""
    hidden = (
        not rules.may_be_public(issue) or (await issues.root_of(work.tx, issue)).state is IssueState.MEDIATE
    )
    if not hidden and issue.state is not IssueState.CANDIDATE:
        return True
    own = work.member is not None and work.member.id == issue.reporter_id
    return work.event.private and (own or await holds(work, await unit_of(work, issue), *DOERS))


def _step(work: Work, entry: Entry) -> str:
    state = json.loads(entry.detail).get("state", IssueState.MERGED)
    said = when(entry.at, work.now, work.settings.zone)
    return text("issues.progress_step", when=said, state=term("issue_state", state))
