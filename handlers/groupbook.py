"""Which chats are bound, known by heart: asked for every message, changed a few times a year."""

from dataclasses import dataclass, field

from storage import groups
from storage.database import Transaction
from storage.messages import Address
from storage.records import Group


@dataclass(slots=True)
class GroupBook:
    """Learns all bound groups at once; what it does not know may have been bound a moment ago."""

    _groups: dict[Address, Group] = field(default_factory=dict)

    def learn(self, known: list[Group]) -> None:
        """These are the groups there are, in place of what was known."""
        self._groups = {groups.address_of(group): group for group in known}

    def at(self, address: Address) -> Group | None:
        """The group bound at this address; a thread without a binding of its own belongs to its chat's."""
        whole = Address(address.platform, address.chat)
        return self._groups.get(address) or self._groups.get(whole)

    async def find(self, tx: Transaction, address: Address) -> Group | None:
        """The same, asking the database when it is not known by heart."""
        return self.at(address) or await groups.at(tx, address)
