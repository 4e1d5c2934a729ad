"""How the self-built app of WeCom is reached."""

from dataclasses import dataclass, field

from bot.platforms.wechat_badge import WECOM, Badge

PLATFORM = "wecom_app"
GROUP = "appchat:"
"""How the chat of an address begins that is a group the app has made."""


@dataclass(frozen=True, slots=True)
class WecomAppSettings:
    """What the administrator copies from the console; `token` and `aes_key` are those of the callback (接收消息).

    `pages` is how the addresses of our pages for papers begin, "" where there are none.
    """

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    base_url: str = WECOM
    pages: str = ""

    def badge(self) -> Badge:
        """How this app asks for its pass; one corp may have several apps."""
        query = {"corpid": self.corp_id, "corpsecret": self.secret}
        return Badge(f"{PLATFORM}:{self.corp_id}:{self.agent_id}", "gettoken", query)

    def masked(self, words: str) -> str:
        """Return the words without our secrets, fit for logs and errors."""
        for secret in (self.secret, self.token, self.aes_key):
            words = words.replace(secret, "***") if secret else words
        return words
