"""Column types as the migrations write them down: plain, so that no later change of the program changes the past."""

from sqlalchemy import Enum


def words(name: str, allowed: str) -> Enum:
    """A column that holds one of the words in `allowed`, which the database holds to them."""
    return Enum(*allowed.split(), name=name, native_enum=False, create_constraint=True, length=32)
