"""Cards in words, for chats that have no buttons; pure."""

import re
from collections.abc import Sequence

from bot.platforms.base import Rejected
from bot.platforms.splitting import pieces
from handlers.texts import text
from storage.messages import Button, Card, File

TEXT_BYTES = 2048
_CALLED = 15
_USERID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_@.-]{0,63}")
# WeChat makes a link of <a href>, and WeCom a call of <@somebody>, out of what a resident may have written.
_MARKUP = re.compile(r"<(?=\s*/?\s*(?:a\b|@))", re.IGNORECASE)


def harmless(words: str) -> str:
    """Return the words so that nothing in them is taken for a link or a call."""
    return _MARKUP.sub("＜", words)


def with_numbers(card: Card, close: str) -> str:
    """Return the card's text with a numbered line for each button, and a last line that says what to do with them."""
    return "\n".join(
        [card.text.rstrip(), "", *number_lines(card.buttons), close] if card.buttons else [card.text]
    )


def number_lines(buttons: Sequence[Button]) -> list[str]:
    """Return each button with the number that stands for it."""
    return [
        text("wechat.number_line", number=number, label=button.label)
        for number, button in enumerate(buttons, start=1)
    ]


def with_the_rest(words: str, card: Card, absent: Sequence[File]) -> str:
    """Return the words with a line about the place, and one about files that cannot be shown here."""
    lines = [words]
    if card.location:
        place = card.location
        lines.append(text("wechat.place", latitude=place.latitude, longitude=place.longitude))
    if absent:
        names = text("wechat.between").join(file.name or text(f"wechat.{file.kind}") for file in absent)
        lines.append(text("wechat.attachments", count=len(absent), names=names))
    return "\n".join(line for line in lines if line.strip())


def callable_accounts(card: Card) -> list[str]:
    """Return the userids a card calls, each once, at most as many as stay readable in one line."""
    found = dict.fromkeys(one.account for one in card.mentions if _USERID.fullmatch(one.account))
    return list(found)[:_CALLED]


def in_pieces(words: str, limit: int = TEXT_BYTES) -> list[str]:
    """Cut the words to messages of at most `limit` bytes. Rejected when there is nothing to say."""
    found = pieces(harmless(words), limit)
    if not found:
        raise Rejected("nothing to say")
    return found
