"""The poll that somebody answers without naming it: the card they reply to, or in private the card they last got."""

import json
import re

from handlers.work import Work
from storage import cards, polls
from storage.messages import Said
from storage.records import Poll, PostedCard

_NUMBERS = re.compile(r"\s*[0-9０-９]")
_CAST = re.compile(r"poll\.cast:([0-9]+):")


async def answered(work: Work, said: Said) -> Poll | None:
    """The poll of the card replied to; in private numbers alone go to the card that came last."""
    card = None
    if said.reply_to:
        card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
    elif work.event.private and _NUMBERS.match(said.text):
        card = await cards.latest_with_numbers(work.tx, work.event.chat)
    poll_id = _poll_on(card) if card else None
    return await polls.find(work.tx, poll_id) if poll_id else None


def _poll_on(card: PostedCard) -> int | None:
    """The poll a card is about, or (of a reminder, which is about nothing that changes) that its buttons speak of."""
    noun, _, key = card.subject.partition(":")
    if noun == "poll":
        return int(key)
    presses: list[str] = json.loads(card.presses)
    found = _CAST.match(presses[0]) if presses else None
    return int(found[1]) if found else None
