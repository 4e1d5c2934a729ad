"""Somebody's account on a platform, as it is written down and read."""

from typing import NamedTuple


class Account(NamedTuple):
    """An account as in the table of identities."""

    platform: str
    account: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.account}"
