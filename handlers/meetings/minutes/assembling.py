"""From what was gathered and what a person wrote to the facts of a paper; the public edition from the same. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.meetings.minutes.changes import Words, number_of, time_of
from handlers.meetings.minutes.gathered import Gathered, Named
from handlers.meetings.minutes.item_facts import item_facts
from handlers.moments import local_date
from handlers.papers.facts import Envelope, MinutesFacts, Person
from handlers.papers.kept_minutes import Change
from handlers.papers.model import Edition
from handlers.papers.required import label as field_label
from handlers.texts import text
from storage.records import CorrectionState


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which version it is and when it was made; `approved` are roles with who confirmed."""

    version: int
    made_at: datetime
    approved: tuple[tuple[str, Person], ...] = ()


def facts_of(
    found: Gathered, changes: Sequence[Change], edition: Edition, envelope: Envelope
) -> MinutesFacts:
    """The facts of an edition: the public one is without internal items and without a name beside a dissent."""
    words = Words(changes)
    shown = [item for item in found.items if edition is Edition.FULL or not item.internal]
    expected = found.presence.expected
    present = number_of(words.said("present")) or found.presence.present or 0
    return MinutesFacts(
        envelope=replace(envelope, **_people(found.named, edition)),  # type: ignore[arg-type]
        meeting=found.meeting.name,
        sort=found.sort,
        ordinal=found.ordinal,
        starts_at=found.starts_at,
        ends_at=max(
            time_of(words.said("ends"), found.starts_at, found.zone) or found.last_at, found.starts_at
        ),
        place=words.over("place", found.meeting.place),
        way=words.over("way", _way(found)),
        convener=found.convener,
        chair=found.chair,
        recorder=found.recorder,
        expected=expected,
        present=present,
        channels=found.presence.channels,
        leave=found.presence.leave,
        observers=found.presence.observers,
        quorum=_quorum(found, present),
        items=tuple(item_facts(item, words, edition) for item in shown),
        noted="\n".join((*words.lines("noted"), *_corrections(found), *_reasons(changes))),
        next_meeting=words.over("next_meeting", found.next_meeting),
        attachments=(*_sheet(found), *words.lines("attachments")),
        publicity=_publicity(found),
    )


def draft_envelope(found: Gathered, stamp: Stamp) -> Envelope:
    """What stands around a draft: no number yet, and nowhere to check it."""
    return Envelope(
        number=text("minutes.draft_number", meeting=found.label, version=stamp.version),
        issuer=found.issuer,
        dated=local_date(stamp.made_at, found.zone),
        made_at=stamp.made_at,
        zone=found.zone,
        check_url=text("minutes.draft_check"),
        signatures=stamp.approved,
    )


def own_gaps(found: Gathered, changes: Sequence[Change]) -> list[str]:
    """What nobody recorded and nobody wrote, though a record must have it."""
    words = Words(changes)
    gaps = []
    if found.meeting.ended_at is None and not words.said("ends"):
        gaps.append(text("minutes.gap_ends"))
    if found.presence.present is None and not words.said("present"):
        gaps.append(field_label("present"))
    return gaps


def _people(named: Named, edition: Edition) -> dict[str, object]:
    """Who raised a matter stands in no edition; in the record the same person stands as who spoke or promised."""
    spared = named.offices | (named.acting if edition is Edition.FULL else frozenset())
    hidden = tuple(name for name in named.raised if name not in spared and len(name) > 1)
    return {"known": named.known, "complainants": hidden}


def _way(found: Gathered) -> str:
    present = dict(found.presence.channels)
    online = any(name != text("minutes.channel_on_site") for name in present)
    on_site = text("minutes.channel_on_site") in present
    if online or (not present and found.meeting.link):
        return text("minutes.way_mixed" if on_site or not present else "minutes.way_online")
    return text("minutes.way_on_site")


def _quorum(found: Gathered, present: int) -> tuple[str, ...]:
    lines = [
        text(
            "minutes.quorum_met" if present >= least else "minutes.quorum_not_met",
            item=item,
            present=present,
            least=least,
        )
        for item, least in found.quorum
        if least
    ]
    return tuple(lines) or (text("minutes.quorum_none", expected=found.presence.expected, present=present),)


def _sheet(found: Gathered) -> tuple[str, ...]:
    return (text("minutes.sheet"),) if found.presence.listed else ()


def _corrections(found: Gathered) -> list[str]:
    return [
        text(
            f"minutes.correction_{one.state}",
            number=one.number,
            name=who.name,
            text=one.text,
            answer=one.answer,
        )
        for one, who in found.corrections
    ]


def _reasons(changes: Sequence[Change]) -> list[str]:
    return [text("minutes.why_changed", reason=one.words) for one in changes if one.field == "reason"]


def _publicity(found: Gathered) -> str:
    """What may be public, and how often people said it is not right (domain: only their number is told)."""
    if found.private:
        return text("minutes.not_public")
    lines = [text("minutes.publicity")]
    if internal := sum(bool(item.internal) for item in found.items):
        lines.append(text("papers.internal_items", count=internal))
    if asked := [one for one, _ in found.corrections]:
        answered = [one for one in asked if one.state is not CorrectionState.OPEN]
        taken = [one for one in asked if one.state is CorrectionState.TAKEN]
        lines.append(text("minutes.counted", asked=len(asked), answered=len(answered), taken=len(taken)))
    return "".join(lines)
