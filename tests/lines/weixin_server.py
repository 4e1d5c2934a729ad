"""WeChat's and WeCom's ends: what they were asked to show, and the limits they have written down."""

import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.platforms.wechat_calls import Around
from bot.platforms.wechat_vault import Vault
from tests.weixin import FakeWeixin, _refusal

_TEXT_BYTES, _MINUTE, _A_MINUTE = 2048, 60.0, 30
_SPOKEN, _OPEN = 5, timedelta(hours=48)
_OUT_OF_TIME, _USED_UP = 45015, 45047


@dataclass
class WeixinServer(FakeWeixin):
    """A fake with a memory. `strict`: people may be written to five times in the two days after they wrote."""

    clock: Callable[[], datetime] = datetime.now
    seconds: Callable[[], float] = lambda: 0.0
    strict: bool = False
    violations: list[str] = field(default_factory=list)
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    _wrote: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    _told: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def around(self, vault: Vault | None = None) -> Around:
        assert vault
        return Around(httpx.AsyncClient(transport=httpx.MockTransport(self._answer)), self.clock, vault)

    def writes(self, person: str) -> None:
        """Somebody writes: for a while they may be written to."""
        self._wrote[person] = self.clock(), _SPOKEN

    def _called(self, path: str, request: httpx.Request) -> httpx.Response:
        if path in {"message/send", "message/custom/send"}:
            body = json.loads(request.content)
            self._judge(path, body)
            if self.strict and (no := self._not_now(body["touser"])):
                return _refusal(no)
        response = super()._called(path, request)
        if (
            path in {"message/send", "message/update_template_card"}
            and json.loads(response.content)["errcode"] == 0
        ):
            self._keep(json.loads(request.content))
        return response

    def _keep(self, body: dict[str, Any]) -> None:
        if card := body.get("template_card"):
            self.cards[card["task_id"]] = card

    def _not_now(self, person: str) -> int:
        at, left = self._wrote.get(person, (None, 0))
        if at is None or self.clock() - at >= _OPEN:
            return _OUT_OF_TIME
        self._wrote[person] = at, left - 1
        return 0 if left else _USED_UP

    def _judge(self, path: str, body: dict[str, Any]) -> None:
        size = len(body.get("text", {}).get("content", "").encode())
        if size > _TEXT_BYTES or (body["msgtype"] == "text" and not size):
            self.violations.append(f"{path}: {size} bytes")
        if path == "message/send":
            self._paced(body["touser"])

    def _paced(self, person: str) -> None:
        """What is more than thirty in a minute is dropped in silence."""
        at, told = self.seconds(), self._told[person]
        while told and told[0] <= at - _MINUTE:
            told.popleft()
        told.append(at)
        if len(told) > _A_MINUTE:
            self.violations.append(f"{len(told)} messages to {person} in a minute")
