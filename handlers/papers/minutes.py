"""会议记录 in full and 会议纪要 in public: the same facts, and who said what only in the first."""

from handlers.papers.assembling import Content, days, enclose, fields, note, said
from handlers.papers.cleaning import clean
from handlers.papers.counted import check_counts
from handlers.papers.face import Face, face_of
from handlers.papers.facts import MinutesFacts, MinutesItem
from handlers.papers.minutes_item import item_blocks
from handlers.papers.model import Block, Edition, Paper, PaperKind, SignatureLines
from handlers.papers.required import demand, label
from handlers.papers.wording import kind_name, numbered, stretch
from handlers.refusals import Refusal
from handlers.texts import text


def minutes_paper(facts: MinutesFacts, edition: Edition) -> Paper:
    """Assemble the record or, from the same facts, the public minutes. Refusal where a required field is missing."""
    _demand(facts)
    return draft_of_minutes(facts, edition)


def minutes_gaps(facts: MinutesFacts) -> str:
    """The required fields that are still empty, as they are printed; "" for none."""
    try:
        _demand(facts)
    except Refusal as no:
        return str(no.values["fields"])
    return ""


def draft_of_minutes(facts: MinutesFacts, edition: Edition) -> Paper:
    """The same with whatever is there so far. Refusal for numbers that cannot be."""
    _check(facts)
    face = face_of(facts.envelope, facts, edition)
    zone = facts.envelope.zone
    name = kind_name(PaperKind.MINUTES, edition)
    content = Content(
        title=_title(facts.meeting, name),
        period=days(facts.starts_at.astimezone(zone).date(), facts.ends_at.astimezone(zone).date()),
        blocks=_blocks(face, facts),
    )
    return enclose(PaperKind.MINUTES, facts.envelope, face, content)


def _title(meeting: str, kind: str) -> str:
    """居民代表会议 and 会议纪要 share their 会议."""
    shared = kind[:2]
    return text("papers.title_minutes", meeting=clean(meeting).removesuffix(shared), kind=kind)


def _demand(facts: MinutesFacts) -> None:
    wanted = (
        (label("meeting"), facts.meeting),
        (label("sort"), facts.sort),
        (label("place"), facts.place),
        (label("way"), facts.way),
        (label("convener"), facts.convener),
        (label("chair"), facts.chair),
        (label("recorder"), facts.recorder),
        (label("quorum"), facts.quorum),
        (label("topic"), facts.items),
        (label("publicity"), facts.publicity),
    )
    items = (
        (text("papers.item_lacks", index=index, field=label(name)), value)
        for index, item in enumerate(facts.items, start=1)
        for name, value in _wanted_of(item)
    )
    demand(PaperKind.MINUTES, facts.envelope, (*wanted, *items))


def _wanted_of(item: MinutesItem) -> list[tuple[str, object]]:
    wanted: list[tuple[str, object]] = [("topic", item.title), ("result", item.result)]
    if item.counted:
        wanted.append(("vote_way", item.way))
    for promise in item.promises:
        wanted += [("promise", promise.content), ("owner", promise.owner), ("due", promise.due)]
    return wanted


def _check(facts: MinutesFacts) -> None:
    if not 0 <= facts.present <= facts.expected:
        raise Refusal("papers.counts_disagree", measures=text("rules.measure_heads"))
    for item in facts.items:
        if item.counted:
            check_counts(item.counted)


def _blocks(face: Face, facts: MinutesFacts) -> list[Block]:
    blocks: list[Block] = [_head(face, facts), _presence(face, facts)]
    for index, item in enumerate(facts.items, start=1):
        blocks += item_blocks(face, index, item)
    if face.edition is Edition.FULL:
        blocks.append(note(face, facts.noted, facts.recorder))
    end = fields(
        ("next_meeting", face.words(facts.next_meeting)),
        ("attachments", _attachments(face, facts)),
        ("publicity", face.words(facts.publicity)),
    )
    return [*blocks, end, _signatures(face)]


def _head(face: Face, facts: MinutesFacts) -> Block:
    return fields(
        ("sort", face.words(facts.sort)),
        ("ordinal", text("papers.ordinal_value", number=facts.ordinal) if facts.ordinal else ""),
        ("time", stretch(facts.starts_at, facts.ends_at, facts.envelope.zone)),
        ("place", face.words(facts.place)),
        ("way", face.words(facts.way)),
        ("convener", face.person(facts.convener)),
        ("chair", face.person(facts.chair)),
        ("recorder", face.person(facts.recorder)),
    )


def _presence(face: Face, facts: MinutesFacts) -> Block:
    channels = (text("papers.channel_value", name=name, count=count) for name, count in facts.channels)
    observers = face.people(facts.observers) or text("papers.none")
    return fields(
        ("expected", _heads(facts.expected)),
        ("present", _heads(facts.present)),
        ("channels", face.words(text("papers.comma").join(channels))),
        ("leave", _leave(face, facts)),
        ("observers", observers),
        ("quorum", "\n".join(face.words(line) for line in facts.quorum)),
    )


def _leave(face: Face, facts: MinutesFacts) -> str:
    """Names with reasons in the record; in public how many, since a reason is a household's own."""
    if not facts.leave or face.edition is Edition.PUBLIC:
        return _heads(len(facts.leave))
    return text("papers.and").join(
        text("papers.leave_value", name=face.person(person), reason=face.words(reason) or text("papers.none"))
        for person, reason in facts.leave
    )


def _attachments(face: Face, facts: MinutesFacts) -> str:
    lines = said(face, facts.attachments)
    return numbered(lines) if lines else ""


def _signatures(face: Face) -> SignatureLines:
    attendants = () if face.edition is Edition.PUBLIC else (label("attendants"),)
    return SignatureLines((label("chair"), label("recorder"), *attendants))


def _heads(count: int) -> str:
    return text("rules.amount_heads", amount=count)
