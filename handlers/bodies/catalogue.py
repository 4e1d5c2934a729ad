"""The bodies a procedure may name, and the roles that make them up."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from handlers.matters.model import Proxies
from storage.records import Role


class Computed(StrEnum):
    """Bodies whose people are listed for each topic instead of being taken from the roll."""

    ANYONE = "anyone"
    STAKEHOLDERS = "stakeholders"
    INTERESTED_OWNERS = "interested_owners"
    COLLECTIVE_MEMBERS = "collective_members"
    SUPPORTERS = "supporters"
    ITEM_OWNER = "item_owner"
    NAMED_RESIDENTS = "named_residents"
    DISPUTANTS = "disputants"
    CLAIMANT = "claimant"
    WISHER = "wisher"
    SENDER = "sender"
    ADDRESSEE = "addressee"
    DEVELOPER = "developer"


class Counts(StrEnum):
    """What one entry of a body's roll stands for; an owner counts by head and by floor area."""

    PERSON = "person"
    HOUSEHOLD = "household"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Body:
    """Who decides or acts: the holders of any of `roles`, or the people `computed` for a topic.

    `observers` may sit in and speak, and never count. `electorate`: can be a roll of a poll or meeting.
    `proxies` says whether somebody else may hand in a ballot, and `proxy_most` how many one person may hold (None: no
    limit); `proxy_basis` cites both.
    """

    id: str
    name: str
    roles: tuple[Role, ...]
    observers: tuple[Role, ...]
    computed: Computed | None
    electorate: bool
    counts: Counts
    basis: str
    proxies: Proxies
    proxy_most: int | None
    proxy_basis: str


@cache
def bodies() -> Mapping[str, Body]:
    """Every body by id, in the order of the file."""
    tables = tomllib.loads(files(__package__).joinpath("bodies.toml").read_text("utf-8"))
    return {body_id: _body(body_id, table) for body_id, table in tables.items()}


def body(body_id: str) -> Body:
    """A body by id. Raises KeyError."""
    return bodies()[body_id]


def _body(body_id: str, table: Mapping[str, object]) -> Body:
    computed = table.get("computed")
    return Body(
        id=body_id,
        name=str(table["name"]),
        roles=_roles(table.get("roles")),
        observers=_roles(table.get("observers")),
        computed=Computed(str(computed)) if computed else None,
        electorate=table.get("votes") is True,
        counts=Counts(str(table.get("counts", Counts.PERSON))),
        basis=str(table.get("basis", "")),
        proxies=Proxies(str(table.get("proxy", Proxies.NONE))),
        proxy_most=int(str(table["proxy_max"])) if "proxy_max" in table else None,
        proxy_basis=str(table.get("proxy_basis", "")),
    )


def _roles(written: object) -> tuple[Role, ...]:
    return tuple(Role(word) for word in written) if isinstance(written, list) else ()
