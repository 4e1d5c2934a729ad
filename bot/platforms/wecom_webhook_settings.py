"""How group webhooks are reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.platforms.wechat_badge import WECOM

PLATFORM = "wecom_webhook"


@dataclass(frozen=True, slots=True)
class WecomWebhookSettings:
    """The key of each webhook by the name that stands in addresses. A key is a secret: who has it may speak."""

    keys: Mapping[str, str] = field(repr=False)
    base_url: str = WECOM

    def masked(self, words: str) -> str:
        """Return the words without our secrets, fit for logs and errors."""
        for key in self.keys.values():
            words = words.replace(key, "***")
        return words
