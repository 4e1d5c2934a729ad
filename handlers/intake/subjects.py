"""What a message is about: topics by the votes of their words, and the category that follows."""

from dataclasses import dataclass, replace
from operator import itemgetter

from handlers.intake.evidence import TOPIC, Evidence, gather
from handlers.intake.kinds import Judgement, matter
from handlers.intake.plain import clauses
from handlers.intake.roles import Role
from handlers.intake.weights import CATEGORIES, Weights
from handlers.intake.words import Lexicon, Topic, shipped
from storage.records import Category, Kind, Level

_ENOUGH_FOR_SECOND = 4
# A clause that speaks of a matter: its length, and how sure its kind and its category must be.
_CLAUSE, _MATTER, _PLAINLY = 4, 0.4, 0.5
_RANKED = 5
_OWN_WORDS = 0.9
# How much likelier the category of the topic named first and most becomes, from so many votes on.
_LEXICON, _PLAIN = 1.65, 5
_FULL = 255
_VOTES = itemgetter(1)


# Not frozen: every message has some, and each would take three times as long to make.
@dataclass(slots=True)
class Subject:
    """A topic with its votes; "" where nothing was recognised.

    The main one also has its category's probability as `share`, and those of all categories in 255ths as `leaning`.
    """

    topic: str
    name: str
    category: Category
    level: Level
    votes: int
    family: str = ""
    communal: bool = False
    share: float = 0.0
    leaning: bytes = b""


UNKNOWN = Subject("", "", Category.NONE, Level.U2, 0)
WITHOUT_CATEGORY = frozenset({Kind.THANKS, Kind.AD, Kind.CHATTER})
_NEXT = 3
_KEEPERS = {
    "electric": frozenset({"tree"}),
    "collapse": frozenset({"tree", "bridge", "fitness", "manhole"}),
    "structure": frozenset({"bridge", "fitness"}),
    "water": frozenset({"bridge", "manhole"}),
    "medical": frozenset({"lift", "dogs", "green_pests"}),
}
_WISHED = Subject("wish", "", Category.WELFARE, Level.U2, 0, "wish")


def subjects(
    found: Evidence, lexicon: Lexicon, judgement: Judgement, likely: list[float], weights: Weights
) -> list[Subject]:
    """The subjects of a text, the likeliest first, at least one; `likely` are the probabilities of `CATEGORIES`."""
    most = sorted(found.votes.items(), key=_VOTES, reverse=True)[:_RANKED]
    ranked = [_subject(lexicon.topics[key], votes) for key, votes in most]
    if judgement.kind in WITHOUT_CATEGORY:
        return ranked or [UNKNOWN]
    category, share, leaning = _category(found, lexicon, likely, weights)
    main = replace(
        _main(judgement, ranked, lexicon, category), category=category, share=share, leaning=leaning
    )
    return [main, *(one for one in ranked if one.topic != main.topic)]


def _category(
    found: Evidence, lexicon: Lexicon, likely: list[float], weights: Weights
) -> tuple[Category, float, bytes]:
    """The likeliest category; words that a community has added, and no weight has seen, decide by themselves."""
    for topic in found.votes:
        if topic not in shipped().topics and f"{TOPIC}{topic}>" not in weights.category.rows:
            own = lexicon.topics[topic].category
            return own, _OWN_WORDS, bytes(_FULL * (one is own) for one in CATEGORIES)
    first = max(found.votes, key=found.votes.__getitem__, default="")
    if first and found.votes[first] >= _PLAIN:
        said = lexicon.topics[first].category
        if said is not Category.NONE:
            likely[CATEGORIES.index(said)] *= _LEXICON
    whole, best = sum(likely), likely.index(max(likely))
    return CATEGORIES[best], likely[best] / whole, bytes([int(_FULL * one / whole) for one in likely])


def _main(judgement: Judgement, ranked: list[Subject], lexicon: Lexicon, category: Category) -> Subject:
    if judgement.alarm and judgement.alarm.danger:
        peril = lexicon.dangers[judgement.alarm.danger]
        main = Subject(peril.key, judgement.alarm.word, peril.category, Level.U0, 0, peril.family)
        return _of_thing(main, ranked)
    if judgement.kind is Kind.WISH:
        return _WISHED
    return next((one for one in ranked if one.category is category), Subject("", "", category, Level.U2, 0))


def _subject(topic: Topic, votes: int) -> Subject:
    return Subject(topic.key, topic.name, topic.category, topic.level, votes, topic.family, topic.communal)


def _of_thing(main: Subject, ranked: list[Subject]) -> Subject:
    """What fell or broke is a matter for those who keep it: a tree in the wires, a bridge, a manhole."""
    keepers = _KEEPERS.get(main.topic, frozenset())
    thing = next((one for one in ranked[:_NEXT] if one.topic in keepers), None)
    return replace(thing, level=Level.U0) if thing else main


def second_subject(
    found: Evidence, about: list[Subject], lexicon: Lexicon, weights: Weights
) -> Subject | None:
    """A subject of another category that the text speaks of in a clause of its own, with a fault of its own."""
    if found.counts[Role.FAULT] + found.counts[Role.MATTER] + found.counts[Role.SOFT] < 2:  # noqa: PLR2004 - one each
        return None
    others = (
        one for one in about[1:] if one.category != about[0].category and one.votes >= _ENOUGH_FOR_SECOND
    )
    other = next(others, None)
    if other and {about[0].category, other.category} <= _by_clause(found.text, lexicon, weights):
        return other
    return None


def _by_clause(text: str, lexicon: Lexicon, weights: Weights) -> set[Category]:
    """The categories of those clauses that would be a matter by themselves."""
    told: set[Category] = set()
    for start, end in clauses(text):
        if end - start >= _CLAUSE:
            found = gather(text[start:end], lexicon)
            said, marks = weights.said(found.parts), weights.marks(found)
            likely = weights.meant(said, marks).categories
            if max(likely) >= _PLAINLY and matter(weights.kinds(said, marks)) >= _MATTER:
                told.add(CATEGORIES[likely.index(max(likely))])
    return told
