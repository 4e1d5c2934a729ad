"""What people do where a bot hears nothing that does not name it."""

from copy import copy
from enum import Enum

from bot.app import App
from handlers.words import spoken
from storage.database import Transaction
from storage.messages import Inbound, Said


class Manners(Enum):
    """Who wants something of the bot names it; what is chatter stays between people."""

    NAMES_IT = "names it"
    SAYS_NOTHING_TO_IT = "says nothing to it"
    IS_OVERHEARD = "is overheard"


class Undone(Exception):
    """A trial is over; nothing of it is kept."""

    def __init__(self, *, mattered: bool) -> None:
        super().__init__()
        self.mattered = mattered


async def manners(app: App, event: Inbound, said: Said) -> Manners:
    """What somebody does who says this in a group."""
    if said.addressed or spoken(said.text).marked:
        return Manners.NAMES_IT
    # The door is asked on a copy, which forgets the question.
    if not copy(app.door).concerns(event, event.at) or not await _matters(app, event):
        return Manners.SAYS_NOTHING_TO_IT
    words = spoken(said.text)
    meant = words.number is not None or any(first in app.door.routes.commands for first, _ in words.readings)
    return Manners.NAMES_IT if meant else Manners.IS_OVERHEARD


async def _matters(app: App, event: Inbound) -> bool:
    """Whether the house would do anything on overhearing it."""

    async def trial(tx: Transaction) -> None:
        work = await app.dispatch.handle(tx, event, event.at)
        raise Undone(mattered=bool(work and (work.sayings or work.whispers or work.entries or work.changed)))

    try:
        await app.database.write(trial)
    except Undone as undone:
        return undone.mattered
    except Exception:  # noqa: BLE001 - whatever it is, the house has something to say to it
        return True
    raise AssertionError("a trial is always undone")
