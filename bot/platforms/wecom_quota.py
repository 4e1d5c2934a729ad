"""What WeCom lets one be told: 30 messages in a minute and 1,000 in an hour, answers and pushes together.

One is a chat of the AI bot, or a person of a self-built app (where WeCom drops what is beyond in silence).
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.platforms.base import Crowded
from storage.messages import Urgency

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_LATE = timedelta(seconds=1)
"""WeCom counts by its own clock, which hears of a message a little after ours."""

_KEPT = {Urgency.NOW: 0, Urgency.ANSWER: 1, Urgency.NOTICE: 2, Urgency.COUNTER: 2}
"""Tenths of what is allowed that are kept free for what is more urgent: danger first, then whoever asked something."""


@dataclass(slots=True)
class Quota:
    """Counts over windows that slide, since WeCom does. Whoever finds no room is to come again, with nothing told."""

    minute: int = 30
    hour: int = 1000
    _told: dict[str, deque[datetime]] = field(default_factory=dict)

    def take(self, chat: str, count: int, now: datetime, urgency: Urgency) -> None:
        """Reserve room for `count` messages to this chat, all or none. Crowded until there is room."""
        told = self._told.setdefault(chat, deque())
        while told and told[0] <= now - _HOUR - _LATE:
            told.popleft()
        waits = [
            told[len(told) - stay - 1] + window + _LATE - now
            for whole, window in ((self.minute, _MINUTE), (self.hour, _HOUR))
            if len(told) > (stay := _may_stand(whole, count, urgency))
        ]
        if waits and max(waits) > timedelta(0):
            raise Crowded(max(waits))
        told.extend([now] * min(count, self.minute))


def _may_stand(whole: int, count: int, urgency: Urgency) -> int:
    """How many messages may stand in a window already when these are told."""
    most = whole - whole * _KEPT[urgency] // 10
    return most - min(count, most)
