"""Reading one message: kind, category, place, urgency, a second matter, and why we think so."""

from dataclasses import dataclass

from handlers.intake.aliases import NONE, Aliases
from handlers.intake.evidence import Evidence, gather
from handlers.intake.kinds import IDLE, MATTERS, Judgement, is_idle, judge
from handlers.intake.places import NOWHERE, Place, find_place
from handlers.intake.plain import plain
from handlers.intake.roles import Role
from handlers.intake.sounds import slips
from handlers.intake.subjects import WITHOUT_CATEGORY, Subject, second_subject, subjects
from handlers.intake.urgency import ORDINARY, Urgency, urgency
from handlers.intake.weights import NOTHING, learned
from handlers.intake.wording import Letter, letter
from handlers.intake.words import shipped
from storage.records import Category, Kind

ACTIONABLE = MATTERS
_TELLING = (
    Role.CERTAIN, Role.LIKELY, Role.MATTER, Role.THING, Role.MAYBE, Role.HOME, Role.FAULT, Role.SOFT, Role.QUARREL,
    Role.WISH, Role.SUGGEST, Role.BUILD, Role.CLAIM, Role.ASK, Role.SOLVED, Role.DENIED, Role.SURE, Role.SOME,
    Role.THANKS, Role.QUESTION,
)  # fmt: skip
_WORDS_SHOWN = 3
_FAINT = 2
_VAGUE = ("", "broad")


@dataclass(frozen=True, slots=True)
class Second:
    """A second matter in the same message: offer to file it apart."""

    category: Category
    topic: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is compared with other messages.

    `topics` are families of topics, the main one first; `text` is what was said, in plain spelling. A `communal` matter
    exists once in a community (物业费); what names its town is a `letter`. `leaning` are the probabilities of the
    categories in 255ths, in the order of `CATEGORIES` (empty: none), `sense` the direction of it all (`senses`).
    """

    kind: Kind
    category: Category
    topics: tuple[str, ...]
    place: Place
    text: str
    communal: bool
    letter: Letter | None = None
    leaning: bytes = b""
    sense: bytes = b""


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was understood. `confidence` 0..1 is about kind and category together; `why` is one Chinese line."""

    kind: Kind
    category: Category
    place: Place
    urgency: Urgency
    second: Second | None
    resolves: bool
    confidence: float
    why: str
    reading: Reading


def understand(text: str, *, aliases: Aliases = NONE) -> Understanding:
    """Understand one message. Pure: the same text and aliases always give the same answer."""
    lexicon, weights = aliases.lexicon or shipped(), aliases.weights or learned()
    found = gather(slips().mended(aliases.spelt_out(plain(text))), lexicon)
    said, marks = weights.said(found.parts), weights.marks(found)
    judgement = (
        Judgement(Kind.CHATTER, IDLE)
        if is_idle(found.text, said)
        else judge(found, weights.kinds(said, marks))
    )
    idle = judgement.kind in WITHOUT_CATEGORY and not judgement.resolves
    meant = NOTHING if idle else weights.meant(said, marks)
    about = subjects(found, lexicon, judgement, meant.categories, weights)
    place = NOWHERE if idle else find_place(found.text, weights.names)
    reading = _reading(found, judgement, about, place, meant.sense)
    second = None
    if judgement.kind in ACTIONABLE:
        second = second_subject(found, about, lexicon, weights)
    return Understanding(
        kind=judgement.kind,
        category=reading.category,
        place=reading.place,
        urgency=ORDINARY if idle else urgency(judgement, about[0], found),
        second=Second(second.category, second.topic) if second else None,
        resolves=judgement.resolves,
        confidence=_confidence(judgement, about),
        why=_why(found, reading.place),
        reading=reading,
    )


def _reading(
    found: Evidence, judgement: Judgement, about: list[Subject], place: Place, sense: bytes
) -> Reading:
    topics = (one.family for one in about if one.votes > _FAINT or (one is about[0] and not found.formal))
    return Reading(
        kind=judgement.kind,
        category=Category.NONE if judgement.kind in WITHOUT_CATEGORY else about[0].category,
        topics=tuple(dict.fromkeys(family for family in topics if family not in _VAGUE)),
        place=place,
        text=found.text,
        communal=about[0].communal,
        letter=letter(found) if found.formal else None,
        leaning=about[0].leaning,
        sense=sense,
    )


def _confidence(judgement: Judgement, about: list[Subject]) -> float:
    """The probability of the kind, times that of the category where one was chosen."""
    return round(judgement.sure * (about[0].share or 1.0), 2)


def _why(found: Evidence, place: Place) -> str:
    words = list(dict.fromkeys(found.words[role] for role in _TELLING if role in found.words))[:_WORDS_SHOWN]
    return "；".join(part for part in (" + ".join(words), place.name) if part)
