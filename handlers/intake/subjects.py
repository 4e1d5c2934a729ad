"""What a message is about: topics by the votes of their words, and the category that follows."""

from dataclasses import dataclass, replace

from handlers.intake.evidence import Evidence
from handlers.intake.kinds import Judgement
from handlers.intake.roles import Role
from handlers.intake.weights import CATEGORIES, Weights
from handlers.intake.words import Lexicon, Topic
from storage.records import Category, Kind, Level

_ENOUGH_FOR_SECOND = 4
_RANKED = 5
_NUMBER = {category: at for at, category in enumerate(CATEGORIES)}
_PER_VOTE, _AGAINST, _UNVOTED = 0.4, 2.0, -2.5


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic with its votes; `topic` and `name` are "" when nothing was recognised."""

    topic: str
    name: str
    category: Category
    level: Level
    votes: int
    family: str = ""
    communal: bool = False


UNKNOWN = Subject("", "", Category.NONE, Level.U2, 0)
WITHOUT_CATEGORY = frozenset({Kind.THANKS, Kind.AD, Kind.CHATTER})
_BY_KIND = {
    Kind.WISH: Subject("wish", "", Category.WELFARE, Level.U2, 0, "wish"),
}


def category_votes(found: Evidence, lexicon: Lexicon) -> list[float]:
    """What the lexicon says of each of `CATEGORIES`, as log-odds."""
    best = [_UNVOTED] * len(CATEGORIES)
    for key, votes in found.votes.items():
        at = _NUMBER[lexicon.topics[key].category]
        best[at] = max(best[at], votes * _PER_VOTE - _AGAINST)
    return best


def subjects(found: Evidence, lexicon: Lexicon, judgement: Judgement, weights: Weights) -> list[Subject]:
    """The subjects of a text, the likeliest first, at least one."""
    ranked = [_subject(lexicon.topics[key], votes) for key, votes in found.votes.most_common(_RANKED)]
    if judgement.alarm and judgement.alarm.danger:
        peril = lexicon.dangers[judgement.alarm.danger]
        main = Subject(peril.key, judgement.alarm.word, peril.category, Level.U0, 0, peril.family)
        return [_with_tree(main, ranked), *ranked]
    if judgement.kind in WITHOUT_CATEGORY:
        return ranked or [UNKNOWN]
    if judgement.kind is Kind.WISH:
        return [_BY_KIND[Kind.WISH], *ranked]
    category = _likeliest(found, lexicon, weights)
    main = next((one for one in ranked if one.category is category), Subject("", "", category, Level.U2, 0))
    return [main, *(one for one in ranked if one is not main)]


def _subject(topic: Topic, votes: int) -> Subject:
    return Subject(topic.key, topic.name, topic.category, topic.level, votes, topic.family, topic.communal)


def _likeliest(found: Evidence, lexicon: Lexicon, weights: Weights) -> Category:
    said, learned = category_votes(found, lexicon), weights.of_categories(found)
    return CATEGORIES[max(range(len(CATEGORIES) - 1), key=lambda at: said[at] + learned[at])]


def _with_tree(main: Subject, ranked: list[Subject]) -> Subject:
    """A tree in the wires is a matter for the gardeners first."""
    tree = next((one for one in ranked[:2] if one.topic == "tree"), None)
    return replace(tree, level=Level.U0) if tree and main.category is Category.UTILITIES else main


def second_subject(found: Evidence, about: list[Subject]) -> Subject | None:
    """A subject of another category that the text speaks of with a fault of its own."""
    if found.counts[Role.FAULT] + found.counts[Role.MATTER] + found.counts[Role.SOFT] < 2:  # noqa: PLR2004 - one each
        return None
    others = (
        one for one in about[1:] if one.category != about[0].category and one.votes >= _ENOUGH_FOR_SECOND
    )
    return next(others, None)
