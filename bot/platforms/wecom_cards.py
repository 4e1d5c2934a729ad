"""Template cards of WeCom, for every channel that has them; pure.

Which kind of card carries which buttons, and how a press comes back: the press itself is the key of its button or
the id of its option, so that nothing need be remembered to understand one.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.platforms.splitting import clipped
from bot.platforms.wire import Json, Table, part, parts, words
from handlers.texts import text
from storage.messages import Button, Card

TITLE, DESCRIPTION, SUBTITLE = 26, 30, 112
"""Characters that clients show; what is longer is cut by them, so it is told in a message before."""

_BUTTON_LABEL, _OPTION_LABEL = 10, 11
_BUTTONS, _OPTIONS, _SELECTORS, _SELECTED = 6, 20, 3, 9
_PRESS = re.compile(r"[!-~]{1,60}")
SUBMIT = "submit"
KEEP = "keep"
"""The option of a selector that leaves things as they are: WeCom takes the first when nothing is chosen."""
STALE = "stale"
"""The key of the one button under a card that is over; pressed, it is answered like any outlived button."""
_QUESTION = "q"


class CardKind(StrEnum):
    """How a card with buttons is shown; WORDS has none, or more than any card can carry."""

    BUTTONS = "button_interaction"
    POLL = "vote_interaction"
    SELECTORS = "multiple_interaction"
    WORDS = "words"


def kind_of(card: Card) -> CardKind:
    """Choose by number and kind: answers to one question are options, a handful of actions are buttons."""
    buttons = card.buttons
    if not buttons or not _can_be_pressed(buttons):
        return CardKind.WORDS
    groups = _by_stem(buttons)
    if len(buttons) > 1 and len(groups) == 1 and len(buttons) <= _OPTIONS:
        return CardKind.POLL
    if len(buttons) <= _BUTTONS:
        return CardKind.BUTTONS
    if 1 < len(groups) <= _SELECTORS and all(len(group) <= _SELECTED for group in groups.values()):
        return CardKind.SELECTORS
    return CardKind.POLL if len(buttons) <= _OPTIONS else CardKind.WORDS


def new_task() -> str:
    """Return a task_id that no bot of ours has used or will use."""
    return f"y{secrets.token_hex(12)}"


def fits(card: Card, kind: CardKind) -> bool:
    """Whether the template alone says all the card says, so that no message need go before it."""
    title, _, rest = card.text.strip().partition("\n")
    room = DESCRIPTION if kind is not CardKind.BUTTONS else SUBTITLE
    return not cramped(card, kind) and len(title) <= TITLE and len(rest) <= room


def cramped(card: Card, kind: CardKind) -> bool:
    """Whether a label is longer than clients show; then options carry their numbers, and the lines stand before."""
    most = _BUTTON_LABEL if kind is not CardKind.POLL else _OPTION_LABEL
    return any(len(button.label) > most for button in card.buttons)


def numbered(card: Card) -> str:
    """Return the buttons as lines, each with the number that stands for it."""
    lines = (
        text("wecom.numbered", number=number, label=button.label)
        for number, button in enumerate(card.buttons, start=1)
    )
    return "\n".join(lines)


def template(card: Card, kind: CardKind, task_id: str, note: str = "") -> Table:
    """Return the template card; `note` is what is said to the presser alone, in place of what stands under the title.

    `kind` is not WORDS; it is that of the card as first posted, since a card keeps its kind. ValueError else.
    """
    table: Table = {"card_type": kind.value, "task_id": task_id, **_head(card, kind, note)}
    match kind:
        case CardKind.BUTTONS:
            return {**table, "button_list": _button_list(card, kind)}
        case CardKind.POLL:
            return {**table, **_checkbox(card, kind), "submit_button": _submit()}
        case CardKind.SELECTORS:
            return {**table, "select_list": _selectors(card, kind), "submit_button": _submit()}
        case CardKind.WORDS:
            raise ValueError(kind)


def presses(event: Table) -> list[str]:
    """Return what was pressed or chosen, in the order of the card. `event` is the template_card_event.

    Raises Malformed (of the wire) when it is not one.
    """
    key = words(event, "event_key")
    items = part(event, "selected_items") or {}
    chosen = [option for item in parts(items, "selected_item") for option in _option_ids(item)]
    if key and key != SUBMIT:
        return [key]
    return [option for option in chosen if option != KEEP]


def _option_ids(item: Table) -> list[str]:
    """The ids of one question; a lone one may come without its list."""
    found = (part(item, "option_ids") or {}).get("option_id", [])
    listed: list[Json] = found if isinstance(found, list) else [found]
    return [option for option in listed if isinstance(option, str)]


def _can_be_pressed(buttons: Sequence[Button]) -> bool:
    distinct = {button.press for button in buttons}
    sound = all(_PRESS.fullmatch(button.press) and button.label.strip() for button in buttons)
    return sound and len(distinct) == len(buttons) and not distinct & {SUBMIT, KEEP}


def _by_stem(buttons: Sequence[Button]) -> Mapping[str, list[Button]]:
    """Buttons that differ in their last argument alone are answers to one question."""
    found: dict[str, list[Button]] = {}
    for button in buttons:
        found.setdefault(button.press.rpartition(":")[0] or button.press, []).append(button)
    return found


def _head(card: Card, kind: CardKind, note: str) -> Table:
    title, _, rest = card.text.strip().partition("\n")
    under = note or (rest if fits(card, kind) else text("wecom.see_above"))
    head: Table = {"title": clipped(title, TITLE) or text("wecom.untitled")}
    if kind is CardKind.BUTTONS:
        return {"main_title": head, "sub_title_text": clipped(under, SUBTITLE)}
    return {"main_title": {**head, "desc": clipped(" ".join(under.split("\n")), DESCRIPTION)}}


def _labels(card: Card, kind: CardKind) -> list[str]:
    most = _BUTTON_LABEL if kind is not CardKind.POLL else _OPTION_LABEL
    full = cramped(card, kind)
    return [
        clipped(f"{number} {button.label}" if full else button.label, most)
        for number, button in enumerate(card.buttons, start=1)
    ]


def _button_list(card: Card, kind: CardKind) -> list[Json]:
    """A card must have a button; when it is over, that one says so."""
    if not card.buttons:
        return [{"text": text("wecom.over"), "style": 2, "key": STALE}]
    found: list[Json] = []
    for label, button in zip(_labels(card, kind), card.buttons, strict=True):
        found.append({"text": label, "style": 1 if not found else 2, "key": button.press})
    return found[:_BUTTONS]


def _checkbox(card: Card, kind: CardKind) -> Table:
    options: list[Json] = [
        {"id": button.press, "text": label, "is_checked": False}
        for label, button in zip(_labels(card, kind), card.buttons, strict=True)
    ]
    over: list[Json] = [{"id": STALE, "text": text("wecom.over"), "is_checked": False}]
    box: Table = {"question_key": _QUESTION, "mode": 0, "option_list": options[:_OPTIONS] or over}
    return {"checkbox": box if options else {**box, "disable": True}}


def _selectors(card: Card, kind: CardKind) -> list[Json]:
    """One list for each question; the first entry of each leaves it open."""
    labels = dict(zip((button.press for button in card.buttons), _labels(card, kind), strict=True))
    keep: Json = {"id": KEEP, "text": text("wecom.keep")}
    found: list[Json] = []
    for number, group in enumerate(list(_by_stem(card.buttons).values())[:_SELECTORS], start=1):
        options: list[Json] = [{"id": button.press, "text": labels[button.press]} for button in group]
        entry: Table = {
            "question_key": f"{_QUESTION}{number}",
            "title": text("wecom.selector", number=number),
            "selected_id": KEEP,
            "option_list": [keep, *options[:_SELECTED]],
        }
        found.append(entry)
    return found or [_nothing_left(keep)]


def _nothing_left(keep: Json) -> Json:
    return {
        "question_key": f"{_QUESTION}1",
        "title": text("wecom.over"),
        "disable": True,
        "option_list": [keep],
    }


def _submit() -> Table:
    return {"text": text("wecom.submit"), "key": SUBMIT}
