"""Publishing: what everybody will read is shown first, word for word, and goes out when a person presses 公开."""

from handlers.audience import publication_groups
from handlers.events import MinutesPublished
from handlers.labels import label
from handlers.meetings.minutes.gathering import chair_of
from handlers.meetings.minutes.versions import SETTLED
from handlers.meetings.minutes.views import tell_here
from handlers.papers.kept_minutes import parse_minutes
from handlers.papers.lines import what_is_public
from handlers.papers.model import Edition, Paper, PaperKind
from handlers.papers.stored import parse_filed
from handlers.permissions import DESK, holds
from handlers.refusals import Refusal
from handlers.routes import press
from handlers.shelf import docx_of
from handlers.texts import term, text
from handlers.work import Work
from storage import groups, meetings, minutes, papers, units
from storage.groups import address_of
from storage.messages import Address, Button, Card
from storage.records import GroupRole, Meeting, Minutes, MinutesState, StoredPaper


async def preview(work: Work, meeting: Meeting) -> None:
    """Show who is to approve it exactly what will be public, and where."""
    version = await _publishable(work, meeting)
    stored, public = await _paper(work, meeting)
    places = await _places(work, meeting)
    lines = [
        text("minutes.will_be_public", meeting=label("meeting", meeting), places=await _named(work, places)),
        *what_is_public(public),
    ]
    buttons = (
        Button(text("minutes.publish_button"), press("minutes.publish", version.id)),
        Button(text("minutes.hold_button"), press("minutes.hold", version.id)),
    )
    work.answer(Card("\n".join(lines), (buttons,), (docx_of(stored, Edition.PUBLIC),)))


async def publish(work: Work, meeting: Meeting, version: Minutes) -> None:
    """Post the public edition, once in each place."""
    last = await _publishable(work, meeting)
    if last.id != version.id:
        raise Refusal("minutes.not_latest", meeting=label("meeting", meeting), version=last.version)
    stored, public = await _paper(work, meeting)
    places = await _places(work, meeting)
    corrected = any(
        one.state is MinutesState.PUBLISHED for one in await minutes.versions(work.tx, meeting.id)
    )
    member = await work.someone()
    await minutes.change(work.tx, version.id, state=MinutesState.PUBLISHED)
    await papers.approve(work.tx, stored.id, member.id, work.now)
    head = [_correction(version)] if corrected else []
    said = Card("\n".join([*head, *what_is_public(public)]), (), (docx_of(stored, Edition.PUBLIC),))
    for place in places:
        work.say(
            place, said, subject=f"meeting_news:{meeting.id}", once=f"minutes:{version.id}:public:{place}"
        )
    done = text("minutes.published", meeting=label("meeting", meeting), count=len(places), name=member.name)
    tell_here(work, Card(done))
    await work.record(MinutesPublished(meeting.id, version.id))


def _correction(version: Minutes) -> str:
    """That this stands instead of what was published before, and why."""
    reasons = [one.words for one in parse_minutes(version.body).changes if one.field == "reason"]
    return text("minutes.correction_head", reason=(reasons or [text("minutes.new_facts")])[-1])


async def _publishable(work: Work, meeting: Meeting) -> Minutes:
    """The version that may be published now, by who acts."""
    mine = work.member.id if work.member else 0
    community = await units.get(work.tx, meeting.community_id)
    if mine != chair_of(meeting) and not await holds(work, community, *DESK):
        raise Refusal("members.not_your_role", roles=text("minutes.publishers"))
    name = label("meeting", meeting)
    last = await minutes.latest(work.tx, meeting.id)
    if last is None or last.state not in SETTLED:
        raise Refusal("minutes.approve_first", meeting=name)
    if parse_minutes(last.body).public is None:
        raise Refusal("minutes.never_public")
    if last.state is MinutesState.PUBLISHED:
        raise Refusal("minutes.published_before", meeting=name)
    return last


async def _paper(work: Work, meeting: Meeting) -> tuple[StoredPaper, Paper]:
    """The paper as it was filed when the chair approved it, and its public edition."""
    stored = await papers.newest_about(
        work.tx, meeting.community_id, f"meeting:{meeting.id}", PaperKind.MINUTES
    )
    public = parse_filed(stored.body).public if stored else None
    if stored is None or public is None:
        raise Refusal("minutes.approve_first", meeting=label("meeting", meeting))
    return stored, public


async def _places(work: Work, meeting: Meeting) -> list[Address]:
    """The community's boards and every group that raised one of the open items; each once."""
    community = await units.get(work.tx, meeting.community_id)
    found: dict[Address, None] = {}
    for row in await meetings.agenda_of(work.tx, meeting.id):
        if row.topic_id and not row.internal:
            found.update(dict.fromkeys(await publication_groups(work, row.topic_id, community)))
    boards = await groups.below(work.tx, community, GroupRole.HOUSEHOLD_NOTICE)
    found.update(dict.fromkeys(address_of(board) for board in boards))
    if not found:
        raise Refusal("notices.no_group")
    return list(found)


async def _named(work: Work, places: list[Address]) -> str:
    bound = [await groups.at(work.tx, place) for place in places]
    names = [term("group", one.role) for one in bound if one]
    return text("papers.and").join(dict.fromkeys(names))
