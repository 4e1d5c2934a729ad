"""A result in plain words: what was chosen, how every option came out, and the sums anybody can check."""

from collections.abc import Iterable
from fractions import Fraction

from handlers.choices.ask import Ask, Kind, ScoredBy
from handlers.choices.cast import Abstention, Cast, Consent, Picks, Ranking, Scores
from handlers.choices.count import Count, Standing
from handlers.choices.transfers import Stage
from handlers.rules.explain_verdict import explain_arithmetic, explain_verdict, headline
from handlers.rules.rule import INVALID, Outcome, Rule
from handlers.rules.tally import Measures
from handlers.rules.verdict import Reason, Verdict
from handlers.rules.wording import amounts
from handlers.texts import term, text
from storage.records import Choice

_BETWEEN = "   "
_BETTER = " > "
_EQUAL = " = "


def explain_ask(ask: Ask) -> tuple[str, ...]:
    """Return how to answer, as lines for the ballot: the numbered options, then what may be written."""
    options = tuple(
        text("choices.option", number=ask.shown(number), option=ask.word(number)) for number in ask.numbers
    )
    count = len(ask.options)
    how = text(
        f"choices.how_{ask.kind}",
        places=ask.places,
        most=ask.most or count,
        lowest=ask.lowest,
        highest=ask.highest,
        by=text(f"choices.by_{ask.scored_by}"),
    )
    return (*options, how)


def explain_cast(ask: Ask, cast: Cast) -> str:
    """Return what a ballot says: “东门、西门”, “西门 > 东门 = 广场”, “反对：太吵”."""
    match cast:
        case Picks(options):
            return _words(ask, sorted(options))
        case Scores(marks):
            given = zip(ask.options, marks, strict=True)
            return text("rules.and").join(
                text("choices.marked", option=option, mark=mark) for option, mark in given
            )
        case Ranking(steps):
            return _BETTER.join(_EQUAL.join(ask.word(number) for number in sorted(step)) for step in steps)
        case Consent(stance, reason):
            said = text(f"choices.stance_{stance}")
            return text("choices.with_reason", stance=said, reason=reason) if reason else said
        case Abstention():
            return term("choice", Choice.ABSTAIN)


def count_headline(count: Count) -> str:
    """Return the result in a few words."""
    if invalid := _invalid(count):
        return headline(invalid)
    if count.ask.kind is Kind.SENSE:
        return text("choices.sense")
    if count.ask.kind is Kind.CONSENT:
        return _consent_headline(count)
    chosen, tied = _words(count.ask, count.winners), _words(count.ask, count.tied)
    if count.tied:
        key = "choices.tied_rest" if count.winners else "choices.tied"
        return text(key, chosen=chosen, tied=tied, left=count.ask.places - len(count.winners))
    return text("choices.chosen", chosen=chosen) if count.winners else text("choices.nothing_chosen")


def explain_count(count: Count) -> tuple[str, ...]:
    """Return the result as lines: participation, every option in its order, what the kind adds."""
    turnout = _turnout(count)
    if _invalid(count):
        return turnout
    standings = tuple(_standing_line(count, standing) for standing in count.standings)
    return (*turnout, *standings, *_stages(count), *_consent_lines(count))


def explain_count_sums(count: Count) -> tuple[str, ...]:
    """Return the rule's comparisons for every option it judged, as sums, with the option named before its sum."""
    return tuple(
        text("choices.sum", option=count.ask.word(standing.option), sum=line)
        for standing in count.standings
        if standing.verdict
        for line in explain_arithmetic(standing.verdict)[len(standing.verdict.quorum) :]
    )


def _invalid(count: Count) -> Verdict | None:
    """The verdict of a poll that failed its quorum, None of any other."""
    if count.rule is None or count.outcome not in INVALID:
        return None
    return Verdict(count.rule, count.tally, count.outcome, Reason.SHORT_OF_QUORUM, count.quorum, ())


def _turnout(count: Count) -> tuple[str, ...]:
    if count.rule is None:
        tally = count.tally
        returned = tally.participation if tally.returned is None else tally.returned
        numbers = {"roll": tally.roll.heads, "returned": returned.heads, "abstain": tally.abstain.heads}
        return (text("choices.turnout", **numbers),)
    short = Verdict(count.rule, count.tally, count.rule.invalid_as, Reason.SHORT_OF_QUORUM, count.quorum, ())
    return explain_verdict(short)


def _consent_headline(count: Count) -> str:
    if count.outcome is Outcome.PASSED:
        return text("choices.consent")
    return (
        text("choices.no_consent", against=len(count.reasons))
        if count.reasons
        else text("choices.nobody_agreed")
    )


def _standing_line(count: Count, standing: Standing) -> str:
    support = _amounts(count.rule, standing.support)
    mark = ""
    if standing.verdict is not None:
        passed = standing.verdict.outcome is Outcome.PASSED
        mark = " " + (text("rules.kept") if passed else text("rules.broken"))
    line = {
        "place": standing.place,
        "option": count.ask.word(standing.option),
        "support": support,
        "mark": mark,
    }
    if standing.marks is None:
        return text("choices.standing", **line)
    marks = standing.marks
    key = "choices.standing_median" if count.ask.scored_by is ScoredBy.MEDIAN else "choices.standing_sum"
    return text(key, **line, sum=marks.sum, median=_decimal(marks.median), given=marks.given)


def _amounts(rule: Rule | None, support: Measures) -> str:
    return text("rules.amount_heads", amount=support.heads) if rule is None else amounts(rule, support)


def _stages(count: Count) -> tuple[str, ...]:
    if not count.stages:
        return ()
    quota = text("choices.quota", quota=count.quota)
    return (quota, *(_stage(count.ask, number, stage) for number, stage in enumerate(count.stages, 1)))


def _stage(ask: Ask, number: int, stage: Stage) -> str:
    votes = _BETWEEN.join(
        text("choices.stage_votes", option=ask.word(option), votes=_decimal(vote))
        for option, vote in stage.votes
    )
    elected = text("choices.stage_elected", options=_words(ask, stage.elected)) if stage.elected else ""
    excluded = text("choices.stage_excluded", options=_words(ask, stage.excluded)) if stage.excluded else ""
    return text("choices.stage", number=number, votes=votes, elected=elected, excluded=excluded)


def _consent_lines(count: Count) -> tuple[str, ...]:
    if count.ask.kind is not Kind.CONSENT:
        return ()
    split = _BETWEEN.join(
        text("choices.stance_count", stance=text(f"choices.stance_{stance}"), number=number)
        for stance, number in count.stances
    )
    reasons = tuple(text("choices.reason", reason=reason) for reason in count.reasons)
    worries = tuple(text("choices.worry", reason=reason) for reason in count.worries)
    return (split, *reasons, *worries)


def _words(ask: Ask, options: Iterable[int]) -> str:
    return text("rules.and").join(ask.word(option) for option in options)


def _decimal(value: Fraction) -> str:
    """A fraction in digits, cut to hundredths for the eye; what is judged is the fraction itself."""
    hundredths = value * 100 // 1
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
