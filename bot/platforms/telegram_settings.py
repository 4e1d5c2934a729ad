"""How this channel is reached and how fast it may be used; and how its secrets are kept out of sight."""

import logging
from dataclasses import dataclass, field

PLATFORM = "telegram"
_WIRE_LOGS = ("httpx", "httpcore", "telegram")


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What the operator says about Telegram; `webhook_url` empty means long polling.

    The rates are messages in a minute to one group and messages in a second to everybody.
    """

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org"
    webhook_url: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    group_per_minute: int = 20
    overall_per_second: int = 30

    def url(self, method: str) -> str:
        """Return the address of a Bot API method. It contains the token: never log it."""
        return f"{self.methods}{self.token}/{method}"

    @property
    def methods(self) -> str:
        """The part of an address before the token, as PTB wants it."""
        return f"{self.base_url.rstrip('/')}/bot"

    @property
    def files(self) -> str:
        """The same for downloads."""
        return f"{self.base_url.rstrip('/')}/file/bot"

    def masked(self, words: str) -> str:
        """Return the words without our secrets, fit for logs and errors."""
        for secret in (self.token, self.webhook_secret):
            words = words.replace(secret, "***") if secret else words
        return words


def hush_wire_logs() -> None:
    """Silence the loggers that write addresses, and with them the token: httpx at INFO, PTB at DEBUG."""
    for name in _WIRE_LOGS:
        logging.getLogger(name).setLevel(logging.WARNING)
