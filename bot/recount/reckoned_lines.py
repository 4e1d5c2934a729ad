"""A poll with options in plain words: who is chosen, how each option came out, and the rounds of a count of places."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from bot.recount.asking import NONE, Ask, Kind
from bot.recount.judging import PASSED, Step
from bot.recount.kinds import TIE, Reckoned, marks_of, middle
from bot.recount.numbers import digits
from bot.recount.papers import Stance
from bot.recount.reading import visible
from bot.recount.sharing import Round
from bot.recount.sums import sums
from handlers.texts import text


def reckoned_headline(found: Reckoned) -> str:
    """What came out, with the options named."""
    outcome = text(f"recount.{found.outcome}")
    if found.tied:
        chosen = text("recount.chosen", options=_words(found.ask, found.winners)) if found.winners else ""
        return text("recount.tied", outcome=outcome, chosen=chosen, options=_words(found.ask, found.tied))
    if found.winners:
        chosen = text("recount.chosen", options=_words(found.ask, found.winners))
        return text("recount.with_chosen", outcome=outcome, chosen=chosen)
    return outcome


def reckoned_lines(found: Reckoned) -> Iterator[str]:
    """Every option with its place and support, then what the kind adds."""
    yield text(f"recount.kind_{found.ask.kind}", places=found.ask.places)
    for number, place in found.places:
        yield _option(found, number, place)
        judged = found.judged.get(number)
        for line in sums(one for one in judged.findings if one.step is Step.PASS) if judged else ():
            yield text("recount.below", line=line)
    if found.shared:
        yield text("recount.quota", quota=found.shared.quota)
        for turn, each in enumerate(found.shared.rounds, start=1):
            yield _round(found.ask, turn, each)
    for duel in found.fought:
        if duel.before > duel.after:
            one, other = _word(found.ask, duel.one), _word(found.ask, duel.other)
            yield text("recount.duel", one=one, other=other, before=duel.before, after=duel.after)
    yield from _stances(found)
    if found.outcome == TIE:
        yield text("recount.for_people")


def _option(found: Reckoned, number: int, place: int) -> str:
    backing = text("recount.and").join(
        text(f"recount.amount_{measure}", amount=digits(amount))
        for measure, amount in found.backing[number].items()
    )
    marks, judged = marks_of(found.papers, number), found.judged.get(number)
    scored = text("recount.marks", sum=sum(marks), middle=_short(middle(marks))) if marks else ""
    mark = text("recount.holds" if judged.outcome == PASSED else "recount.fails") if judged else ""
    option = _word(found.ask, number)
    return text(
        "recount.option", place=place, option=option, backing=backing, marks=scored, mark=mark
    ).rstrip()


def _round(ask: Ask, turn: int, each: Round) -> str:
    votes = text("recount.and").join(
        text("recount.round_votes", option=_word(ask, one), votes=_short(each.votes[one]))
        for one in ask.numbers
        if one in each.votes
    )
    elected = text("recount.round_elected", options=_words(ask, each.elected)) if each.elected else ""
    gone = text("recount.round_gone", options=_words(ask, each.excluded)) if each.excluded else ""
    return text("recount.round", turn=turn, votes=votes, elected=elected, gone=gone)


def _stances(found: Reckoned) -> Iterator[str]:
    if found.ask.kind is not Kind.CONSENT:
        return
    counted = {stance.value: len(found.stance(stance)) for stance in Stance}
    yield text("recount.stances", **counted)


def _words(ask: Ask, numbers: Iterable[int]) -> str:
    return text("recount.and").join(_word(ask, number) for number in numbers)


def _word(ask: Ask, number: int) -> str:
    return text("recount.none_of_these") if number == NONE else visible(ask.options[number - 1])


def _short(amount: Fraction) -> str:
    """As a mixed number: 3, 1/2, 3+3/4."""
    whole, rest = divmod(amount, 1)
    if not rest:
        return str(whole)
    return f"{whole}+{rest}" if whole else str(rest)
