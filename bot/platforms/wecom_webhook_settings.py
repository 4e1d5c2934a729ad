"""How group webhooks are reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.platforms.wechat_badge import WECOM

PLATFORM = "wecom_webhook"


@dataclass(frozen=True, slots=True)
class WecomWebhookSettings:
    """The key of each webhook by the name that stands in addresses. A key is a secret: who has it may speak.

    `rings`: by the chatid of an AI bot's group the name of the webhook in it, which calls people there for the bot.
    """

    keys: Mapping[str, str] = field(repr=False)
    base_url: str = WECOM
    rings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def masked(self, words: str) -> str:
        """Return the words without our secrets, fit for logs and errors."""
        for key in self.keys.values():
            words = words.replace(key, "***")
        return words
