"""How the Official Account is reached, and what may be sent to those who have not written lately."""

from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.platforms.wechat_badge import WECHAT, Badge

PLATFORM = "wechat_oa"
BEIJING = ZoneInfo("Asia/Shanghai")


class Filling(StrEnum):
    """What a field of the template message is filled with; a field with words of its own has FIXED."""

    TEXT = "text"
    TIME = "time"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field as the account's console names it (thing1, time3 …)."""

    name: str
    filling: Filling
    words: str = ""


@dataclass(frozen=True, slots=True)
class WechatOaSettings:
    """What the administrator copies from the console. An empty `aes_key`: plain mode (明文), else safe mode (安全).

    `template_id` is empty where no template may be sent.
    """

    app_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)
    template_id: str = ""
    template_fields: tuple[TemplateField, ...] = ()
    zone: ZoneInfo = BEIJING
    base_url: str = WECHAT

    def badge(self) -> Badge:
        """How this account asks for its pass: the stable one, which several processes may ask for."""
        body = {"grant_type": "client_credential", "appid": self.app_id, "secret": self.secret}
        return Badge(f"{PLATFORM}:{self.app_id}", "stable_token", body={**body, "force_refresh": False})

    def masked(self, words: str) -> str:
        """Return the words without our secrets, fit for logs and errors."""
        for secret in (self.secret, self.token, self.aes_key):
            words = words.replace(secret, "***") if secret else words
        return words
