"""What the person at the console sees: the chats they are in, message by message."""

from dataclasses import dataclass, field

from bot.cli.screen import screen
from bot.platforms.console import Shown
from handlers.texts import text
from storage.messages import Act, Address


def called(shown: Shown) -> list[str]:
    """The line that says for whom a new message rings; none when for nobody."""
    names = " ".join(f"@{one.name}" for one in shown.card.mentions)
    return [text("cli.called", names=names)] if names and shown.act is Act.SAY else []


@dataclass(slots=True)
class Stage:
    """Prints what appears in `visible` chats and remembers what can be pressed there."""

    visible: set[Address]
    private: Address
    _pressable: dict[Address, Shown] = field(default_factory=dict)

    def latest(self, where: Address) -> Shown | None:
        """The newest message with buttons in this chat, as it shows now."""
        return self._pressable.get(where)

    def show(self, shown: Shown) -> None:
        """Print something that appeared; edits of messages passed long ago are printed anew."""
        if shown.address not in self.visible:
            return
        newest = self._pressable.get(shown.address)
        if (shown.act is Act.SAY and shown.card.buttons) or (
            shown.act is Act.EDIT and newest and newest.message_id == shown.message_id
        ):
            self._pressable[shown.address] = shown
        if shown.act is not Act.RETRACT:
            self._print(shown)

    def echo(self, name: str, line: str) -> None:
        """Repeat a line that came through a pipe, so that the conversation can be read."""
        screen().print(f"{name}> {line}", markup=False)

    def _print(self, shown: Shown) -> None:
        from rich.panel import Panel
        from rich.text import Text

        numbered = [f"[{place}] {button.label}" for place, button in enumerate(shown.card.buttons, start=1)]
        files = [text("cli.file", name=made.name, size=len(made.content) // 1024 + 1) for made in shown.made]
        body = "\n".join(
            [shown.card.text, *called(shown), *files, *(["  ".join(numbered)] if numbered else [])]
        )
        place = text("cli.in_private") if shown.address == self.private else shown.address.chat
        title = text(f"cli_act.{shown.act.value}", place=place)
        screen().print(Panel(Text(body), title=title, title_align="left", expand=False))
