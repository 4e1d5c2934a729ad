"""公示 and 实施结果公示: what goes on the board and into the group."""

from handlers.papers.assembling import Content, days, enclose, fields, note, said
from handlers.papers.counted import check_counts, counts_table
from handlers.papers.face import Face, face_of
from handlers.papers.facts import Counted, Deed, NoticeFacts, PastStage, ResultNoticeFacts
from handlers.papers.model import Block, Edition, Heading, Paper, PaperKind, Paragraph, SignatureLines, Table
from handlers.papers.required import demand, label
from handlers.papers.wording import long_day, numbered
from handlers.texts import text


def notice_paper(facts: NoticeFacts, edition: Edition) -> Paper:
    """Assemble a notice. Refusal where required fields are missing, its days reversed or its numbers impossible."""
    demand(PaperKind.NOTICE, facts.envelope, _wanted(facts))
    face = face_of(facts.envelope, facts, edition)
    return _paper(PaperKind.NOTICE, face, facts, _matter(face, facts))


def result_notice_paper(facts: ResultNoticeFacts, edition: Edition) -> Paper:
    """Assemble the notice of what was carried out: promised beside done, signed by those who checked it."""
    wanted = (
        *_wanted(facts.notice),
        (label("deeds"), facts.deeds),
        (label("verified_by"), facts.verified_by),
        (label("opinion"), facts.opinion),
    )
    demand(PaperKind.RESULT_NOTICE, facts.notice.envelope, wanted)
    face = face_of(facts.notice.envelope, facts, edition)
    checked = fields(("verified_by", face.people(facts.verified_by)), ("opinion", face.words(facts.opinion)))
    blocks = [*_matter(face, facts.notice), Heading(label("deeds")), _deeds(face, facts.deeds), checked]
    return _paper(PaperKind.RESULT_NOTICE, face, facts.notice, blocks)


def _wanted(facts: NoticeFacts) -> tuple[tuple[str, object], ...]:
    return (
        (label("title"), facts.title),
        (label("addressed_to"), facts.concerns),
        (label("basis"), facts.basis),
        (label("content"), facts.content),
        (label("stages"), facts.stages),
        (label("objections"), facts.objections),
        (label("objection_way"), facts.objection_way),
        (label("consequence"), facts.consequence),
        (label("posted_at"), facts.posted_at),
        (label("oversight"), facts.oversight),
    )


def _paper(kind: PaperKind, face: Face, facts: NoticeFacts, blocks: list[Block]) -> Paper:
    content = Content(
        title=facts.title,
        addressed_to=facts.concerns,
        period=days(facts.first, facts.last),
        blocks=[*blocks, *_ending(face, facts)],
    )
    return enclose(kind, facts.envelope, face, content)


def _matter(face: Face, facts: NoticeFacts) -> list[Block]:
    head = fields(
        ("notice_sort", text(f"papers.sort_{facts.sort}")),
        ("basis", "\n".join(said(face, facts.basis))),
    )
    content = Paragraph(numbered(said(face, facts.content)))
    return [
        head,
        Heading(label("content")),
        content,
        Heading(label("stages")),
        _stages(face, facts.stages),
        *(_vote(face, facts.counted) if facts.counted else ()),
        fields(
            ("open_points", _lines(face, facts.open_points)),
            ("money", _lines(face, facts.money)),
        ),
    ]


def _stages(face: Face, stages: tuple[PastStage, ...]) -> Table:
    headers = (label("step"), label("day_held"), label("result"))
    rows = tuple((face.words(one.name), long_day(one.day), face.words(one.outcome)) for one in stages)
    return Table(headers, rows, (7, 6, 7))


def _vote(face: Face, found: Counted) -> list[Block]:
    check_counts(found)
    told = fields(
        ("rule", face.words("\n".join(found.rule))),
        ("arithmetic", "\n".join(found.arithmetic)),
        ("result", face.words(found.outcome)),
    )
    return [counts_table(found), told]


def _deeds(face: Face, deeds: tuple[Deed, ...]) -> Table:
    names = ("promise", "owner", "due", "done_on", "result", "money_spent")
    return Table(tuple(map(label, names)), tuple(_deed(face, deed) for deed in deeds), (6, 4, 4, 4, 4, 4))


def _deed(face: Face, deed: Deed) -> tuple[str, ...]:
    done = long_day(deed.done_on) if deed.done_on else text("papers.not_done")
    money = face.words(deed.money) or text("papers.none")
    return (
        face.words(deed.content),
        face.person(deed.owner),
        long_day(deed.due) if deed.due else text("papers.none"),
        done,
        face.words(deed.outcome),
        money,
    )


def _ending(face: Face, facts: NoticeFacts) -> list[Block]:
    length = (facts.last - facts.first).days
    told = fields(
        ("notice_days", text("papers.days_counted", count=length)),
        ("objections", face.contact(facts.objections)),
        ("objection_way", face.words(facts.objection_way)),
        ("consequence", face.words(facts.consequence)),
        ("attachments", _lines(face, facts.attachments)),
        ("posted_at", text("papers.and").join(said(face, facts.posted_at))),
        ("oversight", face.contact(facts.oversight)),
    )
    return [note(face, facts.noted, facts.noted_by), told, SignatureLines((label("seal"),))]


def _lines(face: Face, lines: tuple[str, ...]) -> str:
    kept = said(face, lines)
    return numbered(kept) if kept else ""
