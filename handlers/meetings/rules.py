"""When a meeting may start, how many must come, and whether an outcome is what the numbers say. Pure."""

import json
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.bodies.catalogue import Counts as CountedBy
from handlers.bodies.catalogue import body
from handlers.days import add_workdays, end_of_days
from handlers.meetings.reading import Counts, Outcome
from handlers.moments import day_end, local_date
from handlers.refusals import Refusal
from handlers.rules.explain_verdict import explain_verdict, headline
from handlers.rules.rule import Outcome as Decided
from handlers.rules.rule import Rule
from handlers.rules.stored import rule_from_stage
from handlers.rules.tally import Measures, Tally
from handlers.rules.verdict import Verdict, decide, quorum_findings
from handlers.texts import term, text
from storage.records import Meeting, Wait

_NEVER_TOO_MANY = 10**6
_AGREES = {
    Outcome.PASSED: {Decided.PASSED},
    Outcome.CONDITIONAL: {Decided.PASSED},
    Outcome.REJECTED: {Decided.REJECTED},
    Outcome.INVALID_QUORUM: {Decided.INVALID_QUORUM},
    Outcome.SEND_BACK: {Decided.PASSED, Decided.REJECTED},
    Outcome.ESCALATE: set(Decided),
}
UNCOUNTED = (Outcome.SEND_BACK, Outcome.ESCALATE)
"""Outcomes that no number need stand under."""
_NEEDS_NO_VOTES = (*UNCOUNTED, Outcome.INVALID_QUORUM)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of an item and the lines that show why."""

    outcome: Outcome
    lines: tuple[str, ...]


def earliest_start(wait: Wait, called: datetime, zone: ZoneInfo) -> datetime | None:
    """The earliest start that keeps the notice of a stage when the meeting is called at this moment.

    The stage counted its period from its own beginning; the people called count it from the call. None: no notice.
    """
    if wait.limit_at is None or called <= wait.since:
        return wait.limit_at
    if not wait.days:
        return wait.limit_at + (called - wait.since)
    began, today = local_date(wait.since, zone), local_date(called, zone)
    for count in (end_of_days, add_workdays):
        if day_end(count(began, wait.days), zone) == wait.limit_at:
            return day_end(count(today, wait.days), zone)
    return wait.limit_at + timedelta(days=(today - began).days)


def decides(wait: Wait | None, meeting: Meeting) -> bool:
    """Whether the meeting may decide what this topic waits for: its body, in time, or urgent for a stated reason."""
    if wait is None or wait.over_at is not None or wait.body != meeting.body:
        return False
    return wait.limit_at is None or meeting.starts_at >= wait.limit_at or bool(meeting.short_notice)


def roll_of(body_id: str, invited: int) -> Measures:
    """The roll of a meeting of the body: heads, and households where every entry stands for one."""
    households = invited if body(body_id).counts is CountedBy.HOUSEHOLD else None
    return Measures(invited, None, households)


def rule_of(wait: Wait) -> Rule | None:
    """The rule the stage is judged by; None when it names no numbers.

    One that asks only for attendance decides nothing else: no number of votes against can fail it.
    """
    if not wait.rule:
        return None
    fields = dict(json.loads(wait.rule))
    if fields.get("pass") is None and fields.get("most_against") is None:
        fields["most_against"] = _NEVER_TOO_MANY
    return rule_from_stage(fields, electorate=wait.body, basis=wait.basis, invalid_as=Decided.INVALID_QUORUM)


def least_present(rule: Rule, roll: Measures) -> int:
    """How many must come for the quorum; 0 when any number will do."""
    return bisect_left(range(roll.heads), x=True, key=lambda present: _quorate(rule, roll, present))


def judge(rule: Rule | None, roll: Measures, counts: Counts, word: Outcome | None) -> Judgement:
    """The outcome of an item. Refusal for missing or impossible numbers, and for a word the numbers contradict."""
    _check_counts(roll, counts)
    if rule is None or (word in UNCOUNTED and counts.present is None):
        if word is None:
            raise Refusal("meetings.word_missing")
        return Judgement(word, _said_numbers(roll, counts))
    verdict = decide(rule, _tally(rule, roll, counts, word))
    lines = _lines(verdict)
    outcome = word or _outcome(verdict)
    if not _agrees(outcome, verdict):
        raise Refusal(
            "meetings.contradicted",
            word=term("outcome", outcome),
            verdict=headline(verdict),
            lines="\n".join(lines),
        )
    return Judgement(outcome, lines)


def _quorate(rule: Rule, roll: Measures, present: int) -> bool:
    tally = _tally_of(roll, Counts(present, 0, 0, 0))
    return all(finding.holds for finding in quorum_findings(rule, tally))


def _check_counts(roll: Measures, counts: Counts) -> None:
    cast = (counts.yes or 0) + (counts.no or 0) + (counts.abstain or 0)
    present = cast if counts.present is None else counts.present
    if present > roll.heads:
        raise Refusal("meetings.more_than_roll", present=present, roll=roll.heads)
    if cast > present:
        raise Refusal("meetings.more_than_present", cast=cast, present=present)


def _tally(rule: Rule, roll: Measures, counts: Counts, word: Outcome | None) -> Tally:
    voteless = word in _NEEDS_NO_VOTES or not _votes_matter(rule)
    needed = ("present",) if voteless else ("present", "yes", "no")
    missing = [text(f"meetings.count_{name}") for name in needed if getattr(counts, name) is None]
    if missing:
        raise Refusal("meetings.counts_missing", missing="、".join(missing))
    return _tally_of(roll, counts)


def _tally_of(roll: Measures, counts: Counts) -> Tally:
    given = (counts.present, counts.yes, counts.no, counts.abstain)
    present, yes, no, abstain = (_measured(number or 0, roll) for number in given)
    return Tally(roll, present, yes, no, abstain)


def _measured(number: int, roll: Measures) -> Measures:
    return replace(roll, heads=number, households=None if roll.households is None else number)


def _votes_matter(rule: Rule) -> bool:
    return rule.most_against != _NEVER_TOO_MANY


def _agrees(outcome: Outcome, verdict: Verdict) -> bool:
    if _votes_matter(verdict.rule) or outcome is Outcome.ESCALATE:
        return verdict.outcome in _AGREES[outcome]
    return (verdict.outcome is Decided.INVALID_QUORUM) == (outcome is Outcome.INVALID_QUORUM)


def _outcome(verdict: Verdict) -> Outcome:
    if verdict.outcome is not Decided.INVALID_QUORUM and not _votes_matter(verdict.rule):
        raise Refusal("meetings.word_missing")
    return Outcome(verdict.outcome)


def _lines(verdict: Verdict) -> tuple[str, ...]:
    lines = explain_verdict(verdict)
    return lines if _votes_matter(verdict.rule) else lines[:1]


def _said_numbers(roll: Measures, counts: Counts) -> tuple[str, ...]:
    """Numbers that no rule judges, as they were called out."""
    if counts.present is None:
        return ()
    turnout = text("meetings.turnout", roll=roll.heads, present=counts.present)
    if counts.yes is None:
        return (turnout,)
    votes = text("meetings.votes", yes=counts.yes, no=counts.no or 0, abstain=counts.abstain or 0)
    return (turnout, votes)
