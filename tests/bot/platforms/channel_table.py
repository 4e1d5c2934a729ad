"""The README's table of channels, written from what the house says of each: python -m tests.bot.platforms.channel_table."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.platforms.abilities import TABLE, URL, Abilities, Edits, Groups, Hears, Push, Rings, Sent, Unit
from storage.messages import FileKind

NAMES = {
    "telegram": "Telegram",
    "wecom_aibot": "AI bot 智能机器人 (long connection)",
    URL: "AI bot (URL)",
    "wecom_app": "self-built app 自建应用",
    "wechat_oa": "official account 公众号",
    "wecom_webhook": "group webhook",
}
_GROUPS = {
    Groups.ANY: "groups it is put into",
    Groups.CORP: "internal groups",
    Groups.MADE: "groups it has made",
    Groups.NONE: "no groups",
}
_HEARS = {Hears.ALL: "everything in", Hears.MENTIONS: "@mentions in", Hears.NOTHING: "nothing in"}
_PUSH = {
    Push.ANYBODY: "anybody there",
    Push.ONCE_SPOKEN: "where somebody wrote before",
    Push.LATELY_SPOKEN: "within 48 h of a message, 5 of them; else a template nudge, once a day",
    Push.NOBODY: "answers only",
}
_EDITS = {
    Edits.ANY_TIME: "any time",
    Edits.AFTER_A_PRESS: "within 5 s of a press",
    Edits.ONCE_A_PRESS: "once per press",
    Edits.NEVER: "no",
}
_RINGS = {Rings.YES: "yes", Rings.BY_WEBHOOK: "by a webhook in the same group", Rings.NO: "no"}
_SENT = {
    Sent.PICTURE: "pictures",
    Sent.VOICE: "voice",
    Sent.TRANSCRIPT: "voice as words",
    Sent.FILE: "files",
    Sent.PLACE: "places",
}


def _hears(row: Abilities) -> str:
    where = f"{_HEARS[row.hears]} {_GROUPS[row.groups]}"
    if row.groups is Groups.NONE:
        return "single chats"
    return f"{where}, single chats" if row.private else where


def _buttons(row: Abilities) -> str:
    if not row.buttons:
        return "numbers"
    kind = "vote, button and selector cards" if row.vote_card else "buttons"
    return f"{kind}, up to {row.buttons}; else numbers" if row.vote_card else f"{kind}, up to {row.buttons}"


def _takes_back(row: Abilities) -> str:
    return f"{row.takes_back // timedelta(hours=1)} h" if row.takes_back else "no"


def _rings(row: Abilities) -> str:
    return "in those groups" if row.groups is Groups.MADE else _RINGS[row.rings]


def _files(row: Abilities) -> str:
    if len(row.files) == len(FileKind):
        return "yes"
    return "pictures; others named" if row.files else "named"


def _sent(row: Abilities) -> str:
    return ", ".join(word for kind, word in _SENT.items() if kind in row.sent) or "nothing"


def _length(row: Abilities) -> str:
    return f"{row.length:,} {'bytes of UTF-8' if row.unit is Unit.BYTES else 'UTF-16 units'}"


LINES: Sequence[tuple[str, Callable[[Abilities], str]]] = (
    ("hears", _hears),
    ("one to one, people send", _sent),
    ("speaks first to", lambda row: _PUSH[row.push]),
    ("buttons", _buttons),
    ("changes a card", lambda row: _EDITS[row.edits]),
    ("takes back", _takes_back),
    ("@mentions", _rings),
    ("files of the house", _files),
    ("one text", _length),
)


def markdown(table: Sequence[Abilities]) -> str:
    """The table, a column for each channel."""
    lines = [["", *(NAMES[row.channel] for row in table)], ["---"] * (len(table) + 1)]
    lines += [[name, *(cell(row) for row in table)] for name, cell in LINES]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines)


if __name__ == "__main__":
    print(markdown(TABLE))
