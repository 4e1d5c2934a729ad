"""The keys of the channels of WeChat and WeCom."""

import re
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, SecretStr
from pydantic.dataclasses import dataclass

from bot.config.reading import read_base_url, secret
from bot.platforms.wecom_aibot_settings import PLATFORM as AIBOT
from bot.platforms.wecom_aibot_settings import SERVER, Mode

_CLOSED = ConfigDict(extra="forbid", hide_input_in_errors=True)
NOTHING = SecretStr("")

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
CallbackToken = Annotated[SecretStr, secret(r"[A-Za-z0-9]{3,32}")]
CallbackKey = Annotated[SecretStr, secret(r"[A-Za-z0-9]{43}")]
"""EncodingAESKey: 43 characters, base64 of 32 bytes without its last sign."""
AppSecret = Annotated[SecretStr, secret(r"[A-Za-z0-9_-]{6,128}")]
WEBHOOKS = r"\s*[^\s=;；#:]+\s*=\s*[A-Za-z0-9-]{8,64}\s*([;；\n]\s*[^\s=;；#:]+\s*=\s*[A-Za-z0-9-]{8,64}\s*)*[;；\n]?\s*"
RING = rf"^[^\s=;；#:]+\s*=\s*({AIBOT}:)?[A-Za-z0-9_-]{{1,128}}$"
Interface = Annotated[str, AfterValidator(read_base_url)]
Line = Annotated[str, Field(pattern=r"^wss?://[A-Za-z0-9.:\[\]-]+(/\S*)?$")]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class WecomApp:
    """[wecom_app]: a self-built app. `token` and `aes_key` are those of 接收消息."""

    corp_id: Id = ""
    agent_id: Annotated[int, Field(strict=True, ge=0, lt=2**31)] = 0
    secret: AppSecret = NOTHING
    secret_file: str = ""
    token: CallbackToken = NOTHING
    token_file: str = ""
    aes_key: CallbackKey = NOTHING
    aes_key_file: str = ""
    base_url: Interface = "https://qyapi.weixin.qq.com/cgi-bin"

    @property
    def configured(self) -> bool:
        """Whether this channel is to be opened; what it then lacks is for `check` to say."""
        return bool(self.corp_id)


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class WecomAibot:
    """[wecom_aibot]: the AI bot. LONG needs `bot_id` and `secret`, URL `token` and `aes_key`; `server` is LONG's."""

    mode: Mode = Mode.LONG
    bot_id: Id = ""
    secret: AppSecret = NOTHING
    secret_file: str = ""
    name: Annotated[str, Field(max_length=40, pattern=r"^[^@]*$")] = ""
    token: CallbackToken = NOTHING
    token_file: str = ""
    aes_key: CallbackKey = NOTHING
    aes_key_file: str = ""
    server: Line = SERVER

    @property
    def configured(self) -> bool:
        """Whether this channel is to be opened; what it then lacks is for `check` to say."""
        return bool(self.bot_id or self.token.get_secret_value())


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class WecomWebhook:
    """[wecom_webhook]: groups that are only spoken to. `keys` is "name=key" for each, with ; or a new line between.

    `aibot_groups` are "name=chatid" of those groups where the AI bot is too: there the webhook calls people for it.
    """

    keys: Annotated[SecretStr, secret(WEBHOOKS)] = NOTHING
    keys_file: str = ""
    aibot_groups: tuple[Annotated[str, Field(pattern=RING)], ...] = ()
    base_url: Interface = "https://qyapi.weixin.qq.com/cgi-bin"

    @property
    def configured(self) -> bool:
        """Whether there is any group to speak to."""
        return bool(self.keys.get_secret_value())

    def by_name(self) -> dict[str, str]:
        """The key of each group."""
        listed = re.split(r"[;；\n]", self.keys.get_secret_value())
        pairs = (one.partition("=") for one in listed if one.strip())
        return {name.strip(): key.strip() for name, _, key in pairs}

    def by_aibot_group(self) -> dict[str, str]:
        """The name of the webhook in each group of the AI bot, by the group's chatid."""
        pairs = (one.partition("=") for one in self.aibot_groups)
        return {chat.strip().removeprefix(f"{AIBOT}:"): name.strip() for name, _, chat in pairs}


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class WechatOa:
    """[wechat_oa]: an Official Account. Without `aes_key`: plain mode.

    `template_fields` say what each field of the template is filled with: "thing1=text", "time3=time", or words.
    """

    app_id: Id = ""
    secret: AppSecret = NOTHING
    secret_file: str = ""
    token: CallbackToken = NOTHING
    token_file: str = ""
    aes_key: CallbackKey = NOTHING
    aes_key_file: str = ""
    template_id: Id = ""
    template_fields: tuple[Annotated[str, Field(pattern=r"^[a-z_]+\d*=\S.{0,31}$")], ...] = ()
    base_url: Interface = "https://api.weixin.qq.com/cgi-bin"

    @property
    def configured(self) -> bool:
        """Whether this channel is to be opened; what it then lacks is for `check` to say."""
        return bool(self.app_id)
