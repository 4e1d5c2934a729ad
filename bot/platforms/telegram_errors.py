"""How a refused or broken call reads in the words of the post office, with every secret taken out."""

import json
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.platforms.base import ChatMoved, Doubtful, Rejected, SendError, TryLater, Unavailable, Unreachable
from bot.platforms.telegram_settings import TelegramSettings

_UNTOLD = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# Telegram has no codes for these, only sentences; each is quoted from an answer of the Bot API.
_CLOSED_TO_US = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "chat_write_forbidden",
    "no rights to send",
    "not enough rights",
    "need administrator rights",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
)
_FLOODED = "too many requests"
_FLOOD_PAUSE = timedelta(seconds=30)
UNCHANGED = "message is not modified"
NO_TEXT = "there is no text in the message"
NO_CAPTION = "there is no caption in the message"
GONE = "message to delete not found"
TOO_OLD = ("query is too old", "query id is invalid", "query_id_invalid")

Told = TypeVar("Told")


class TelegramStopped(Exception):
    """This channel cannot go on until a person has changed something."""


class TokenRefused(TelegramStopped):
    """Telegram does not know the token (any more)."""

    def __init__(self) -> None:
        super().__init__("Telegram refuses the token")


class AnotherReceiver(TelegramStopped):
    """Another process, or a webhook, receives for the same bot."""

    def __init__(self) -> None:
        super().__init__("somebody else receives for this bot: another process or a webhook")


def translated(fault: Exception, settings: TelegramSettings) -> SendError | TelegramStopped:
    """Return what is to be raised for a call that PTB says has failed."""
    said = settings.masked(str(fault))
    match fault:
        case RetryAfter():
            return TryLater(_pause(fault))
        case ChatMigrated():
            return ChatMoved(str(fault.new_chat_id))
        case InvalidToken():
            # 404 is also what a Bot API server of one's own says to a method it is too old for.
            return Rejected(said) if "method" in said.lower() else TokenRefused()
        case Forbidden() | BadRequest():
            closed = isinstance(fault, Forbidden) or any(words in said.lower() for words in _CLOSED_TO_US)
            return Unreachable(said) if closed else Rejected(said)
        case NetworkError():
            return _broken_line(fault, said)
        case _:
            return Doubtful(said)


async def told(call: Awaitable[Told], settings: TelegramSettings) -> Told:
    """Wait for a call of PTB's, with its errors translated and its secrets kept.

    An answer PTB cannot read comes as one of Python's own errors: the call has been made all the same.
    """
    try:
        return await call
    except TelegramError as fault:
        raise translated(fault, settings) from None
    except (TypeError, KeyError, ValueError) as fault:
        raise Doubtful(f"an answer that cannot be read: {type(fault).__name__}") from None


def _pause(fault: RetryAfter) -> timedelta:
    after = fault.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)


def _broken_line(fault: NetworkError, said: str) -> SendError:
    if isinstance(fault.__cause__, _UNTOLD):
        return Unavailable(said)
    if said.lower().startswith(_FLOODED):
        return TryLater(_FLOOD_PAUSE)
    return Rejected(said) if "(413)" in said or "entity too large" in said.lower() else Doubtful(said)


def refusal(answer: httpx.Response) -> str:
    """Return the reason Telegram gives in an answer that is not 200, without the address it was asked at."""
    try:
        body = json.loads(answer.content)
    except ValueError:
        body = None
    return f"{answer.status_code} {body.get('description', '') if isinstance(body, dict) else ''}".strip()
