"""What happens to meetings that come round, to times that are looked for, and to bodies that do not meet."""

from dataclasses import dataclass

from handlers.events.base import Event


@dataclass(frozen=True, slots=True)
class SeriesStarted(Event):
    """From now on meetings of a body come round."""

    series_id: int


@dataclass(frozen=True, slots=True)
class SeriesEnded(Event):
    """No more meetings come of a series, for a reason that is kept ("" when its last day has come)."""

    series_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingPrepared(Event):
    """A meeting of a series has a row and a draft of an agenda; nobody is called yet."""

    meeting_id: int
    series_id: int


@dataclass(frozen=True, slots=True)
class TurnLost(Event):
    """A meeting of a series on this day does not take place; `why` is cancelled, missed or too_late."""

    series_id: int
    day: str
    why: str


@dataclass(frozen=True, slots=True)
class SearchOpened(Event):
    """People are asked when they can come."""

    search_id: int


@dataclass(frozen=True, slots=True)
class SearchClosed(Event):
    """A search is over; `what` is ended (answers are no longer taken), settled or cancelled."""

    search_id: int
    what: str


@dataclass(frozen=True, slots=True)
class MeetingOwed(Event):
    """The office was told that a body must meet."""

    watch_id: int
    body: str
