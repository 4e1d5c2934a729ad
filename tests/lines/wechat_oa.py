"""The line of the Official Account: sealed callbacks in, answers in the same breath or by customer service out."""

from collections import defaultdict

import httpx
import xmltodict
from wechatpy.crypto import WeChatCrypto

from bot.clock import StoryClock
from bot.platforms.base import Platform
from bot.platforms.console import Shown
from bot.platforms.wechat_oa import WechatOa
from bot.platforms.wechat_oa_settings import PLATFORM, WechatOaSettings
from bot.platforms.wechat_vault import SharedVault
from handlers.settings import Settings
from storage.database import Database
from storage.messages import Act, Outgoing
from tests.lines.abilities import Lack
from tests.lines.called import CalledLine
from tests.lines.judging import Wire, is_readable
from tests.weixin import KEY, TOKEN, Caller

_APP = "wx1"
_OPENID = "oYs"


class AccountLine(CalledLine):
    """The account as the stories meet it. `_breaths`: what went back with people's own messages."""

    def __init__(self, clock: StoryClock, shown: list[Shown]) -> None:
        super().__init__(PLATFORM, _APP, clock, shown)
        self.server.strict = True
        self._breaths: dict[str, list[str]] = defaultdict(list)
        self._waiting: list[tuple[Outgoing, str, Wire]] = []

    def make(self, database: Database, settings: Settings) -> Platform:
        del settings
        given = WechatOaSettings(_APP, "SECRET", TOKEN, KEY, base_url="https://fake/cgi-bin/")
        account = WechatOa(given, self.server.around(SharedVault(database)))
        self.caller = Caller(account.endpoint(self.gate.admit), _APP, self.clock.now)
        return account

    def account(self, known: str) -> str:
        return known if known.startswith(_OPENID) else _OPENID + known

    def knows(self, account: str) -> None:
        self.server.writes(account)

    def code(self) -> str:
        return ""

    def _can_be_pressed(self) -> None:
        self.lacks(Lack.BUTTONS)

    def took(self, person: str, answer: httpx.Response) -> None:
        super().took(person, answer)
        if answer.content:
            self._breaths[person].append(_words(answer))
        self.settle()

    def wire(self, outgoing: Outgoing, message_id: str, since: int) -> Wire | None:
        """Nothing is ever changed or taken back; what is said may still be on its way back with a message."""
        if outgoing.act is Act.EDIT:
            return None
        sent = [body for path, body in self.server.calls[since:] if path == "message/custom/send"]
        own = [body for body in sent if body["touser"] == outgoing.address.chat]
        texts = [body["text"]["content"] for body in own if "text" in body]
        return Wire(texts, {}, 0, len(own) - len(texts))

    def _said(self, outgoing: Outgoing, message_id: str, wire: Wire | None) -> None:
        assert wire
        self._waiting.append((outgoing, message_id, wire))

    def settle(self) -> None:
        """Everything is told: each letter is what was pushed, behind what went back at once."""
        self.failing.faults += self.server.violations
        self.server.violations.clear()
        waiting, self._waiting = self._waiting, []
        for outgoing, message_id, wire in waiting:
            breaths = self._breaths[outgoing.address.chat]
            ways = [wire, *(Wire([breath, *wire.texts], {}, 0, wire.attached) for breath in breaths)]
            whole = next((way for way in ways if is_readable(outgoing.card.text, way)), wire)
            super()._said(outgoing, message_id, whole)
        self._breaths.clear()


def _words(answer: httpx.Response) -> str:
    fields = xmltodict.parse(answer.content)["xml"]
    crypto = WeChatCrypto(TOKEN, KEY, _APP)
    opened = crypto.decrypt_message(
        {"Encrypt": fields["Encrypt"]}, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
    )
    return str(xmltodict.parse(opened)["xml"]["Content"])
