"""表决票: one question, what spoils it, and where its code can be looked up. Never public."""

from handlers.papers.assembling import Content, days, enclose, fields, kept_inside
from handlers.papers.cleaning import clean
from handlers.papers.face import Face, face_of
from handlers.papers.facts import Asking, BallotFacts, Voter
from handlers.papers.model import Block, CheckRow, Edition, Paper, PaperKind, Paragraph, SignatureLines
from handlers.papers.required import demand, label
from handlers.papers.wording import amount, long_moment
from handlers.refusals import Refusal
from handlers.rules.rule import Measure
from handlers.texts import term, text


def ballot_paper(facts: BallotFacts, edition: Edition) -> Paper:
    """Assemble one ballot. Refusal for a public edition, a missing field, or fewer than one thing to choose."""
    kept_inside(PaperKind.BALLOT, edition)
    _demand(facts)
    face = face_of(facts.envelope, facts, edition)
    zone = facts.envelope.zone
    content = Content(
        title=text("papers.title_ballot", meeting=facts.meeting),
        period=days(facts.opens_at.astimezone(zone).date(), facts.closes_at.astimezone(zone).date()),
        blocks=_blocks(face, facts),
        code=facts.code,
    )
    return enclose(PaperKind.BALLOT, facts.envelope, face, content)


def _demand(facts: BallotFacts) -> None:
    wanted: list[tuple[str, object]] = [
        (label("meeting"), facts.meeting),
        (label("question"), facts.question),
        (label("hint"), facts.rule),
        (label("voter"), facts.voter.name or facts.voter.door),
        (label("return_way"), facts.return_way),
    ]
    if facts.voter.area is not None:
        wanted += [(label("door"), facts.voter.door), (label("weight"), facts.voter.weight)]
    if facts.asking is Asking.CHOOSING:
        wanted.append((label("options"), facts.options))
    demand(PaperKind.BALLOT, facts.envelope, wanted)
    if len(set(facts.options)) < len(facts.options):
        raise Refusal("papers.same_option_twice")


def _blocks(face: Face, facts: BallotFacts) -> list[Block]:
    hint = "\n".join(face.words(line) for line in facts.rule)
    validity = label("one_mark" if facts.asking is Asking.YES_NO else "one_choice")
    return [
        fields(("question", face.words(facts.question))),
        CheckRow(label("options"), _options(face, facts)),
        Paragraph(validity),
        fields(
            *_voter(face, facts.voter),
            ("hint", hint),
            ("deadline", long_moment(facts.closes_at, facts.envelope.zone)),
            ("return_way", face.words(facts.return_way)),
            ("proxy", face.words(facts.proxy)),
        ),
        SignatureLines((label("proxy_signature" if facts.proxy else "own_signature"), label("signed_on"))),
    ]


def _options(face: Face, facts: BallotFacts) -> tuple[str, ...]:
    """Yes, no, abstain; or the names with none of them at the end: a ballot without it has been taken to court."""
    if facts.asking is Asking.YES_NO:
        return tuple(term("choice", choice) for choice in ("for", "against", "abstain"))
    none = label("none_of_them")
    named = tuple(face.words(option) for option in facts.options)
    return (*(option for option in named if option != none), none, term("choice", "abstain"))


def _voter(face: Face, voter: Voter) -> tuple[tuple[str, str], ...]:
    area = amount(Measure.AREA, voter.area) if voter.area is not None else ""
    return (
        ("name", clean(voter.name)),
        ("door", face.door(voter.door)),
        ("area", area),
        ("weight", face.words(voter.weight)),
    )
