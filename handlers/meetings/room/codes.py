"""The code of the check-in: four digits that follow from the meeting's key and change every two minutes. Pure."""

from datetime import datetime, timedelta
from hashlib import blake2b
from hmac import compare_digest

KEY_BYTES = 16
WINDOW = timedelta(minutes=2)
_DIGITS = 4
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def code_at(key: str, now: datetime) -> str:
    """The code that is shown now; `key` is the meeting's, in hex."""
    return _code(key, _window(now))


def good_until(now: datetime) -> datetime:
    """Until when the code that is shown now is taken: the end of the window after this one."""
    return _EPOCH + (_window(now) + 2) * WINDOW


def is_code(key: str, said: str, now: datetime) -> bool:
    """Whether somebody gave the code of this window or of the one before."""
    window = _window(now)
    given = said.encode()
    return bool(key) and any(compare_digest(_code(key, one).encode(), given) for one in (window, window - 1))


def _window(now: datetime) -> int:
    return (now - _EPOCH) // WINDOW


def _code(key: str, window: int) -> str:
    digest = blake2b(str(window).encode(), key=bytes.fromhex(key), digest_size=8).digest()
    return str(int.from_bytes(digest) % 10**_DIGITS).zfill(_DIGITS)
