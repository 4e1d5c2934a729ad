"""What we want to say, as calls of the Bot API; pure.

Texts go out without a parse mode: what a resident wrote can then never be taken for markup, whatever it contains.
"""

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.platforms.base import Rejected
from bot.platforms.telegram_calls import (
    ALERT_LIMIT,
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Body,
    Call,
    Called,
    Change,
    Keyboard,
    Remove,
    SayAlbum,
    SayFile,
    Saying,
    SayPlace,
    SayText,
    Target,
    TellPresser,
)
from bot.platforms.telegram_cut import pieces, shortened, units
from bot.platforms.telegram_decode import PRESS_PREFIX
from bot.platforms.telegram_files import own_file_id, sent_before
from handlers.texts import text
from storage.messages import Act, Address, Button, Card, File, FileKind, Made, Mention, Outgoing

_ALBUM, _BUTTONS, _ROW, _PRESS_BYTES = 10, 100, 8, 64
_CALLED, _NAME = 50, 32
_ALBUMS = (frozenset({FileKind.PHOTO, FileKind.VIDEO}), frozenset({FileKind.DOCUMENT}))


def render(outgoing: Outgoing) -> tuple[Call, ...]:
    """Return the calls to make, in order; the last shows the buttons. Raises Rejected for what cannot be said."""
    match outgoing.act:
        case Act.SAY:
            return _say(outgoing)
        case Act.EDIT:
            return (_change(outgoing),)
        case Act.RETRACT:
            return (Remove(_target(outgoing.address), _number(outgoing.message_id)),)
        case Act.ANSWER:
            return (TellPresser(outgoing.message_id, shortened(outgoing.card.text.strip(), ALERT_LIMIT)),)


def in_words(outgoing: Outgoing) -> Outgoing:
    """Return the same with everything that hangs on it only mentioned: the way back when Telegram refuses that."""
    card = outgoing.card
    words = _with_mention(card.text, card.files)
    if card.location is not None:
        words += "\n" + text(
            "telegram.place", latitude=card.location.latitude, longitude=card.location.longitude
        )
    return replace(outgoing, card=Card(words.strip(), card.rows, mentions=card.mentions))


def _say(outgoing: Outgoing) -> tuple[Saying, ...]:
    card = outgoing.card
    reply_to = _number(outgoing.message_id) if outgoing.message_id else None
    target = _target(outgoing.address, reply_to)
    own, words = _split(outgoing)
    keyboard = _keyboard(card)
    place = (
        () if card.location is None else (SayPlace(target, card.location.latitude, card.location.longitude),)
    )
    if len(own) == 1 and units(words) <= CAPTION_LIMIT and not card.mentions:
        return (*place, SayFile(target, own[0], words, keyboard))
    calls = [*_albums(target, own), *place, *_texts(target, words, card.mentions)]
    return _buttoned(calls, keyboard)


def _texts(target: Target, words: str, mentions: Sequence[Mention]) -> list[SayText]:
    """The words in messages; the last ends with the names of those it rings for."""
    people = {int(one.account): _name(one) for one in mentions[:_CALLED] if one.account.isdecimal()}
    if not people:
        return [SayText(target, piece) for piece in pieces(words, TEXT_LIMIT)]
    line = " ".join(people.values())
    *before, last = pieces(words, TEXT_LIMIT - units(line) - 1) or [""]
    called, at = [], units(last) + 1
    for account, name in people.items():
        called.append(Called(account, name, at, units(name)))
        at += units(name) + 1
    ringing = SayText(target, f"{last}\n{line}", called=tuple(called))
    return [*(SayText(target, piece) for piece in before), ringing]


def _name(called: Mention) -> str:
    return "@" + shortened(" ".join(called.name.split()) or called.account, _NAME)


def _buttoned(calls: list[Saying], keyboard: Keyboard) -> tuple[Saying, ...]:
    if not calls:
        raise Rejected("nothing to say")
    last = calls[-1]
    if keyboard is None:
        return tuple(calls)
    if isinstance(last, SayAlbum):
        raise Rejected("buttons under several files need a text")
    return (*calls[:-1], replace(last, keyboard=keyboard))


def _albums(target: Target, files: tuple[File | Made, ...]) -> list[SayAlbum | SayFile]:
    """As few messages as Telegram's rules about neighbours in an album allow."""
    found: list[SayAlbum | SayFile] = []
    for kinds in _ALBUMS:
        together = [file for file in files if file.kind in kinds]
        for start in range(0, len(together), _ALBUM):
            album = tuple(together[start : start + _ALBUM])
            found.append(SayFile(target, album[0]) if len(album) == 1 else SayAlbum(target, album))
    alone = (file for file in files if not any(file.kind in kinds for kinds in _ALBUMS))
    return [*found, *(SayFile(target, file) for file in alone)]


def _change(outgoing: Outgoing) -> Change:
    hanging = tuple(file for file in outgoing.card.files if sent_before(file))
    words = _with_mention(outgoing.card.text, _foreign(outgoing.card))
    body = Body.CAPTION if len(hanging) == 1 and units(words) <= CAPTION_LIMIT else Body.TEXT
    if not words.strip() and body is Body.TEXT:
        raise Rejected("nothing to show")
    number = _number(outgoing.message_id)
    shown = shortened(words, TEXT_LIMIT)
    return Change(_target(outgoing.address), number, shown, body, _keyboard(outgoing.card))


def _split(outgoing: Outgoing) -> tuple[tuple[File | Made, ...], str]:
    """The files that can be sent here, and the text with a word about those that cannot."""
    made = {one.ref: one for one in outgoing.made}
    found = (made.get(file.ref, file) for file in outgoing.card.files)
    own = tuple(file for file in found if isinstance(file, Made) or own_file_id(file))
    lost = tuple(file for file in outgoing.card.files if file.is_made and file.ref not in made)
    return own, _with_mention(outgoing.card.text, (*_foreign(outgoing.card), *lost))


def _foreign(card: Card) -> tuple[File, ...]:
    return tuple(file for file in card.files if not sent_before(file))


def _with_mention(words: str, files: tuple[File, ...]) -> str:
    if not files:
        return words
    names = text("telegram.between").join(file.name or text(f"telegram.{file.kind}") for file in files)
    return f"{words}\n{text('telegram.attachments', count=len(files), names=names)}".lstrip("\n")


def _keyboard(card: Card) -> Keyboard:
    if not card.buttons:
        return None
    if len(card.buttons) > _BUTTONS:
        raise Rejected(f"{len(card.buttons)} buttons")
    rows = [row[start : start + _ROW] for row in card.rows for start in range(0, len(row), _ROW)]
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    data = PRESS_PREFIX + button.press
    if not button.label.strip() or not button.press or len(data.encode()) > _PRESS_BYTES:
        raise Rejected(f"a button nobody can press: {button.label!r} {button.press!r}")
    return InlineKeyboardButton(button.label, callback_data=data)


def _target(address: Address, reply_to: int | None = None) -> Target:
    chat = address.chat if address.chat.startswith("@") else _number(address.chat)
    return Target(chat, _number(address.thread) if address.thread else None, reply_to)


def _number(written: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise Rejected(f"{written!r} is no number of Telegram's") from None
