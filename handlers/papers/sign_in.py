"""签到表: for the quorum of a lawful meeting, and never public."""

from handlers.papers.assembling import Content, days, enclose, fields, kept_inside
from handlers.papers.cleaning import clean
from handlers.papers.face import Face, face_of
from handlers.papers.facts import Attendee, Side, SignInFacts
from handlers.papers.model import Block, Edition, Heading, Paper, PaperKind, Paragraph, SignatureLines, Table
from handlers.papers.required import demand, label
from handlers.papers.wording import long_moment
from handlers.texts import text


def sign_in_paper(facts: SignInFacts, edition: Edition) -> Paper:
    """Assemble the sheet, one numbered line per person; Refusal for a public edition or a missing field."""
    kept_inside(PaperKind.SIGN_IN, edition)
    _demand(facts)
    face = face_of(facts.envelope, facts, edition)
    day = facts.starts_at.astimezone(facts.envelope.zone).date()
    content = Content(
        title=text("papers.title_sign_in", meeting=facts.meeting),
        period=days(day, day),
        blocks=_blocks(face, facts),
    )
    return enclose(PaperKind.SIGN_IN, facts.envelope, face, content)


def _demand(facts: SignInFacts) -> None:
    wanted = (
        (label("meeting"), facts.meeting),
        (label("place"), facts.place),
        (label("roll"), tuple(one for one in facts.roll if one.side is Side.MEMBER)),
    )
    names = (
        (text("papers.item_lacks", index=index, field=label("name")), one.person)
        for index, one in enumerate(facts.roll, start=1)
    )
    demand(PaperKind.SIGN_IN, facts.envelope, (*wanted, *names))


def _blocks(face: Face, facts: SignInFacts) -> list[Block]:
    members = [one for one in facts.roll if one.side is Side.MEMBER]
    observers = [one for one in facts.roll if one.side is Side.OBSERVER]
    blocks: list[Block] = [
        fields(
            ("time", long_moment(facts.starts_at, facts.envelope.zone)),
            ("place", face.words(facts.place)),
            ("roll", text("rules.amount_heads", amount=len(members))),
        ),
        Paragraph(text("papers.sign_in_serves")),
        _sheet(face, members, 0),
    ]
    if observers or facts.spare:
        blocks += [Heading(label("observers")), _sheet(face, observers, facts.spare)]
    return [*blocks, SignatureLines((label("present_at_start"), label("recorder")))]


def _sheet(face: Face, people: list[Attendee], spare: int) -> Table:
    headers = tuple(
        label(name) for name in ("index", "name", "door_or_post", "signature", "arrived", "remark")
    )
    rows = [_line(face, index, one) for index, one in enumerate(people, start=1)]
    rows += [(str(index), "", "", "", "", "") for index in range(len(people) + 1, len(people) + spare + 1)]
    return Table(headers, tuple(rows), (3, 6, 7, 8, 5, 6))


def _line(face: Face, index: int, one: Attendee) -> tuple[str, ...]:
    where = face.words(one.person.post) or face.door(one.person.door)
    return (str(index), clean(one.person.name), where, "", "", face.words(one.remark))
