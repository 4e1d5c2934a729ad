"""How a played story looks on the screen: chats as they happen, in the order they happen."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.cli.screen import screen
from bot.cli.stage import called
from bot.platforms.console import Shown
from bot.screenplay import PRIVATE, Presses, Says
from handlers.moments import moment
from handlers.texts import text
from storage.messages import Act

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue")


@dataclass(slots=True)
class Playbill:
    """Prints a story; `quiet` prints nothing of it."""

    zone: ZoneInfo
    quiet: str = ""
    names: dict[str, str] = field(default_factory=dict)

    def heading(self, words: str) -> None:
        """A new part of the story."""
        self._print(Rule(Text(words, style="bold")))

    def moment(self, now: datetime) -> None:
        """Time has passed."""
        self._print(Text(f"   ⏱ {moment(now, self.zone)}", style="dim"))

    def says(self, line: Says) -> None:
        """Somebody says something."""
        self._print(self._spoken(line.where, line.who, line.words))

    def presses(self, line: Presses) -> None:
        """Somebody presses a button."""
        self._print(self._spoken(line.where, line.who, text("demo.pressed", label=line.label)))

    def show(self, shown: Shown) -> None:
        """The bot says something, answers a press, or changes a card for good."""
        if shown.act is Act.SAY:
            self._print(self._card(shown))
        elif shown.act is Act.ANSWER:
            self._print(
                Padding(Text(text("demo.to_presser", words=shown.card.text), style="dim"), (0, 0, 0, 4))
            )

    def _card(self, shown: Shown) -> Padding:
        buttons = "  ".join(
            f"[{place} {button.label}]" for place, button in enumerate(shown.card.buttons, start=1)
        )
        body = Text("\n".join([shown.card.text, *called(shown)]))
        for made in shown.made:
            body.append("\n" + text("cli.file", name=made.name, size=len(made.content) // 1024 + 1))
        if buttons:
            body.append(f"\n{buttons}", style="bold")
        name = self.names.get(shown.address.chat)
        where = text("demo.in_private", name=name) if name else shown.address.chat
        panel = Panel(
            body,
            title=text("demo.bot", place=where),
            title_align="left",
            border_style=_colour(where),
            expand=False,
        )
        return Padding(panel, (0, 0, 0, 4))

    def _spoken(self, where: str, who: str, words: str) -> Text:
        line = Text()
        line.append(f"{where} ", style=_colour(where))
        line.append(f"{who}：", style="bold")
        line.append(words)
        return line

    def _print(self, what: object) -> None:
        if not self.quiet:
            screen().print(what)


def _colour(where: str) -> str:
    return "white" if where.startswith(PRIVATE) else _COLOURS[sum(where.encode()) % len(_COLOURS)]
