"""The seals of WeChat's callbacks: whether one is genuine and fresh, and what is inside."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, cast

from bot.platforms import wechat_xml

WINDOW = timedelta(minutes=5)
"""How old a callback may be. What comes again within it carries the same id and is admitted once."""

_SEPARATOR = "\x1f"
_MARKS = (
    "FromUserName",
    "CreateTime",
    "Event",
    "EventKey",
    "TaskId",
    "ResponseCode",
    "MsgID",
)


class Forged(Exception):
    """A callback that is not WeChat's, not ours, or too old; the reason holds no secret."""


@dataclass(frozen=True, slots=True)
class Query:
    """What stands in the address of a callback."""

    signature: str
    timestamp: str
    nonce: str
    echo: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str], signature: str) -> "Query":
        """Read it; `signature` is the name the channel has for it."""
        return cls(
            given.get(signature, ""),
            given.get("timestamp", ""),
            given.get("nonce", ""),
            given.get("echostr", ""),
        )


class _Cipher(Protocol):
    def decrypt_message(
        self, msg: Mapping[str, object], signature: str, timestamp: str, nonce: str
    ) -> str: ...

    def encrypt_message(self, msg: str, nonce: str, timestamp: str) -> str: ...


class Seal:
    """Opens and closes encrypted callbacks of one receiver (a corp id, an appid); never shows its key."""

    def __init__(self, token: str, key: str, receiver: str) -> None:
        # The library is slow to load, and only installations with such a channel need it.
        from wechatpy.crypto import WeChatCrypto  # noqa: PLC0415

        self._token = token
        self._cipher = cast(_Cipher, WeChatCrypto(token, key, receiver))

    def open(self, query: Query, sealed: str, now: datetime) -> str:
        """Return what was sealed. Raises Forged."""
        check(self._token, query, now, sealed)
        try:
            return self._cipher.decrypt_message(
                {"Encrypt": sealed}, query.signature, query.timestamp, query.nonce
            )
        except Exception as fault:  # noqa: BLE001 - hostile bodies make the library fail in a dozen ways
            raise Forged(f"cannot be opened: {type(fault).__name__}") from None

    def close(self, words: str, nonce: str, now: datetime) -> str:
        """Return the envelope with these words in it."""
        return self._cipher.encrypt_message(words, nonce, str(int(now.timestamp())))


def check(token: str, query: Query, now: datetime, *sealed: str) -> None:
    """Raises Forged when the signature over token, time, nonce (and what is sealed) is wrong, or is not of these minutes."""
    parts = sorted([token, query.timestamp, query.nonce, *sealed])
    expected = hashlib.sha1("".join(parts).encode()).hexdigest()  # noqa: S324 - it is WeChat's
    if not hmac.compare_digest(expected.encode(), query.signature.encode()):
        raise Forged("wrong signature")
    if not re.fullmatch(r"\d{1,12}", query.timestamp, re.ASCII):
        raise Forged("no timestamp")
    if abs(now.timestamp() - int(query.timestamp)) > WINDOW.total_seconds():
        raise Forged("out of the window of time")


def sealed_in(body: bytes) -> str:
    """Return the sealed part of a callback's body. Raises Forged for a body that is not sealed, Malformed for no XML."""
    sealed = wechat_xml.said(wechat_xml.read(body.decode(errors="replace")), "Encrypt")
    if not sealed:
        raise Forged("not encrypted")
    return sealed


def event_id(channel: str, fields: wechat_xml.Fields) -> str:
    """Return what names a callback for ever: its message id, or for an event, which has none, a hash of what it says."""
    if number := wechat_xml.said(fields, "MsgId"):
        return number
    parts = [channel, *(wechat_xml.said(fields, mark) for mark in _MARKS)]
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()
