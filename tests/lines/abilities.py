"""What a channel cannot do, said once: a story that needs such a thing is skipped there, with this as its reason."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NoReturn

import pytest


class Lack(StrEnum):
    """Something a story may need and a platform may not have."""

    EDITED = "no news of messages people change"
    WITHDRAWN = "no news of messages people take back"
    MOVED = "no news of a group that gets another id"
    PRESENCE = "no news of being put out of a group"
    OVERHEARING = "hears nothing in a group that does not name it"
    WITHOUT_PERSON = "no words without a person behind them"
    BUTTONS = "no buttons to press"
    EMPTY_PRESSES = "no press that says nothing"
    PRESS_DATES = "does not say when a button was pressed"
    REPLIES = "does not say to which message of other people a reply belongs"
    FILES = "no files from people there"
    PLACE_AND_PICTURE = "no message that is a place and a picture"
    CAPTIONS = "no message that is words and a picture"
    PLACES = "no places from people"
    CHOSEN_IDS = "chooses the ids of messages by chance"
    LONG_WORDS = "no message as long as that"
    NAMES = "does not say what strangers are called"
    REDRAWING = "cannot change what it has shown"
    RETRACTING = "cannot take back what it has said"
    SPEAKING_FIRST = "cannot speak to somebody who has not written lately"
    OLD_CARDS = "numbers answer the newest card alone"
    ONE_ACCOUNT = "people have another account in groups"
    PRIVATE_ANSWERS = "cannot tell a presser alone what does not fit on the card"


ONE_TO_ONE = frozenset({Lack.ONE_ACCOUNT, Lack.OLD_CARDS})
WECHAT = frozenset(
    {
        Lack.EDITED,
        Lack.WITHDRAWN,
        Lack.MOVED,
        Lack.PRESENCE,
        Lack.WITHOUT_PERSON,
        Lack.REDRAWING,
        Lack.NAMES,
        Lack.CHOSEN_IDS,
        Lack.LONG_WORDS,
    }
)
LACKS: Mapping[str, frozenset[Lack]] = {
    "telegram": frozenset({Lack.WITHDRAWN, Lack.PRESS_DATES, Lack.PLACE_AND_PICTURE, Lack.LONG_WORDS}),
    "wecom_aibot": WECHAT
    | {
        Lack.OVERHEARING,
        Lack.EMPTY_PRESSES,
        Lack.REPLIES,
        Lack.FILES,
        Lack.PLACES,
        Lack.RETRACTING,
        Lack.PRIVATE_ANSWERS,
    },
    "wecom_app": WECHAT | ONE_TO_ONE | {Lack.REPLIES, Lack.CAPTIONS},
    "wechat_oa": WECHAT
    | ONE_TO_ONE
    | {Lack.REPLIES, Lack.CAPTIONS, Lack.BUTTONS, Lack.RETRACTING, Lack.SPEAKING_FIRST},
}
"""By channel. A line that meets a lack which does not stand here has found a fault."""

GROUPS: Mapping[str, str] = {"wecom_app": "wecom_aibot", "wechat_oa": "telegram"}
"""Where the groups of a story are when its people are written to on a channel that has none to hear."""


def cannot_here(channel: str, lack: Lack) -> NoReturn:
    """End the story: what it tries to do cannot be done on this channel."""
    assert lack in LACKS[channel], f"{channel} is said to be able to: {lack}"
    pytest.skip(f"{channel}: {lack}")
