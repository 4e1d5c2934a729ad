"""Answers in the same breath: what is said to somebody while their own message is still waiting for our 200."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PATIENCE = 2.0
"""Seconds a callback waits for words to take back; WeChat waits five, and what is later goes another way."""

_REMEMBERED = timedelta(minutes=1)


@dataclass(slots=True)
class Breath:
    """One callback; `answer` holds the words it goes back with, "" for none, the same for every repetition of it."""

    event_id: str
    person: str
    drawn_at: datetime
    answer: asyncio.Future[str]


@dataclass(slots=True)
class Breaths:
    """The callbacks of this minute. One of each person takes one message back."""

    _known: dict[str, Breath] = field(default_factory=dict)
    _open: dict[str, Breath] = field(default_factory=dict)

    def draw(self, event_id: str, person: str, now: datetime) -> Breath:
        """Begin to wait for an answer; a repetition waits for the same one."""
        if kept := self._known.get(event_id):
            return kept
        for old in [one for one in self._known.values() if now - one.drawn_at > _REMEMBERED]:
            self.let_go(old)
        breath = Breath(event_id, person, now, asyncio.get_running_loop().create_future())
        self._known[event_id] = self._open[person] = breath
        return breath

    def say(self, person: str, words: str) -> bool:
        """Give the words to whoever waits for that person; False when nobody does (any more)."""
        breath = self._open.pop(person, None)
        if breath is None or breath.answer.done():
            return False
        breath.answer.set_result(words)
        return True

    async def heard(self, breath: Breath) -> str:
        """Wait for the words; once nobody waits, nothing more is taken."""
        await asyncio.wait([breath.answer], timeout=PATIENCE)
        if not breath.answer.done():
            breath.answer.set_result("")
        return breath.answer.result()

    def let_go(self, breath: Breath) -> None:
        """Forget a callback that failed or is old; its repetition begins anew."""
        self._known.pop(breath.event_id, None)
        if self._open.get(breath.person) is breath:
            del self._open[breath.person]
        if not breath.answer.done():
            breath.answer.set_result("")
