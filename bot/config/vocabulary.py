"""The files of a community's own places and words: looked into with the configuration, and read for the house."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.faults import Fault

if TYPE_CHECKING:
    from handlers.intake.aliases import Aliases

FILES = ("places", "words")


def faults_in(named: Mapping[str, str]) -> Iterator[tuple[str, Fault]]:
    """Every fault of the files, each with the key (one of `FILES`) that names the file."""
    if not named:
        return
    from handlers.intake.vocabulary import read_vocabulary  # noqa: PLC0415 - only who has such files waits for it

    texts = {key: _text(name) for key, name in named.items()}
    for key, written in texts.items():
        if written is None:
            yield key, Fault("config.vocabulary_unreadable")
    found = read_vocabulary(texts.get("places") or "", texts.get("words") or "")
    for key, sentences in (("places", found.places_faults), ("words", found.words_faults)):
        for said in sentences:
            yield key, Fault("config.vocabulary_fault", values=(("said", said),))


@cache
def aliases_of(places: str, words: str) -> "Aliases":
    """What two sound files say; "" for one that is not there."""
    from handlers.intake.vocabulary import read_vocabulary  # noqa: PLC0415

    return read_vocabulary(_text(places) or "", _text(words) or "").aliases


def _text(name: str) -> str | None:
    try:
        return Path(name).read_text("utf-8-sig") if name else ""
    except (OSError, UnicodeDecodeError):
        return None
