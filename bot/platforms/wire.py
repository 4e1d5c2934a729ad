"""Reading raw JSON that may be anything: each function gives the asked type or raises `Malformed`."""

from datetime import UTC, datetime
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Table: TypeAlias = dict[str, Json]

_WIDEST = 2**63
# The year 3000 in seconds; a date in milliseconds lies far beyond.
_LATEST = 32_503_680_000


class Malformed(ValueError):
    """What arrived is not what the platform promises; the words say where, never what somebody wrote."""


def whole(table: Table, name: str) -> int:
    """Return the whole number `name`, at most 64 bits wide."""
    value = table.get(name)
    if type(value) is not int or not -_WIDEST <= value < _WIDEST:
        raise Malformed(f"{name}: not a whole number")
    return value


def moment(table: Table, name: str) -> datetime:
    """Return the date `name`, given in seconds since 1970."""
    value = whole(table, name)
    if not 0 < value < _LATEST:
        raise Malformed(f"{name}: not a date in seconds")
    return datetime.fromtimestamp(value, UTC)


def words(table: Table, name: str) -> str:
    """Return the text `name`, "" when it is absent, in characters every database can hold."""
    value = table.get(name, "")
    if not isinstance(value, str):
        raise Malformed(f"{name}: not a text")
    return value if value.isascii() and "\0" not in value else _storable(value)


def _storable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value.replace("\0", "")


def part(table: Table, name: str) -> Table | None:
    """Return the object `name`, None when it is absent."""
    value = table.get(name)
    if value is not None and not isinstance(value, dict):
        raise Malformed(f"{name}: not an object")
    return value


def needed(table: Table, name: str) -> Table:
    """Return the object `name`, which must be there."""
    value = table.get(name)
    if not isinstance(value, dict):
        raise Malformed(f"{name}: not an object")
    return value


def parts(table: Table, name: str) -> list[Table]:
    """Return the objects in list `name`, none when it is absent."""
    value = table.get(name, [])
    if not isinstance(value, list):
        raise Malformed(f"{name}: not a list")
    found = [item for item in value if isinstance(item, dict)]
    if len(found) != len(value):
        raise Malformed(f"{name}: not a list of objects")
    return found
