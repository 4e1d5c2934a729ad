"""A recurrence as the text a row keeps."""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from handlers.recurring.model import Recurrence


def dump(recurrence: Recurrence) -> str:
    """JSON, one key for each thing that was said."""
    return _adapter().dump_json(recurrence).decode()


def parse(stored: str) -> Recurrence:
    """The recurrence that was dumped. ValueError for any other text: unknown keys, days no calendar has."""
    try:
        return _adapter().validate_json(stored)
    except ValidationError as error:
        raise ValueError(f"not a stored recurrence: {error}") from error


@cache
def _adapter() -> TypeAdapter[Recurrence]:
    return TypeAdapter(Recurrence)
