"""会议通知."""

from handlers.papers.assembling import Content, days, enclose, fields, said
from handlers.papers.face import Face, face_of
from handlers.papers.facts import AgendaLine, InvitationFacts, Openness, Treatment
from handlers.papers.model import Block, Edition, Heading, Paper, PaperKind, Paragraph, Table
from handlers.papers.required import demand, label
from handlers.papers.wording import long_moment, numbered, stretch
from handlers.texts import text


def invitation_paper(facts: InvitationFacts, edition: Edition) -> Paper:
    """Assemble the notice of a meeting. Refusal where something required is missing, all of it named."""
    _demand(facts)
    face = face_of(facts.envelope, facts, edition)
    day = facts.starts_at.astimezone(facts.envelope.zone).date()
    content = Content(
        title=text("papers.title_invitation", meeting=facts.meeting),
        addressed_to=facts.called,
        period=days(day, day),
        blocks=_blocks(face, facts),
    )
    return enclose(PaperKind.INVITATION, facts.envelope, face, content)


def _demand(facts: InvitationFacts) -> None:
    wanted = (
        (label("meeting"), facts.meeting),
        (label("addressed_to"), facts.called),
        (label("place"), facts.place),
        (label("way"), facts.way),
        (label("convener"), facts.convener),
        (label("agenda"), facts.agenda),
        (label("contact"), facts.contact),
    )
    items = (
        (text("papers.item_lacks", index=index, field=label("topic")), line.title)
        for index, line in enumerate(facts.agenda, start=1)
    )
    demand(PaperKind.INVITATION, facts.envelope, (*wanted, *items))


def _blocks(face: Face, facts: InvitationFacts) -> list[Block]:
    zone = facts.envelope.zone
    where = fields(
        ("time", stretch(facts.starts_at, facts.ends_at, zone)),
        ("place", face.words(facts.place)),
        ("way", face.words(facts.way)),
        ("convener", face.person(facts.convener)),
        ("basis", face.words(facts.basis)),
        ("urgent_because", face.words(facts.urgent_because)),
    )
    after = fields(
        ("materials", numbered(said(face, facts.materials)) if facts.materials else ""),
        ("answer_by", long_moment(facts.answer_by, zone) if facts.answer_by else ""),
        ("contact", face.contact(facts.contact)),
    )
    opening = Paragraph(text("papers.invites", meeting=face.words(facts.meeting)))
    closing = Paragraph(text("papers.please_answer"))
    return [opening, where, Heading(label("agenda")), *_agenda(face, facts.agenda), after, closing]


def _agenda(face: Face, agenda: tuple[AgendaLine, ...]) -> list[Block]:
    hidden = (
        []
        if face.edition is Edition.FULL
        else [line for line in agenda if line.openness is Openness.INTERNAL]
    )
    shown = [line for line in agenda if line not in hidden]
    headers = (label("index"), label("topic"), label("treatment"), label("minutes"))
    rows = tuple(_item(face, index, line) for index, line in enumerate(shown, start=1))
    table = Table(headers, rows, (2, 11, 4, 3))
    return [table, Paragraph(text("papers.internal_items", count=len(hidden)) if hidden else "")]


def _item(face: Face, index: int, line: AgendaLine) -> tuple[str, ...]:
    treatment = label("may_decide" if line.treatment is Treatment.DECIDE else "may_talk")
    minutes = text("moments.minutes", count=line.minutes) if line.minutes else text("papers.none")
    return (str(index), face.words(line.title), treatment, minutes)
