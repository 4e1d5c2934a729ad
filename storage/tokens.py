"""What is kept for a while: what platforms gave us, what somebody is choosing from. All processes on this file share it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.rows import one
from storage.tables import tokens


@dataclass(frozen=True, slots=True)
class Token:
    """A pass or a code; `value` is a secret as long as it is good."""

    name: str
    value: str = field(repr=False)
    expires_at: datetime


_ADD = insert(tokens)
_KEEP = _ADD.on_conflict_do_update(
    index_elements=["name"],
    set_={"value": _ADD.excluded.value, "expires_at": _ADD.excluded.expires_at},
)
_NAMED = select(tokens).where(tokens.c.name == bindparam("called"))
_FORGET = delete(tokens).where(tokens.c.name == bindparam("called"))
_OUTLIVED = delete(tokens).where(tokens.c.expires_at <= bindparam("moment"))


async def keep(tx: Transaction, token: Token) -> None:
    """Keep it in place of what bore the same name."""
    await tx.run(_KEEP, {"name": token.name, "value": token.value, "expires_at": token.expires_at})


async def find(tx: Transaction, name: str, now: datetime) -> Token | None:
    """What is kept under this name and still good."""
    found = await one(tx, Token, _NAMED, {"called": name})
    return found if found and found.expires_at > now else None


async def forget(tx: Transaction, name: str) -> None:
    """It was used up or turned out to be bad."""
    await tx.run(_FORGET, {"called": name})


async def prune(tx: Transaction, now: datetime) -> int:
    """Let go of what is no longer good; how many there were."""
    return await tx.run(_OUTLIVED, {"moment": now})
