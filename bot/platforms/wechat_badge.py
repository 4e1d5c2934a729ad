"""Where the interfaces are, and how a channel asks for its pass."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.platforms.wire import Table

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/"
WECHAT = "https://api.weixin.qq.com/cgi-bin/"


@dataclass(frozen=True, slots=True)
class Badge:
    """How a channel asks for its pass: `query` for WeCom, `body` for the account; `name` is what the pass is kept under."""

    name: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Table | None = field(default=None, repr=False)
