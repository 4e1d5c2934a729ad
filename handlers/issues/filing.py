"""A matter is written down: understood, numbered, shown to the grid, and rung out when somebody is in danger."""

from dataclasses import dataclass

from handlers.events import IssueChanged, IssueReported
from handlers.intake.masking import mask
from handlers.intake.places import Place
from handlers.intake.reading import ACTIONABLE, Understanding
from handlers.issues.alarm import ring_first, ring_out
from handlers.issues.choices import limits
from handlers.issues.grid_views import LOCATION, grid_card
from handlers.issues.reading import hearing_of
from handlers.issues.telling import crew, desk, redraw, ring_all, tell_all
from handlers.labels import issue_label
from handlers.moments import local_date
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import issues, members, remarks, units
from storage.messages import Card, File, Location, Said, Sender, Urgency
from storage.records import (
    Attachment,
    Group,
    Holding,
    Identity,
    Issue,
    IssueState,
    Kind,
    Level,
    Member,
    Remark,
    Role,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told us, where, and in which message."""

    words: str
    reporter: Member
    message_id: str
    group: Group | None
    files: tuple[File, ...] = ()
    location: Location | None = None


def words_of(said: Said, rest: str) -> str:
    """What was said, or a word for what was sent without any. Refusal when there is nothing at all."""
    if rest.strip():
        return rest.strip()
    if said.files or said.location:
        return text("issues.only_files")
    raise Refusal("issues.report_usage")


async def told_by_actor(work: Work, said: Said, rest: str) -> Told:
    """What who acts has told us just now."""
    words = words_of(said, rest)
    reporter = await work.someone()
    return Told(words, reporter, said.message_id, work.group, said.files, said.location)


async def told_by_other(work: Work, said: Said) -> Told:
    """What somebody else had said, whom a reply 报事 quotes; whoever pointed at it, when the platform does not tell."""
    reporter = await _met(work, said.quoted_sender) if said.quoted_sender else await work.someone()
    return Told(said.quoted.strip(), reporter, said.reply_to, work.group, said.files, said.location)


async def _met(work: Work, sender: Sender) -> Member:
    """Whose account it is; somebody new in a bound group becomes its resident."""
    known = await members.by_account(work.tx, work.event.platform, sender.account)
    if known:
        return known
    unit, community = await work.unit(), await work.community()
    met = await members.add(work.tx, members.newcomer(community.id, unit.id, sender.name, work.now))
    await members.hold(work.tx, Holding(met.id, Role.RESIDENT, unit.id))
    await members.know(work.tx, Identity(work.event.platform, sender.account, met.id, sender.name, ""))
    return met


async def file_issue(work: Work, told: Told, state: IssueState) -> Issue:
    """Write a matter down as `state` (reported or candidate), show it to the grid, and ring when there is danger."""
    community = await work.community()
    found = hearing_of(work, community.id).understood(told.words)
    year = local_date(work.now, work.settings.zone).year
    number = await units.next_number(work.tx, community.id, "issue", year)
    unit = await unit_at(work, community, found.place) or await work.unit()
    issue = await issues.add(work.tx, _issue(work, told, found, (community, unit, year, number), state))
    await attach(work, issue, told.files, told.location)
    await work.record(IssueReported(issue.id, state))
    if issue.level is Level.U0:
        issue = await ring_first(work, issue)
    await show_to_grid(work, issue)
    return issue


def _issue(
    work: Work, told: Told, found: Understanding, place: tuple[Unit, Unit, int, int], state: IssueState
) -> Issue:
    community, unit, year, number = place
    level = found.urgency.level
    return Issue(
        id=0,
        community_id=community.id,
        year=year,
        number=number,
        state=state,
        kind=found.kind if found.kind in (*ACTIONABLE, Kind.QUESTION) else Kind.ISSUE,
        category=found.category,
        level=level,
        place=found.place.name,
        text=told.words,
        reason=found.why,
        reporter_id=told.reporter.id,
        group_id=told.group.id if told.group else None,
        message_id=told.message_id,
        filed_at=work.now,
        unit_id=unit.id,
        handler_id=None,
        party="",
        due_at=work.now + limits(level).accept if state is IssueState.REPORTED else None,
        alert_at=None,
        merged_into=None,
        result="",
        closed_at=None,
    )


async def unit_at(work: Work, community: Unit, place: Place) -> Unit | None:
    """The unit of the community that is called like the place: its entrance, else its building."""
    for name in dict.fromkeys((f"{place.building}{place.unit}", place.building)):
        for unit in await units.named(work.tx, name) if name else ():
            if units.holds(community, unit):
                return unit
    return None


async def show_to_grid(work: Work, issue: Issue, key: str = "card") -> None:
    """Put the card before those who sort, once in each place; danger does not wait for the morning."""
    urgency = Urgency.NOW if issue.level is Level.U0 else Urgency.NOTICE
    card, people = await grid_card(work, issue), await crew(work, issue) if issue.level is Level.U0 else []
    places = await desk(work, issue)
    await ring_all(work, places, card, people, subject=f"issue:{issue.id}", key=key, urgency=urgency)


async def attach(work: Work, issue: Issue, files: tuple[File, ...], location: Location | None) -> None:
    """Keep photos and places with the issue."""
    subject, platform = f"issue:{issue.id}", work.event.platform
    for file in files:
        await issues.attach(work.tx, Attachment(0, subject, platform, file.kind, file.ref, file.name))
    if location:
        ref = f"{location.latitude},{location.longitude}"
        await issues.attach(work.tx, Attachment(0, subject, platform, LOCATION, ref, ""))


async def retell(work: Work, issue: Issue, words: str) -> Issue:
    """The issue reads otherwise now. It may turn out more urgent than it was, never less."""
    found = hearing_of(work, issue.community_id).understood(words)
    more_urgent = min(issue.level, found.urgency.level)
    await issues.change(
        work.tx,
        issue.id,
        text=words,
        reason=found.why,
        place=found.place.name or issue.place,
        category=found.category if found.kind in ACTIONABLE else issue.category,
        level=more_urgent,
    )
    await work.record(IssueChanged(issue.id, "text", mask(issue.text)))
    changed = await issues.get(work.tx, issue.id)
    if changed.level is Level.U0 and issue.level is not Level.U0:
        changed = await ring_out(work, changed)
    redraw(work, issue.id)
    return changed


async def remark(work: Work, issue: Issue, words: str, member_id: int | None) -> None:
    """Words for whoever works on the issue: on the grid's card and in the journal."""
    await remarks.add(work.tx, Remark(0, issue.id, member_id, words, work.now))
    await work.record(IssueChanged(issue.id, "remark"))
    redraw(work, issue.id)


async def send_files_on(work: Work, issue: Issue, said: Said) -> None:
    """Photos that come after the card are kept, and shown to the grid in a message of their own."""
    await attach(work, issue, said.files, said.location)
    if said.files or said.location:
        card = Card(text("issues.more_files", issue=issue_label(issue)), (), said.files, said.location)
        tell_all(work, await desk(work, issue), card, subject=f"files:{issue.id}", key=said.message_id)
