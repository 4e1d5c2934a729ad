"""Numbers as they are written and read: 〔2026〕12号, 议7, 任务3, 会2, 公示4."""

import re
from dataclasses import dataclass
from typing import Protocol

from handlers.refusals import Refusal
from handlers.texts import text
from handlers.words import narrow

_READ = re.compile(
    r"\s*(?:[〔\[(（]?(?P<year>20\d\d)[〕\])）]?\s*[-—]?\s*)?(?P<noun>[^\W\d_]{0,3}?)(?P<number>\d{1,6})\s*[号#]?\s*[,，、:：]?\s*"
)


class Numbered(Protocol):
    """Anything that counts per community and year."""

    @property
    def year(self) -> int:
        """The year it was counted in."""
        ...

    @property
    def number(self) -> int:
        """Its number in that year."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A number somebody wrote: the year when they said it, and what came after."""

    number: int
    year: int | None
    rest: str


def issue_label(issue: Numbered) -> str:
    """〔2026〕12号, the same everywhere."""
    return text("labels.issue", year=issue.year, number=issue.number)


def topic_label(topic: Numbered) -> str:
    """议7."""
    return text("labels.topic", number=topic.number)


def label(noun: str, row: Numbered) -> str:
    """`label("task", task)` is 任务3; nouns: issue topic poll task meeting notice."""
    return text(f"labels.{noun}", year=row.year, number=row.number)


def read_mention(written: str, usage: str) -> Mention:
    """Read the number a message begins with (12, 12号, 议7, 〔2026〕12号, full-width too).

    `usage` is the key of the sentence that says how to write it; a Refusal with it when there is no number.
    """
    match = _READ.match(narrow(written))
    if match is None:
        raise Refusal(usage)
    year = match["year"]
    return Mention(int(match["number"]), int(year) if year else None, written[match.end() :].strip())
