"""A paper as JSON: what was approved is kept and printed, word for word."""

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from handlers.papers.model import Edition, Paper


@dataclass(frozen=True, slots=True)
class Filed:
    """What is kept under one number: the full edition (of ballots the whole stack) and what may be public of it.

    `public` is None for what never is. `asked` are the words it was made of besides recorded facts, `reason` why it
    took the place of an earlier version.
    """

    papers: tuple[Paper, ...]
    public: Paper | None
    asked: str = ""
    reason: str = ""

    def edition(self, edition: Edition) -> Paper | None:
        """The paper in one edition, of a stack its first; None where there is no public one."""
        return self.papers[0] if edition is Edition.FULL else self.public


@cache
def _adapter() -> TypeAdapter[Paper]:
    return TypeAdapter(Paper)


@cache
def _files() -> TypeAdapter[Filed]:
    return TypeAdapter(Filed)


def dump_filed(filed: Filed) -> str:
    """Return what is kept under a number as JSON in UTF-8."""
    return _files().dump_json(filed).decode()


def parse_filed(source: str) -> Filed:
    """Read what `dump_filed` wrote. Raises ValueError for anything else."""
    try:
        return _files().validate_json(source, strict=True)
    except ValidationError as error:
        raise ValueError(f"not a filed paper: {error.error_count()} faults") from error


def dump(paper: Paper) -> str:
    """Return the paper as JSON in UTF-8, names in the order of the fields: equal papers give equal text."""
    return _adapter().dump_json(paper).decode()


def parse(source: str) -> Paper:
    """Read what `dump` wrote. Raises ValueError for anything that is not a whole paper."""
    try:
        return _adapter().validate_json(source, strict=True)
    except ValidationError as error:
        raise ValueError(
            f"not a paper: {error.error_count()} faults, first at {error.errors()[0]['loc']}"
        ) from error
