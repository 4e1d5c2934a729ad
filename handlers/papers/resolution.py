"""决议书."""

from handlers.papers.assembling import Content, days, enclose, fields, promises
from handlers.papers.counted import check_counts, counts_table
from handlers.papers.face import Face, face_of
from handlers.papers.facts import ResolutionFacts, Step
from handlers.papers.model import Block, Edition, Heading, Paper, PaperKind, Paragraph, SignatureLines, Table
from handlers.papers.required import demand, label
from handlers.papers.wording import long_day
from handlers.texts import text


def resolution_paper(facts: ResolutionFacts, edition: Edition) -> Paper:
    """Assemble the resolution. Refusal where fields are missing or its numbers cannot be."""
    _demand(facts)
    check_counts(facts.counted)
    face = face_of(facts.envelope, facts, edition)
    content = Content(
        title=text("papers.title_resolution", matter=facts.matter),
        period=days(facts.held_on, max(facts.held_on, facts.effective)),
        blocks=_blocks(face, facts),
    )
    return enclose(PaperKind.RESOLUTION, facts.envelope, face, content)


def _demand(facts: ResolutionFacts) -> None:
    wanted = (
        (label("matter"), facts.matter),
        (label("content"), facts.content),
        (label("meeting"), facts.meeting),
        (label("counts"), facts.counted.counts),
        (label("rule"), facts.counted.rule),
        (label("result"), facts.counted.outcome),
        (label("executors"), facts.executors),
        (label("funding"), facts.funding),
        (label("overseer"), facts.overseer),
        (label("remedy"), facts.remedy),
        (label("signers"), facts.signers),
    )
    demand(PaperKind.RESOLUTION, facts.envelope, wanted)


def _blocks(face: Face, facts: ResolutionFacts) -> list[Block]:
    tables = (
        promises(face, "condition", facts.conditions),
        promises(face, "execution", facts.executors),
        _steps(face, facts.steps),
    )
    end = fields(
        ("funding", face.words(facts.funding)),
        ("overseer", face.person(facts.overseer)),
        ("effective", long_day(facts.effective)),
        ("publicity_done", face.words(facts.publicity)),
        ("overseers_opinion", face.words(facts.overseers_opinion)),
        ("remedy", face.words(facts.remedy)),
    )
    signers = SignatureLines((*(face.words(signer) for signer in facts.signers), label("seal")))
    return [*_decision(face, facts), *(table for table in tables if table), end, signers]


def _decision(face: Face, facts: ResolutionFacts) -> list[Block]:
    meeting = text("papers.meeting_on", meeting=face.words(facts.meeting), day=long_day(facts.held_on))
    return [
        fields(("matter", face.words(facts.matter)), ("meeting", meeting)),
        Heading(label("content")),
        Paragraph(face.words(facts.content)),
        Heading(label("counts")),
        counts_table(facts.counted),
        fields(
            ("rule", face.words("\n".join(facts.counted.rule))),
            ("arithmetic", "\n".join(facts.counted.arithmetic)),
            ("result", face.words(facts.counted.outcome)),
        ),
    ]


def _steps(face: Face, steps: tuple[Step, ...]) -> Table | None:
    if not steps:
        return None
    names = ("step", "day_held", "form", "expected", "present", "content")
    return Table(tuple(map(label, names)), tuple(_step(face, step) for step in steps), (5, 5, 4, 3, 3, 6))


def _step(face: Face, step: Step) -> tuple[str, ...]:
    words = (face.words(step.name), long_day(step.day), face.words(step.form))
    return (*words, str(step.expected), str(step.present), face.words(step.content))
