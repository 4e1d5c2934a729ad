"""What we want to say, as messages of the AI bot; pure."""

from dataclasses import dataclass

from bot.platforms.base import Rejected
from bot.platforms.splitting import pieces
from bot.platforms.wecom_aibot_plain import plain
from bot.platforms.wecom_aibot_settings import SINGLE
from bot.platforms.wecom_cards import CardKind, cramped, fits, kind_of, new_task, numbered, template
from bot.platforms.wire import Table
from handlers.texts import text
from storage.messages import Address, Card, File, Made, Outgoing

CONTENT_BYTES = 20_480


@dataclass(frozen=True, slots=True)
class Telling:
    """The messages of one letter, in order: texts in Markdown, files, and the card with the buttons.

    `instead` is what to say when the card is refused; `quotes` are words by which people may refer to it.
    """

    texts: tuple[str, ...]
    files: tuple[Made, ...]
    card: Table | None
    message_id: str
    instead: str
    quotes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many messages it is."""
        return len(self.texts) + len(self.files) + (self.card is not None)


def render(outgoing: Outgoing) -> Telling:
    """Return what to tell for a SAY. Raises Rejected when there is nothing in it."""
    card, made = outgoing.card, {one.ref: one for one in outgoing.made}
    files = tuple(made[file.ref] for file in card.files if file.ref in made)
    words = _in_words(card, tuple(file for file in card.files if file.ref not in made))
    kind, task_id, how = kind_of(card), new_task(), _by_number(outgoing.address, card)
    if kind is CardKind.WORDS:
        texts = _texts(words, how)
        if not texts and not files:
            raise Rejected("nothing to say")
        return Telling(texts, files, None, task_id, "", (words,))
    shown = template(card, kind, task_id)
    if fits(card, kind) and words == card.text.strip():
        return Telling((), files, shown, task_id, _joined(words, how), (words,))
    texts = _texts(words, numbered(card) if cramped(card, kind) else "")
    return Telling(texts, files, shown, task_id, how, (words, _title(shown)))


def _joined(*said: str) -> str:
    return plain("\n".join(part for part in said if part))


def _texts(*said: str) -> tuple[str, ...]:
    return tuple(pieces(_joined(*said), CONTENT_BYTES))


def _title(card: Table) -> str:
    head = card.get("main_title")
    return str(head.get("title")) if isinstance(head, dict) else ""


def _by_number(address: Address, card: Card) -> str:
    if not card.buttons:
        return ""
    how = "by_number" if address.chat.startswith(SINGLE) else "by_number_group"
    return "\n".join((numbered(card), text(f"wecom.{how}")))


def _in_words(card: Card, lost: tuple[File, ...]) -> str:
    """The text, with a word about whatever cannot be shown here."""
    found = [card.text.strip()]
    if card.location is not None:
        place = card.location
        found.append(text("wecom.place", latitude=place.latitude, longitude=place.longitude))
    if lost:
        names = text("wecom.between").join(file.name or text(f"wecom.{file.kind}") for file in lost)
        found.append(text("wecom.attachments", count=len(lost), names=names))
    return "\n".join(part for part in found if part)
