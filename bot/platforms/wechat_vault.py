"""Where passes and codes are kept between two calls: in the database, for all processes; or only in memory."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from storage import tokens
from storage.database import Database
from storage.tokens import Token


class Vault(Protocol):
    """Keeps what platforms gave for a while."""

    async def find(self, name: str, now: datetime) -> Token | None:
        """What is kept under this name and still good."""
        ...

    async def keep(self, token: Token) -> None:
        """Keep it in place of what bore the same name."""
        ...

    async def forget(self, name: str) -> None:
        """Keep it no longer."""
        ...


@dataclass(frozen=True, slots=True)
class SharedVault:
    """In the database: a restart and other processes go on with what is there."""

    database: Database

    async def find(self, name: str, now: datetime) -> Token | None:
        """What any process has kept."""
        return await self.database.read(lambda tx: tokens.find(tx, name, now))

    async def keep(self, token: Token) -> None:
        """Keep it for all; what is outlived goes."""
        await self.database.write(lambda tx: tokens.keep(tx, token))

    async def forget(self, name: str) -> None:
        """Keep it no longer."""
        await self.database.write(lambda tx: tokens.forget(tx, name))


@dataclass(frozen=True, slots=True)
class OwnVault:
    """In memory: for the doctor, who asks afresh and leaves nothing behind."""

    _kept: dict[str, Token] = field(default_factory=dict, repr=False)

    async def find(self, name: str, now: datetime) -> Token | None:
        """What was kept since we began."""
        found = self._kept.get(name)
        return found if found and found.expires_at > now else None

    async def keep(self, token: Token) -> None:
        """Keep it until we end."""
        self._kept[token.name] = token

    async def forget(self, name: str) -> None:
        """Keep it no longer."""
        self._kept.pop(name, None)
