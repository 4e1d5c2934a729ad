"""Template cards of WeCom as people see them, and presses on them as people make them."""

from typing import Any

from bot.platforms.wecom_cards import KEEP, STALE, SUBMIT

_MARKS = {KEEP, STALE}


def words_of(card: dict[str, Any]) -> str:
    """Everything that can be read on a card, from the top down."""
    head = card.get("main_title", {})
    return "\n".join((head.get("title", ""), head.get("desc", ""), card.get("sub_title_text", "")))


def pressable(card: dict[str, Any]) -> dict[str, str]:
    """What each button or option sends, and what stands on it."""
    found = {one["key"]: one["text"] for one in card.get("button_list", [])}
    boxes = [card["checkbox"]] if "checkbox" in card else card.get("select_list", [])
    found |= {one["id"]: one["text"] for box in boxes for one in box.get("option_list", [])}
    return {press: label for press, label in found.items() if press not in _MARKS}


def pressed(card: dict[str, Any], press: str) -> dict[str, Any]:
    """What is sent when this is pressed: a button by itself, an option with its submission."""
    kind = card.get("card_type", "button_interaction")
    if kind == "button_interaction":
        return {"card_type": kind, "event_key": press}
    chosen = {"selected_item": [{"question_key": "q", "option_ids": {"option_id": [press]}}]}
    return {"card_type": kind, "event_key": SUBMIT, "selected_items": chosen}
