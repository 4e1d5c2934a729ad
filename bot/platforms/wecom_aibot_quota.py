"""What one chat may be told: 30 messages in a minute and 1,000 in an hour, answers and pushes together."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.platforms.base import TryLater

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_LATE = timedelta(seconds=1)
"""WeCom counts by its own clock, which hears of a message a little after ours."""


@dataclass(slots=True)
class Quota:
    """Counts over windows that slide, since WeCom does. Whoever finds no room is to come again, with nothing told."""

    minute: int = 30
    hour: int = 1000
    _told: dict[str, deque[datetime]] = field(default_factory=dict)

    def take(self, chat: str, count: int, now: datetime) -> None:
        """Reserve room for `count` messages to this chat, all or none. TryLater until there is room."""
        told = self._told.setdefault(chat, deque())
        while told and told[0] <= now - _HOUR - _LATE:
            told.popleft()
        waits = [
            told[len(told) - stay - 1] + window + _LATE - now
            for most, window in ((self.minute, _MINUTE), (self.hour, _HOUR))
            if len(told) > (stay := most - min(count, most))
        ]
        if waits and max(waits) > timedelta(0):
            raise TryLater(max(waits))
        told.extend([now] * min(count, self.minute))
