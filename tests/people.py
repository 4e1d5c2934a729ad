"""Somebody with an account: what people do in a world."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.units.tree import find_or_found
from storage import members
from storage.database import Transaction
from storage.messages import Act, Address, Edited, File, Location, Said, Sender, Withdrawn
from storage.records import Holding, Identity, Member, Role
from tests.lines.wiring import CONSOLE

if TYPE_CHECKING:
    from tests.world import World


@dataclass
class Person:
    """Somebody with an account."""

    world: "World"
    name: str
    account: str
    id: int = 0
    platform: str = CONSOLE

    def __post_init__(self) -> None:
        wiring = self.world.wiring
        self.account, self.platform = wiring.account(self.platform, self.account), wiring.at(self.platform)

    @property
    def sender(self) -> Sender:
        """The account as the platform gives it."""
        return Sender(self.account, self.name)

    @property
    def private(self) -> Address:
        """Where this person is written to alone."""
        return self.world.wiring.private(self.platform, self.account)

    async def bind(self, tx: Transaction, member_id: int, chat: str) -> None:
        """This account is that member's; `chat` is where they wrote to us alone, "" if they never did."""
        for platform, account, alone in self.world.wiring.identities(self.platform, self.account, chat):
            await members.know(tx, Identity(platform, account, member_id, self.name, alone))

    def says(
        self,
        words: str,
        to: str | Address = "",
        *,
        addressed: bool = False,
        reply_to: str = "",
        quoted: str = "",
        quoted_sender: Sender | None = None,
        files: tuple[File, ...] = (),
        location: Location | None = None,
        message_id: str = "",
    ) -> str:
        """Say something in a group, or in private when `to` is empty; returns the message's id."""
        where = self.world.where(to) if to else self.private
        message = message_id or self.world._id()
        said = Said(message, words, addressed, reply_to, quoted, quoted_sender, files, location)
        self.world.arrive(where, said, self.sender, private=not to)
        return message

    def presses(self, label: str, on: "str | Address | Person | None" = None) -> None:
        """Press the newest button that is labelled so (or begins so) in that chat (in private for None)."""
        where = self.world.where(on) if on is not None else self.private
        self.world.arrive(where, self.world.pressing(where, label), self.sender, private=on is None)

    def replies(self, words: str, to_text: str, on: "str | Address | Person | None" = None) -> None:
        """Reply to the newest message there that contains `to_text`."""
        where = self.world.where(on) if on is not None else self.private
        for one in reversed(self.world._shown(where)):
            if one.act is Act.SAY and to_text in one.card.text:
                said = Said(self.world._id(), words, True, one.message_id, one.card.text)
                self.world.arrive(where, said, self.sender, private=on is None)
                return
        raise AssertionError(f"nothing there says {to_text}")

    def edits(self, message_id: str, words: str, where: str) -> None:
        """Change a message said before."""
        self.world.arrive(self.world.where(where), Edited(message_id, words), self.sender)

    def withdraws(self, message_id: str, where: str) -> None:
        """Take a message back."""
        self.world.arrive(self.world.where(where), Withdrawn(message_id), self.sender)

    def heard(self) -> list[str]:
        """What this person was told in private."""
        return self.world.heard(self)

    def told(self) -> list[str]:
        """The answers this person's presses got, in whatever chat (all presses of all people in those chats)."""
        console = self.world.wiring.platforms[self.platform]
        self.world.wiring.read_answers(self.account)
        return [one.card.text for one in console.shown if one.act is Act.ANSWER]


async def enrol(
    world: "World",
    person: Person,
    roles: list[Role],
    unit: str,
    *,
    home: str,
    private: bool,
    columns: dict[str, object],
) -> int:
    """Put somebody on the roll as an import would."""

    async def job(tx: Transaction) -> int:
        at = await find_or_found(tx, unit)
        top = await find_or_found(tx, home)
        fields: dict[str, object] = {
            "door": "",
            "area": None,
            "phone": "",
            "code": f"CODE{person.account.upper()}",
        }
        made = Member(0, top.id, person.name, at.id, **{**fields, **columns}, joined_at=world.clock.now())  # type: ignore[arg-type]
        member = await members.add(tx, made)
        for role in roles or [Role.RESIDENT]:
            await members.hold(tx, Holding(member.id, role, at.id))
        await person.bind(tx, member.id, chat=person.private.chat if private else "")
        return member.id

    return await world.app.database.write(job)
