"""What texts say, remembered: those of recent issues are compared again and again, and always read the same."""

from functools import lru_cache

from handlers.intake.reading import Reading, Understanding, understand

_KEPT = 4096


@lru_cache(_KEPT)
def understood(words: str) -> Understanding:
    """All that was understood of a text."""
    return understand(words)


def reading_of(words: str) -> Reading:
    """The part of it that is compared."""
    return understood(words).reading
