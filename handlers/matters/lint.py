"""The check of a ballot before it opens: what it says, what it lets people answer, when it is told and how long open.

What the law forbids is an ERROR; of wording a person has the last word, so it is a WARNING.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from handlers.matters.findings import Finding, error, warning
from handlers.matters.guards import check_notice, check_window
from handlers.matters.model import Lawful
from handlers.matters.sounding import bare_words
from handlers.matters.spans import overlapping

LONGEST_QUESTION: Final = 120
LONGEST_OPTION: Final = 24
MOST_OPTIONS: Final = 10
_BETWEEN: Final = 24
_WHETHER = re.compile(r"是否|要不要|该不该|能不能|可不可以|同不同意")
_KEEPS = re.compile(r"不|否|反对|维持|暂不|保持")
_ENDS_A_QUESTION = re.compile(r"[?？]")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When people are told (a local date), when the poll opens and closes (in local time), why so soon if urgent."""

    told_on: date | None
    opens_at: datetime
    closes_at: datetime
    urgent: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    silence: re.Pattern[str]
    leading: re.Pattern[str]
    praise: re.Pattern[str]
    two: re.Pattern[str]
    none: re.Pattern[str]
    both: re.Pattern[str]


def lint(
    question: str, options: Sequence[str], schedule: Schedule, lawful: Lawful | None = None
) -> tuple[Finding, ...]:
    """Return everything found. `options` are those printed, 均不同意 included; none for yes, no and abstain."""
    notice = (
        check_notice(lawful, schedule.told_on, schedule.opens_at.date(), schedule.urgent) if lawful else ()
    )
    return (
        *_check_question(question),
        *(_check_options(tuple(options), lawful) if options else ()),
        *check_window(lawful, schedule.opens_at, schedule.closes_at),
        *notice,
    )


def silence_as_consent(written: str) -> str:
    """The words that take silence for consent, which no poll may say of those who do not answer; "" without any."""
    found = _words().silence.search(written)
    return found[0] if found else ""


def _check_question(question: str) -> Iterator[Finding]:
    bare, words = question.strip(), _words()
    if not bare_words(bare):
        yield error("matters.question_empty")
    if len(bare) > LONGEST_QUESTION:
        yield error("matters.question_long", length=len(bare), most=LONGEST_QUESTION)
    if silence := silence_as_consent(bare):
        yield error("matters.silence", words=silence)
    for leading in dict.fromkeys(found[0] for found in words.leading.finditer(bare)):
        yield warning("matters.leading", words=leading)
    if pair := _two_questions(bare):
        yield warning("matters.two_questions", first=pair[0], second=pair[1])


def _two_questions(question: str) -> tuple[str, str] | None:
    """The two things a sentence asks at once: two question marks, two 是否 side by side, two verbs joined by 并."""
    asked = [part.strip() for part in _ENDS_A_QUESTION.split(question) if bare_words(part)]
    if len(_ENDS_A_QUESTION.findall(question)) > 1 and len(asked) > 1:
        return asked[0][-_BETWEEN:], asked[1][-_BETWEEN:]
    for one, other in pairwise(_WHETHER.finditer(question)):
        if re.search(r"[，,；;、。]|以及|和|并|且", question[one.end() : other.start()]):
            return question[one.start() : one.end() + 6], question[other.start() : other.end() + 6]
    found = _words().two.search(question)
    return (found["first"], found["second"]) if found else None


def _check_options(options: tuple[str, ...], lawful: Lawful | None) -> Iterator[Finding]:
    words, bare = _words(), [bare_words(option) for option in options]
    for number, option in enumerate(options, 1):
        if not bare[number - 1]:
            yield error("matters.option_empty", number=number)
        elif bare[number - 1] in bare[: number - 1]:
            yield error("matters.option_twice", option=option.strip())
        if silence := silence_as_consent(option):
            yield error("matters.silence", words=silence)
        if len(option.strip()) > LONGEST_OPTION:
            yield warning("matters.option_long", number=number, most=LONGEST_OPTION)
    offered = [option for option in options if not words.none.search(option)]
    if len(offered) > MOST_OPTIONS:
        yield warning("matters.options_many", count=len(offered), most=MOST_OPTIONS)
    if len(offered) < 2 and all(bare):  # noqa: PLR2004 - one option is no choice
        yield warning("matters.options_few")
    else:
        yield from _check_none(options, offered, lawful)
    yield from _check_between(offered)


def _check_none(options: tuple[str, ...], offered: list[str], lawful: Lawful | None) -> Iterator[Finding]:
    """Whoever wants none of them must be able to say so: always among firms and persons, else as advice.

    Elsewhere an option that leaves things as they are already lets people refuse.
    """
    if len(offered) < len(options):
        return
    if lawful and lawful.matter.picks:
        yield error("matters.none_missing")
    elif not any(_KEEPS.match(option.strip()) for option in offered):
        yield warning("matters.none_advised")


def _check_between(offered: list[str]) -> Iterator[Finding]:
    words = _words()
    praised = [found[0] for option in offered if (found := words.praise.search(option))]
    if praised and len(praised) < len(offered):
        yield warning("matters.praised", words=praised[0])
    for first, second in overlapping(tuple(offered), words.both):
        if bare_words(first) != bare_words(second):
            yield warning("matters.overlap", first=first.strip(), second=second.strip())


@cache
def _words() -> _Words:
    table = tomllib.loads(files(__package__).joinpath("lint.toml").read_text("utf-8"))

    def any_of(name: str) -> str:
        return "|".join(str(word) for word in table[name])

    apart, verb = r"[^。；;？?]", any_of("deciding")
    two = (
        rf"(?P<first>(?:{verb}|{any_of('first')}){apart}{{0,{_BETWEEN}}}?)[，,、]?(?:{any_of('joining')})"
        rf"(?!{apart}{{0,4}}(?:{any_of('means')}))(?:是否)?(?:同意)?(?P<second>(?:{verb}){apart}{{0,12}})"
    )
    return _Words(
        silence=re.compile(any_of("silence")),
        leading=re.compile(any_of("leading")),
        praise=re.compile(any_of("praise")),
        two=re.compile(two),
        none=re.compile(any_of("none")),
        both=re.compile(any_of("both")),
    )
