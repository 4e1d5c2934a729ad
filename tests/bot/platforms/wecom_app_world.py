"""The app of WeCom between a platform and a disk, for its tests."""

from dataclasses import dataclass, field
from typing import Any

from bot.platforms.wechat_vault import Vault
from bot.platforms.wecom_app import WecomApp
from bot.platforms.wecom_app_settings import WecomAppSettings
from storage.messages import (
    Act,
    Address,
    Button,
    Card,
    Made,
    Outgoing,
    Urgency,
)
from tests.weixin import KEY, TOKEN, Caller, Disk, FakeWeixin, xml

ZHANG = Address("wecom_app", "zhangsan")
REPS = Address("wecom_app", "appchat:b3reps")
ROWS = ((Button("赞成", "ballot:7:yes"), Button("反对", "ballot:7:no"), Button("弃权", "ballot:7:abstain")),)
ACTIONS = ((Button("受理", "take:12"), Button("退回", "back:12")),)


@dataclass
class World:
    """The app between its platform and a disk."""

    api: FakeWeixin = field(default_factory=FakeWeixin)
    disk: Disk = field(default_factory=Disk)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self, vault: Vault | None = None) -> None:
        settings = WecomAppSettings("ww1", 1000002, "SECRET", TOKEN, KEY, "https://fake/cgi-bin/")
        self.app = WecomApp(settings, self.api.around(vault))
        self.wecom = Caller(self.app.endpoint(self.disk.admit), "ww1", lambda: self.api.now)

    async def perform(self, act: Act, card: Card, to: Address = ZHANG, message: str = "", *made: Made) -> str:
        return await self.app.perform(Outgoing(act, to, card, message, made), Urgency.NOTICE)

    async def say(self, card: Card, to: Address = ZHANG) -> str:
        return await self.perform(Act.SAY, card, to)

    def sent(self, path: str = "message/send") -> list[dict[str, Any]]:
        return self.api.sent(path)


def message(**fields: object) -> str:
    head = {"ToUserName": "ww1", "FromUserName": "zhangsan", "CreateTime": 1795165800}
    return xml(**head, **fields, AgentID=1000002)


def a_press(shown: str, code: str, *options: str, key: str = "submit") -> str:
    kind, _, task = shown.partition("@")
    ids = "".join(f"<OptionId><![CDATA[{one}]]></OptionId>" for one in options)
    item = f"<SelectedItem><QuestionKey>q</QuestionKey><OptionIds>{ids}</OptionIds></SelectedItem>"
    chosen = {"SelectedItems": item} if options else {}
    event = {"MsgType": "event", "Event": "template_card_event", "EventKey": key, "TaskId": task}
    return message(**event, CardType=kind, ResponseCode=code, **chosen)
