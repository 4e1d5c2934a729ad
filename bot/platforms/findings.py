"""What a platform's doctor hands back, whichever platform it is."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.texts import text


class Level(StrEnum):
    """How much a finding matters; with an error the bot cannot do its work."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's; `key` is a sentence of the texts, `values` its fields."""

    level: Level
    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The finding as a person reads it."""
        return text(self.key, **dict(self.values))
