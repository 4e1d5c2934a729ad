"""The one place where the time is read."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """This moment, aware, UTC; never earlier than the last answer."""
        ...


class SystemClock:
    """The machine's clock, held steady when somebody sets it back."""

    def __init__(self) -> None:
        self._latest = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """This moment; while the machine's clock stands behind what it said before, what it said before."""
        self._latest = max(self._latest, datetime.now(UTC))
        return self._latest


class StoryClock:
    """A clock that a story moves."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The moment the story has reached."""
        return self._now

    def move(self, moment: datetime) -> None:
        """Go on to a later moment; an earlier one is passed over."""
        self._now = max(self._now, moment)
