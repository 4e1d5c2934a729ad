"""Reading back what `stored.dump_count` wrote, so that a result can be told again without counting again."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field, TypeAdapter

from handlers.choices.ask import Ask
from handlers.choices.cast import Stance
from handlers.choices.count import Count, Marks, Standing
from handlers.choices.paths import Pair
from handlers.choices.support import in_favour
from handlers.choices.transfers import Stage
from handlers.rules.rule import Outcome, Rule
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import decide, quorum_findings

_Fraction = Annotated[str, Field(pattern=r"^-?\d+(/\d+)?$")]


@dataclass(frozen=True, slots=True)
class _MeasuresForm:
    heads: int
    area: str | None
    households: int | None

    def read(self) -> Measures:
        return Measures(self.heads, None if self.area is None else Decimal(self.area), self.households)


@dataclass(frozen=True, slots=True)
class _StandingForm:
    option: int
    place: int
    support: _MeasuresForm
    given: int | None
    sum: int | None
    mean: _Fraction | None
    median: _Fraction | None
    outcome: Outcome | None

    def read(self, rule: Rule | None, tally: Tally) -> Standing:
        support = self.support.read()
        judged = rule is not None and self.outcome is not None
        verdict = decide(rule, in_favour(tally, support)) if rule and judged else None
        return Standing(self.option, self.place, support, self._marks(), verdict)

    def _marks(self) -> Marks | None:
        if self.given is None or self.sum is None or self.mean is None or self.median is None:
            return None
        return Marks(self.given, self.sum, Fraction(self.mean), Fraction(self.median))


@dataclass(frozen=True, slots=True)
class _StageForm:
    votes: tuple[tuple[int, _Fraction], ...]
    exhausted: _Fraction
    elected: tuple[int, ...]
    excluded: tuple[int, ...]

    def read(self) -> Stage:
        votes = tuple((option, Fraction(amount)) for option, amount in self.votes)
        return Stage(votes, Fraction(self.exhausted), self.elected, self.excluded)


@dataclass(frozen=True, slots=True)
class _CountForm:
    outcome: Outcome | None
    winners: tuple[int, ...]
    tied: tuple[int, ...]
    roll: _MeasuresForm
    participation: _MeasuresForm
    returned: _MeasuresForm
    abstain: _MeasuresForm
    backing: _MeasuresForm
    standings: tuple[_StandingForm, ...]
    quota: int
    stages: tuple[_StageForm, ...]
    pairs: tuple[tuple[int, int, int, int], ...]
    stances: dict[Stance, int]
    reasons: tuple[str, ...]
    worries: tuple[str, ...]

    def tally(self) -> Tally:
        """The poll before any option is looked at, as `support.Returned.tally` gives it."""
        returned, abstain = self.returned.read(), self.abstain.read()
        return Tally(
            self.roll.read(),
            self.participation.read(),
            returned.none(),
            returned - abstain,
            abstain,
            returned,
        )


_FORM = TypeAdapter(_CountForm)


def parse_count(ask: Ask, rule: Rule | None, source: str) -> Count:
    """Read what `dump_count` wrote of a poll that asked `ask` under `rule`. Raises ValueError for anything else."""
    form = _FORM.validate_json(source)
    tally = form.tally()
    return Count(
        ask=ask,
        outcome=form.outcome,
        winners=form.winners,
        tied=form.tied,
        standings=tuple(standing.read(rule, tally) for standing in form.standings),
        tally=in_favour(tally, form.backing.read()),
        rule=rule,
        quorum=quorum_findings(rule, tally) if rule else (),
        quota=form.quota,
        stages=tuple(stage.read() for stage in form.stages),
        pairs=tuple(Pair(*pair) for pair in form.pairs),
        stances=tuple(form.stances.items()),
        reasons=form.reasons,
        worries=form.worries,
    )
