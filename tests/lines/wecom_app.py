"""The line of the self-built app: sealed callbacks in, calls of WeCom's interface out."""

import asyncio

from bot.clock import StoryClock
from bot.platforms.base import Platform
from bot.platforms.console import Shown
from bot.platforms.wechat_vault import SharedVault
from bot.platforms.wecom_app import WecomApp
from bot.platforms.wecom_app_settings import PLATFORM, WecomAppSettings
from handlers.settings import Settings
from storage.database import Database
from storage.messages import Act, Outgoing
from tests.lines.called import CalledLine
from tests.lines.judging import Wire
from tests.lines.wecom_cards import pressable, words_of
from tests.weixin import KEY, TOKEN, Caller

_CORP = "ww1"
_UPDATE = "message/update_template_card"


class AppLine(CalledLine):
    """The app as the stories meet it."""

    def __init__(self, clock: StoryClock, shown: list[Shown]) -> None:
        super().__init__(PLATFORM, _CORP, clock, shown)

    def make(self, database: Database, settings: Settings) -> Platform:
        del settings
        self.server.seconds = asyncio.get_running_loop().time
        given = WecomAppSettings(_CORP, 1000002, "SECRET", TOKEN, KEY, "https://fake/cgi-bin/")
        app = WecomApp(given, self.server.around(SharedVault(database)))
        self.caller = Caller(app.endpoint(self.gate.admit), _CORP, self.clock.now)
        return app

    def code(self) -> str:
        return self.server.press()

    def wire(self, outgoing: Outgoing, message_id: str, since: int) -> Wire | None:
        self.failing.faults += self.server.violations
        self.server.violations.clear()
        calls = self.server.calls[since:]
        if outgoing.act is Act.EDIT:
            cards = [body["template_card"] for path, body in calls if path == _UPDATE]
            own = [card for card in cards if message_id.endswith(f"@{card['task_id']}")]
            return Wire([words_of(own[-1])], pressable(own[-1])) if own else None
        said = [
            body for path, body in calls if path == "message/send" and body["touser"] == outgoing.address.chat
        ]
        cards = [body["template_card"] for body in said if "template_card" in body]
        texts = [body["text"]["content"] for body in said if "text" in body]
        found = {press: label for card in cards for press, label in pressable(card).items()}
        attached = len(said) - len(texts) - len(cards)
        return Wire([*texts, *map(words_of, cards)], found, 0, attached) if said else None
