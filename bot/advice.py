"""Whom to ask for second opinions, and what may come of it: without the network."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AdvisorSettings:
    """Where to ask and whom; `timeout` in seconds, `per_day` questions at most."""

    url: str
    model: str
    key: str = field(repr=False)
    timeout: float
    per_day: int

    def masked(self, words: str) -> str:
        """The words without the key."""
        return words.replace(self.key, "***") if self.key else words


class NoAdvice(Exception):
    """Nobody answered, or not with a kind and a category; says how, never what."""
