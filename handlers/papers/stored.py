"""A paper as JSON: what was approved is kept and printed, word for word."""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from handlers.papers.model import Paper


@cache
def _adapter() -> TypeAdapter[Paper]:
    return TypeAdapter(Paper)


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
