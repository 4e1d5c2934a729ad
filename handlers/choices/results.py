"""What came of a poll of whatever kind, in the few forms everybody needs it in: an outcome, JSON to keep, lines to tell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from handlers.choices.ask import Ask, Kind
from handlers.choices.cast import Cast
from handlers.choices.count import Count, count
from handlers.choices.explain import count_headline, explain_count, explain_count_sums
from handlers.choices.kept import parse_count
from handlers.choices.stored import dump_count, parse_ask, parse_cast
from handlers.choices.support import Returned
from handlers.rules.beside import beside_lines
from handlers.rules.explain_rule import explain_rule
from handlers.rules.explain_verdict import explain_arithmetic, explain_verdict, headline
from handlers.rules.rule import INVALID, Outcome, Rule
from handlers.rules.stored import dump_verdict, parse_rule, parse_verdict
from handlers.rules.tally import Measures, Tally, take_tally
from handlers.rules.verdict import Verdict, decide
from handlers.texts import term, text
from storage.records import Choice, Poll, Secrecy

SMALLEST_SECRET: Final = 5
"""Fewer ballots than this in a secret poll, and nothing but its outcome is told."""


@dataclass(frozen=True, slots=True)
class Result:
    """A result. `bare` is its headline without any number, `note` a line of it for the record of a stage.

    `tied` are the options that wait for people, in words; `stored` is JSON.
    """

    outcome: Outcome
    headline: str
    bare: str
    lines: tuple[str, ...]
    note: str
    tied: tuple[str, ...]
    tally: Tally
    stored: str

    @property
    def cast(self) -> int:
        """How many took part."""
        return self.tally.participation.heads


def of_verdict(verdict: Verdict) -> Result:
    """The result of a yes/no poll."""
    return Result(
        outcome=verdict.outcome,
        headline=headline(verdict),
        bare=term("outcome", verdict.outcome),
        lines=explain_verdict(verdict),
        note="；".join(explain_arithmetic(verdict)),
        tied=(),
        tally=verdict.tally,
        stored=dump_verdict(verdict),
    )


def of_count(found: Count) -> Result:
    """The result of a poll of another kind."""
    return Result(
        outcome=found.outcome or Outcome.SENSE,
        headline=count_headline(found),
        bare=_bare(found),
        lines=explain_count(found),
        note="；".join((count_headline(found).rstrip("。"), *explain_count_sums(found))),
        tied=tuple(found.ask.word(option) for option in found.tied),
        tally=found.tally,
        stored=dump_count(found),
    )


def judge(
    ask: str,
    rule: Rule,
    roll: Mapping[int, Measures],
    ballots: Mapping[int, str],
    present: Collection[int] = (),
) -> Result:
    """Count ballots as they are kept, by elector, and judge them; those `present` take part though they cast nothing.

    Raises Refusal for a roll that is empty or lacks a measure the rule counts.
    """
    if not ask:
        choices = {elector: Choice(choice) for elector, choice in ballots.items()}
        return of_verdict(decide(rule, take_tally(roll, choices, present)))
    asked = parse_ask(ask)
    return of_count(count(Returned(asked, roll, _read(asked, ballots), present), _asked_of(asked, rule)))


def tally(
    ask: str, roll: Mapping[int, Measures], ballots: Mapping[int, str], present: Collection[int] = ()
) -> Tally:
    """Participation and abstentions; in a yes/no poll also who is for and who against, else all of these count as no."""
    if not ask:
        return take_tally(roll, {elector: Choice(choice) for elector, choice in ballots.items()}, present)
    asked = parse_ask(ask)
    return Returned(asked, roll, _read(asked, ballots), present).tally()


def result_of(poll: Poll) -> Result:
    """The result a closed poll keeps. Raises ValueError for a poll without one."""
    rule = parse_rule(poll.rule)
    if not poll.ask:
        return of_verdict(parse_verdict(rule, poll.verdict))
    asked = parse_ask(poll.ask)
    return of_count(parse_count(asked, _asked_of(asked, rule), poll.verdict))


def too_few(poll: Poll, cast: int) -> bool:
    """Whether the numbers of a secret poll would tell who cast what."""
    return poll.secrecy is Secrecy.SECRET and cast < SMALLEST_SECRET


def public_lines(poll: Poll) -> tuple[str, ...]:
    """What anybody may read of a closed poll: its headline, then its numbers where there are enough to be told."""
    result = result_of(poll)
    if too_few(poll, result.cast):
        return (result.bare, text("polls.too_few", least=SMALLEST_SECRET))
    return (result.headline, *result.lines, *beside_lines(poll))


def decides(ask: str) -> bool:
    """Whether something is decided by what this asks; a sense check decides nothing."""
    return not ask or parse_ask(ask).kind is not Kind.SENSE


def rule_lines(ask: str, rule: Rule, roll: Measures | None = None) -> tuple[str, ...]:
    """The rule, and what this kind of poll asks of it; nothing of a sense check, which is asked of no rule."""
    if not ask:
        return explain_rule(rule, roll)
    asked = parse_ask(ask)
    if _asked_of(asked, rule) is None:
        return ()
    return (*explain_rule(rule, roll), text(f"choices.rule_{asked.kind}"))


def _asked_of(ask: Ask, rule: Rule) -> Rule | None:
    return None if ask.kind is Kind.SENSE else rule


def _bare(found: Count) -> str:
    if found.outcome in INVALID:
        return term("outcome", found.outcome)
    if found.ask.kind is Kind.CONSENT and found.outcome is not Outcome.PASSED:
        return text("choices.not_agreed")
    return count_headline(found)


def _read(ask: Ask, ballots: Mapping[int, str]) -> dict[int, Cast]:
    """Ballots that say the same are read once."""
    known = {source: parse_cast(ask, source) for source in set(ballots.values())}
    return {elector: known[source] for elector, source in ballots.items()}
