"""征求意见函: asks, leaves room for the answer, and says that silence is no consent."""

from handlers.papers.assembling import Content, days, enclose, fields, note, said
from handlers.papers.face import Face, face_of
from handlers.papers.facts import LetterFacts
from handlers.papers.model import (
    Block,
    CheckRow,
    Edition,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    SignatureLines,
)
from handlers.papers.required import demand, label
from handlers.papers.wording import long_day, numbered
from handlers.texts import text


def letter_paper(facts: LetterFacts, edition: Edition) -> Paper:
    """Assemble the letter with its answer form. Refusal where something required is missing."""
    _demand(facts)
    face = face_of(facts.envelope, facts, edition)
    content = Content(
        title=text("papers.title_letter", about=facts.about),
        addressed_to=facts.to,
        period=days(facts.sent_on, facts.answer_by),
        blocks=_blocks(face, facts),
    )
    return enclose(PaperKind.LETTER, facts.envelope, face, content)


def _demand(facts: LetterFacts) -> None:
    wanted = (
        (label("letter_to"), facts.to),
        (label("letter_about"), facts.about),
        (label("letter_reason"), facts.reason),
        (label("questions"), facts.questions),
    )
    demand(PaperKind.LETTER, facts.envelope, wanted)


def _blocks(face: Face, facts: LetterFacts) -> list[Block]:
    return [
        fields(
            ("letter_about", face.words(facts.about)),
            ("letter_reason", face.words(facts.reason)),
        ),
        Heading(label("questions")),
        Paragraph(numbered(said(face, facts.questions))),
        note(face, facts.noted, facts.noted_by),
        fields(
            ("sent_on", long_day(facts.sent_on)),
            ("reply_by", long_day(facts.answer_by)),
            ("attachments", numbered(said(face, facts.attachments)) if facts.attachments else ""),
            ("copies_to", text("papers.and").join(said(face, facts.copies_to))),
        ),
        Paragraph(text("papers.silence")),
        *_answer_form(),
    ]


def _answer_form() -> list[Block]:
    opinions = (label("agree"), label("reserve"), label("disagree"))
    return [
        Heading(label("answer_form")),
        CheckRow(label("opinion"), opinions),
        SignatureLines((label("answer_facts"), label("answerer"), label("answerer_post"), label("seal"))),
    ]
