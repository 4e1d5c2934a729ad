"""What it takes to try a channel: what people get of a card, and what they can do to it."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from storage.messages import Act, Address, Button, Card, Inbound, Made, Outgoing, Urgency

WORK = Card("#12 电梯坏了", ((Button("受理", "issue.accept:12"), Button("紧急", "issue.urgent:12")),))
DONE = Card("#12 已受理", ((Button("办结", "issue.finish:12"),),))


@dataclass
class Seen:
    """What people got: texts, what can be pressed, the kinds of cards, who was called, and how many files."""

    texts: list[str] = field(default_factory=list)
    presses: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    called: list[str] = field(default_factory=list)
    files: int = 0


class Speaking(Protocol):
    """What all channels have in common when it comes to speaking."""

    async def perform(self, outgoing: Outgoing, urgency: Urgency) -> str:
        """Do it; the id of the message."""
        ...


class Trial(Protocol):
    """A channel that can be tried. `one` is a person's own chat, `group` a group there, None where there is none."""

    platform: Speaking
    one: Address | None
    group: Address | None

    def seen(self) -> Seen:
        """What was told since it was last asked."""
        ...

    def changes(self) -> int:
        """How often a message that was told has been changed."""
        ...

    def removals(self) -> int:
        """How often one was taken back."""
        ...

    def rung(self) -> list[str]:
        """The chats where something else was asked to call people."""
        ...

    def stranger(self) -> Address:
        """Where somebody is who has not spoken lately, or never; the platform says so when we write there."""
        ...

    async def unasked(self, card: Card, to: Address) -> str:
        """Say something that answers nobody."""
        ...

    async def press(self, shown: str) -> None:
        """Somebody presses the first button of the card with this id."""
        ...

    def sends(self, kind: str) -> Inbound | None:
        """What reaches us when a person sends this, one to one or in a group."""
        ...


async def tell(trial: Trial, card: Card, to: Address, *made: Made) -> str:
    return await trial.platform.perform(Outgoing(Act.SAY, to, card, "", made), Urgency.NOTICE)


async def show(trial: Trial, card: Card, to: Address, *made: Made) -> Seen:
    """Tell a card; what people got of it."""
    trial.seen()
    await tell(trial, card, to, *made)
    return trial.seen()


def _of_card(found: Seen, card: dict[str, Any]) -> None:
    """Add what a template card of WeCom shows."""
    found.kinds.add(card["card_type"])
    found.presses |= {one["key"] for one in card.get("button_list", [])}
    lists = [card["checkbox"]] if "checkbox" in card else card.get("select_list", [])
    found.presses |= {one["id"] for each in lists for one in each["option_list"]}


def add_message(found: Seen, body: dict[str, Any]) -> None:
    """Add what any message of WeCom or WeChat shows."""
    kind = body["msgtype"]
    if kind == "template_card":
        _of_card(found, body["template_card"])
    elif kind in {"text", "markdown", "stream"}:
        found.texts.append(body[kind]["content"])
        found.called += body[kind].get("mentioned_list", [])
    else:
        found.files += 1
