"""Rules and verdicts as JSON text: the form a poll keeps, and the form a procedure's stage writes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, NonNegativeInt, PositiveInt, StrictInt, TypeAdapter

from handlers.rules.rule import Base, Bound, Clause, Either, Grade, Measure, Outcome, Requirement, Rule
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import Verdict, decide

_SHARE = re.compile(r"[1-9][0-9]{0,3}/[1-9][0-9]{0,3}|1")
_SQUARE_METRES = r"^[0-9]{1,12}(\.[0-9]{1,12})?$"
_MEASURED_BASES = {"households": Measure.HOUSEHOLDS, "area": Measure.AREA}
"""A stage may name these as a base; they mean that share of the roll, in that measure."""


_STRICTLY_NAMED = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True)
class _ClauseForm:
    __pydantic_config__ = _STRICTLY_NAMED

    measure: Measure
    num: StrictInt
    den: Annotated[StrictInt, Field(gt=0)]
    op: Bound
    base: Base

    def read(self) -> Clause:
        return Clause(self.measure, Fraction(self.num, self.den), self.op, self.base)


@dataclass(frozen=True, kw_only=True)
class _EitherForm:
    __pydantic_config__ = _STRICTLY_NAMED

    any: tuple[_ClauseForm, ...]

    def read(self) -> Either:
        return Either(tuple(form.read() for form in self.any))


@dataclass(frozen=True, kw_only=True)
class _RuleForm:
    __pydantic_config__ = _STRICTLY_NAMED

    basis: str
    grade: Grade
    electorate: str
    invalid_as: Outcome
    quorum: tuple[_ClauseForm | _EitherForm, ...]
    passing: Annotated[tuple[_ClauseForm | _EitherForm, ...], Field(alias="pass")]
    minimum_present: NonNegativeInt = 0
    minimum_yes: PositiveInt = 1
    most_against: NonNegativeInt | None = None

    def read(self) -> Rule:
        return Rule(
            basis=self.basis,
            grade=self.grade,
            electorate=self.electorate,
            invalid_as=self.invalid_as,
            quorum=tuple(form.read() for form in self.quorum),
            passing=tuple(form.read() for form in self.passing),
            minimum_present=self.minimum_present,
            minimum_yes=self.minimum_yes,
            most_against=self.most_against,
        )


@dataclass(frozen=True, kw_only=True)
class _StageForm:
    __pydantic_config__ = _STRICTLY_NAMED

    quorum: str | None = None
    quorum_op: Bound = Bound.AT_LEAST
    quorum_base: Base | Literal["households", "area"] = Base.ROLL
    passing: Annotated[str | None, Field(alias="pass")] = None
    passing_op: Annotated[Bound, Field(alias="pass_op")] = Bound.OVER
    passing_base: Annotated[Base | Literal["households", "area"], Field(alias="pass_base")] = Base.PRESENT
    measures: tuple[Measure, ...] = (Measure.HEADS,)
    grade: Grade = Grade.PROPOSAL
    minimum_present: NonNegativeInt = 0
    minimum_yes: PositiveInt = 1
    most_against: NonNegativeInt | None = None


@dataclass(frozen=True, kw_only=True)
class _MeasuresForm:
    __pydantic_config__ = _STRICTLY_NAMED

    heads: StrictInt
    area: Annotated[str, Field(pattern=_SQUARE_METRES)] | None = None
    households: StrictInt | None = None

    def read(self) -> Measures:
        return Measures(self.heads, None if self.area is None else Decimal(self.area), self.households)


@dataclass(frozen=True, kw_only=True)
class _TallyForm:
    __pydantic_config__ = _STRICTLY_NAMED

    roll: _MeasuresForm
    participation: _MeasuresForm
    yes: _MeasuresForm
    no: _MeasuresForm
    abstain: _MeasuresForm
    returned: _MeasuresForm | None = None

    def read(self) -> Tally:
        return Tally(
            roll=self.roll.read(),
            participation=self.participation.read(),
            yes=self.yes.read(),
            no=self.no.read(),
            abstain=self.abstain.read(),
            returned=None if self.returned is None else self.returned.read(),
        )


@dataclass(frozen=True, kw_only=True)
class _VerdictForm:
    __pydantic_config__ = _STRICTLY_NAMED

    outcome: Outcome
    reason: str
    tally: _TallyForm
    recused: NonNegativeInt = 0
    deemed: dict[str, object] | None = None
    idle: list[str] | NonNegativeInt | None = None


_RULE = TypeAdapter(_RuleForm)
_STAGE = TypeAdapter(_StageForm)
_TALLY = TypeAdapter(_TallyForm)
_VERDICT = TypeAdapter(_VerdictForm)


def parse_rule(source: str | Mapping[str, object]) -> Rule:
    """Read a rule from JSON text or its table. Raises ValueError that names every wrong field.

    A clause is `{"measure", "num", "den", "op", "base"}`; `{"any": [clause, …]}` stands for alternatives.
    """
    return _RULE.validate_json(_text(source)).read()


def dump_rule(rule: Rule) -> str:
    """Return a rule as JSON text, the same text for equal rules."""
    form = {
        "basis": rule.basis,
        "grade": rule.grade,
        "electorate": rule.electorate,
        "invalid_as": rule.invalid_as,
        "quorum": [_dump_requirement(requirement) for requirement in rule.quorum],
        "pass": [_dump_requirement(requirement) for requirement in rule.passing],
        "minimum_present": rule.minimum_present,
        "minimum_yes": rule.minimum_yes,
        "most_against": rule.most_against,
    }
    return json.dumps(form, ensure_ascii=False)


def rule_from_stage(
    fields: Mapping[str, object], *, electorate: str, basis: str, invalid_as: Outcome
) -> Rule:
    """Make a rule of the `rule` table of a procedure's stage.

    `quorum` and `pass` are fractions such as "2/3" (or Fractions) and apply to each of `measures`; a base of
    `households` or `area` means that share of the roll in households or m². Raises ValueError that names every
    wrong field; numbers with a point are wrong.
    """
    plain = {
        name: str(value) if isinstance(value, Fraction) else value
        for name, value in fields.items()
        if value is not None
    }
    form = _STAGE.validate_json(json.dumps(plain))
    return Rule(
        basis=basis,
        grade=form.grade,
        electorate=electorate,
        invalid_as=invalid_as,
        quorum=_stage_clauses(form.quorum, form.quorum_op, form.quorum_base, form.measures),
        passing=_stage_clauses(form.passing, form.passing_op, form.passing_base, form.measures),
        minimum_present=form.minimum_present,
        minimum_yes=form.minimum_yes,
        most_against=form.most_against,
    )


def parse_tally(source: str | Mapping[str, object]) -> Tally:
    """Read a tally from JSON text or its table; areas are decimal strings in m²."""
    return _TALLY.validate_json(_text(source)).read()


def dump_tally(tally: Tally) -> str:
    """Return a tally as JSON text."""
    return json.dumps(_tally_table(tally))


def dump_verdict(verdict: Verdict) -> str:
    """Return what a closed poll keeps beside its rule: outcome, reason and the numbers they follow from."""
    table = {"outcome": verdict.outcome, "reason": verdict.reason, "tally": _tally_table(verdict.tally)}
    return json.dumps(table)


def parse_verdict(rule: Rule, source: str) -> Verdict:
    """Judge the kept numbers again. Raises ValueError if the outcome is not the one that was kept.

    What a poll keeps beside its strict verdict (how many stood back, the result with non-voters) may stand there too.
    """
    kept = _VERDICT.validate_json(source)
    verdict = decide(rule, kept.tally.read())
    if (verdict.outcome, verdict.reason) != (kept.outcome, kept.reason):
        raise ValueError(f"kept as {kept.outcome} ({kept.reason}), counts as {verdict.outcome}")
    return verdict


def _text(source: str | Mapping[str, object]) -> str:
    return source if isinstance(source, str) else json.dumps(dict(source))


def _dump_requirement(requirement: Requirement) -> dict[str, object]:
    if isinstance(requirement, Either):
        return {"any": [_dump_requirement(option) for option in requirement.options]}
    return {
        "measure": requirement.measure,
        "num": requirement.share.numerator,
        "den": requirement.share.denominator,
        "op": requirement.bound,
        "base": requirement.base,
    }


def _stage_clauses(
    share: str | None, bound: Bound, base: str, measures: tuple[Measure, ...]
) -> tuple[Clause, ...]:
    if share is None:
        return ()
    if not _SHARE.fullmatch(share):
        raise ValueError(f"not a fraction: {share!r}")
    if base in _MEASURED_BASES:
        return (Clause(_MEASURED_BASES[base], Fraction(share), bound, Base.ROLL),)
    return tuple(Clause(measure, Fraction(share), bound, Base(base)) for measure in measures)


def _tally_table(tally: Tally) -> dict[str, object]:
    table: dict[str, object] = {
        "roll": _measures_table(tally.roll),
        "participation": _measures_table(tally.participation),
        "yes": _measures_table(tally.yes),
        "no": _measures_table(tally.no),
        "abstain": _measures_table(tally.abstain),
    }
    if tally.returned is not None:
        table["returned"] = _measures_table(tally.returned)
    return table


def _measures_table(amounts: Measures) -> dict[str, object]:
    table: dict[str, object] = {
        "heads": amounts.heads,
        "area": None if amounts.area is None else f"{amounts.area:f}",
    }
    return table if amounts.households is None else {**table, "households": amounts.households}
