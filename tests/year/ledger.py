"""Everything that was shown, when, and to whom."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.platforms.console import Shown
from storage.messages import Act, Address, Urgency

REMINDS = "📅 提醒"
_NAMED = re.compile(r"会(\d+)")
_HEADING = re.compile(r"会(\d+) (\S+) · (.+?) · ")


@dataclass(frozen=True, slots=True)
class Heard:
    """A new message, and when it appeared."""

    at: datetime
    where: Address
    text: str
    urgency: Urgency

    @property
    def meetings(self) -> list[int]:
        """The numbers of the meetings it names."""
        return [int(number) for number in _NAMED.findall(self.text)]


@dataclass(frozen=True, slots=True)
class Reminded:
    """One meeting that a reminder was about; `starts` is the moment as it was written there."""

    at: datetime
    where: Address
    number: int
    starts: str


@dataclass
class Ledger:
    """Written while the story goes on, read when it is over."""

    now: Callable[[], datetime]
    heard: list[Heard] = field(default_factory=list)

    def show(self, shown: Shown) -> None:
        """Something appeared in a chat."""
        if shown.act is Act.SAY:
            self.heard.append(Heard(self.now(), shown.address, shown.card.text, shown.urgency))

    @cached_property
    def reminded(self) -> list[Reminded]:
        """Every meeting of every reminder, in order."""
        return list(_reminded(self.heard))


def _reminded(heard: Iterable[Heard]) -> Iterable[Reminded]:
    for one in heard:
        if one.text.startswith(REMINDS):
            named = _HEADING.findall(one.text)
            assert named, one.text
            for number, _, starts in named:
                yield Reminded(one.at, one.where, int(number), starts)
