"""How the AI bot is reached; and how its secrets are kept out of sight."""

import logging
from dataclasses import dataclass, field
from enum import StrEnum

PLATFORM = "wecom_aibot"
SERVER = "wss://openws.work.weixin.qq.com"
SINGLE = "single:"
"""How the chat of an address begins that is one person's own; what follows is the userid."""

_WIRE_LOGS = ("httpx", "httpcore", "websockets", "websockets.client")


class Mode(StrEnum):
    """The two ways WeCom offers; a bot has one of them at a time."""

    LONG = "long"
    URL = "url"


@dataclass(frozen=True, slots=True)
class WecomAibotSettings:
    """What the operator says about the AI bot.

    `name` is what stands behind the @ in a group. LONG needs `bot_id` and `secret`, URL `token` and `aes_key`. Two
    pings that stay without an answer for `ping_seconds` mean a dead line; an answer later than `ack_seconds` is unknown.
    """

    bot_id: str = ""
    secret: str = field(default="", repr=False)
    name: str = ""
    mode: Mode = Mode.LONG
    token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    server: str = SERVER
    ping_seconds: float = 30
    ack_seconds: float = 8

    def masked(self, words: str) -> str:
        """Return the words without our secrets, fit for logs and errors."""
        for secret in (self.secret, self.token, self.aes_key):
            words = words.replace(secret, "***") if secret else words
        return words


def hush_wire_logs() -> None:
    """Silence the loggers that write frames, and with them the secret, or addresses that are keys themselves."""
    for name in _WIRE_LOGS:
        logging.getLogger(name).setLevel(logging.WARNING)
