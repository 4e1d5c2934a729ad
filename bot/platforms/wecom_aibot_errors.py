"""How an errcode of the AI bot reads in the words of the post office. The errmsg is never read: it may quote."""

from datetime import timedelta

from bot.platforms.base import Rejected, SendError, TryLater, Unavailable, Unreachable

OVER_QUOTA, CONFLICT, SYSTEM_BUSY = 45009, 6000, -1
NOT_SUBSCRIBED = 846600
QUOTA_PAUSE = timedelta(seconds=60)
_OUT_OF_REACH = frozenset({846605, 846608})
_CLOSED_TO_US = frozenset({846607, 93001, 93006})
_SHORTLY = frozenset({CONFLICT, SYSTEM_BUSY, NOT_SUBSCRIBED})
TRANSIENT = frozenset({OVER_QUOTA, CONFLICT, SYSTEM_BUSY})
"""Refusals of a subscription that pass by themselves."""


class OutOfReach(Rejected):
    """What this would answer can be answered no more: its time has passed, or it was answered; a push may do."""


class SubscriptionRefused(Exception):
    """WeCom will not let this bot in."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code


def refusal(code: int) -> SendError:
    """Return what is to be raised for a frame that was refused with this errcode."""
    said = f"errcode {code}"
    if code == OVER_QUOTA:
        return TryLater(QUOTA_PAUSE)
    if code in _SHORTLY:
        return Unavailable(said)
    if code in _CLOSED_TO_US:
        return Unreachable(said)
    return OutOfReach(said) if code in _OUT_OF_REACH else Rejected(said)
