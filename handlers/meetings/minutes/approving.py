"""The chair's word: exactly this version, with nothing missing, nothing unread and no correction unanswered."""

from dataclasses import replace

from handlers.audience import private_address
from handlers.events import MinutesApproved
from handlers.labels import label
from handlers.meetings.minutes.assembling import facts_of
from handlers.meetings.minutes.gathering import gather
from handlers.meetings.minutes.people import attended, require_chair
from handlers.meetings.minutes.reading_back import unconfirmed
from handlers.meetings.minutes.registry import registry_of
from handlers.meetings.minutes.versions import SETTLED, is_current
from handlers.meetings.minutes.views import tell_here
from handlers.papers.facts import Envelope
from handlers.papers.kept_minutes import KeptMinutes, parse_minutes
from handlers.papers.minutes import minutes_paper
from handlers.papers.model import Edition, Paper, PaperKind
from handlers.papers.required import label as field_label
from handlers.papers.wording import long_moment
from handlers.refusals import Refusal
from handlers.shelf import Order, docx_of, file_paper
from handlers.texts import text
from handlers.work import Work
from storage import minutes, units
from storage.messages import Card, File
from storage.records import CorrectionState, Meeting, Minutes, MinutesState


async def approve(work: Work, meeting: Meeting, version: Minutes) -> None:
    """Approve a version, file it under a number, and tell everybody who was there."""
    await require_chair(work, meeting)
    await _require_ready(work, meeting, version)
    chair = await work.someone()
    kept = parse_minutes(version.body)
    unread = await unconfirmed(work, meeting, kept.promises)
    files = await _file(work, meeting, version, kept)
    await minutes.change(
        work.tx,
        version.id,
        state=MinutesState.APPROVED,
        approved_by=chair.id,
        approved_at=work.now,
    )
    values = {"meeting": label("meeting", meeting), "version": version.version, "name": chair.name}
    await _tell(work, meeting, version, text("minutes.approved_told", **values))
    owners = text("papers.and").join(dict.fromkeys(one.owner for one in unread if one.owner))
    lines = [text("minutes.approved_private" if kept.public is None else "minutes.approved", **values)]
    lines += [text("minutes.unread", names=owners)] if unread else []
    lines += [] if kept.public is None else [text("minutes.then_publish", meeting=values["meeting"])]
    tell_here(work, Card("\n".join(lines), (), files))
    await work.record(MinutesApproved(meeting.id, version.id))


async def _require_ready(work: Work, meeting: Meeting, version: Minutes) -> None:
    """Refuse what is not the last word, or not whole."""
    name = label("meeting", meeting)
    last = await minutes.latest(work.tx, meeting.id)
    assert last is not None
    if version.id != last.id:
        raise Refusal("minutes.not_latest", meeting=name, version=last.version)
    if version.state in SETTLED:
        raise Refusal("minutes.approved_before", meeting=name, version=version.version)
    asked = await minutes.corrections_of(work.tx, meeting.id)
    if still := [str(one.number) for one in asked if one.state is CorrectionState.OPEN]:
        raise Refusal("minutes.corrections_open", meeting=name, numbers=text("papers.and").join(still))
    if not await is_current(work, meeting, version):
        raise Refusal("minutes.changed_since", meeting=name, version=version.version)
    kept = parse_minutes(version.body)
    if kept.gaps:
        raise Refusal("minutes.not_whole", meeting=name, gaps=kept.gaps)
    if version.state is MinutesState.DRAFT and await unconfirmed(work, meeting, kept.promises):
        raise Refusal("minutes.read_back_first", meeting=name)


async def _file(work: Work, meeting: Meeting, version: Minutes, kept: KeptMinutes) -> tuple[File, ...]:
    """The paper under its number. What is private stays with those who met, and gets none."""
    found = await gather(work, meeting, kept.changes, version.made_by)
    if found.private:
        return ()
    approver = await (await registry_of(work, meeting.community_id)).person((await work.someone()).id)
    when = long_moment(work.now, work.settings.zone)
    signatures = (
        (text("minutes.approved_by", when=when), approver),
        (field_label("recorder"), found.recorder),
    )
    before = await minutes.approved(work.tx, meeting.id)
    reasons = [change.words for change in kept.changes if change.field == "reason"]

    def making(envelope: Envelope, edition: Edition) -> Paper:
        return minutes_paper(
            facts_of(found, kept.changes, edition, replace(envelope, signatures=signatures)), edition
        )

    order = Order(
        community=await units.get(work.tx, meeting.community_id),
        subject=f"meeting:{meeting.id}",
        kind=PaperKind.MINUTES,
        making=making,
        reason=(reasons or [text("minutes.new_facts")])[-1] if before else "",
    )
    return (docx_of(await file_paper(work, order)),)


async def _tell(work: Work, meeting: Meeting, version: Minutes, said: str) -> None:
    """Everybody who was there may now read them, and say that they are not right."""
    for member_id in await attended(work, meeting):
        if work.member and member_id == work.member.id:
            continue
        if address := await private_address(work, member_id):
            work.say(address, said, once=f"minutes:{version.id}:approved:{address}")
