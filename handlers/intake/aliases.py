"""What one community calls its places and things, beside the shipped lexicon."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import TypeAdapter

from handlers.intake.plain import plain
from handlers.intake.weights import Weights
from handlers.intake.words import Lexicon, shipped

_SPELLINGS = TypeAdapter(dict[str, str])
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Aliases:
    """What one community calls its places, its own words and its own weights (None: the shipped ones)."""

    places: Mapping[str, str] = field(default_factory=lambda: _NO_NAMES)
    lexicon: Lexicon | None = None
    weights: Weights | None = None

    def spelt_out(self, text: str) -> str:
        """The plain text with the community's names for places replaced by the ones in its tree of units."""
        for name, meant in self.places.items():
            if name in text:
                text = text.replace(name, meant)
        return text


NONE = Aliases()


def read_aliases(places_toml: str, topics_toml: str = "") -> Aliases:
    """A community's aliases from TOML: `"阳光楼" = "3号楼"` lines, and topics written like the shipped files.

    Raises ValueError for text that is not such TOML.
    """
    spellings = _SPELLINGS.validate_python(tomllib.loads(places_toml))
    longest_first = sorted(spellings.items(), key=lambda pair: -len(pair[0]))
    names = {plain(name): plain(meant) for name, meant in longest_first}
    return Aliases(MappingProxyType(names), shipped().extended(topics_toml) if topics_toml else None)
