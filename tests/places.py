"""Whether a place was found that somebody labelled in their own words."""

from handlers.intake.nearness import where
from handlers.intake.places import Place, find_place
from handlers.intake.plain import plain
from handlers.intake.sounds import slips


def found(label: str, said: Place) -> bool:
    """The same place or a part of it; a label that is no place by itself (洲头) must be spelt as it stands."""
    known = find_place(slips().mended(plain(label)))
    if known.name:
        return bool(where(known, said))
    words = plain(label).upper()
    return bool(said.name) and (said.name in words or words in said.name)
