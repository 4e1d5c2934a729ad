"""Speaking in URL mode: in the HTTP answer to a callback, once more at its `response_url`, and nowhere else."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx

from bot.platforms.base import Doubtful, Rejected, SendError, Unavailable
from bot.platforms.wecom_aibot_errors import OutOfReach, refusal
from bot.platforms.wecom_aibot_reach import Bounded, Callback, Window
from bot.platforms.wecom_aibot_speak import stream, updated, welcome
from bot.platforms.wire import Table
from storage.messages import Address, FileKind, Made

_LATER = timedelta(hours=1)
_UNTOLD = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class Slots:
    """The HTTP answers that are still owed, by the token of their callback, and those lately given."""

    def __init__(self) -> None:
        self._open: dict[str, asyncio.Future[Table]] = {}
        self._given: Bounded[str, Table] = Bounded(1_000)

    async def wait(self, token: str, seconds: float) -> Table | None:
        """Return what is to be answered, None when nothing comes in time. Asked again, the same is answered."""
        if token in self._given:
            return self._given[token]
        slot = self._open.setdefault(token, asyncio.get_running_loop().create_future())
        try:
            return await asyncio.wait_for(asyncio.shield(slot), seconds)
        except TimeoutError:
            return None
        finally:
            self._open.pop(token, None)

    def open(self, token: str) -> None:
        """A callback has come; what is said to it from now on can be its answer."""
        if token not in self._given:
            self._open.setdefault(token, asyncio.get_running_loop().create_future())

    def give(self, token: str, body: Table) -> bool:
        """Make this the answer; False when it is too late or there is one."""
        slot = self._open.get(token)
        if slot is None or slot.done():
            return False
        slot.set_result(body)
        self._given[token] = body
        return True


class UrlMouth:
    """URL mode's; it cannot push and cannot send files."""

    media: frozenset[FileKind] = frozenset()

    def __init__(self, slots: Slots, client: httpx.AsyncClient, clock: Callable[[], datetime]) -> None:
        self._slots = slots
        self._client = client
        self._clock = clock

    async def words(self, chat: Address, content: str, answering: Callback | None) -> None:
        """Say it as the answer to a callback."""
        del chat
        if answering is None:
            raise _no_push()
        body = welcome(content) if answering.window is Window.ENTER else stream(content)
        if not self._slots.give(answering.token, body):
            await self._later(answering, {"msgtype": "markdown", "markdown": {"content": content}})

    async def card(self, chat: Address, card: Table, answering: Callback | None) -> None:
        """Show it as the answer to a callback."""
        del chat
        if answering is None:
            raise _no_push()
        body: Table = {"msgtype": "template_card", "template_card": card}
        if not self._slots.give(answering.token, body):
            await self._later(answering, body)

    async def file(self, chat: Address, file: Made) -> None:
        """Raise Rejected."""
        del chat, file
        raise Rejected("no files in URL mode")

    async def update(self, press: Callback, card: Table, userids: tuple[str, ...]) -> None:
        """Change the card in the answer to the press."""
        if not self._slots.give(press.token, updated(card, userids)):
            raise OutOfReach("the press has been answered")

    async def _later(self, answering: Callback, body: Table) -> None:
        """Answer at the response_url, which takes one answer and is a key itself: it is never shown."""
        url, answering.response_url = answering.response_url, ""
        if not url or self._clock() - answering.at > _LATER:
            raise _no_push()
        try:
            answer = await self._client.post(url, json=body)
        except _UNTOLD as fault:
            answering.response_url = url
            raise Unavailable(type(fault).__name__) from None
        except httpx.HTTPError as fault:
            raise Doubtful(type(fault).__name__) from None
        if refused := _refused(answer):
            raise refused


def _refused(answer: httpx.Response) -> SendError | None:
    try:
        found = answer.json()
    except ValueError:
        return Doubtful(f"an answer that cannot be read, {answer.status_code}")
    code = found.get("errcode") if isinstance(found, dict) else None
    if answer.is_success and code in {0, None}:
        return None
    return refusal(code) if type(code) is int and code else Rejected(f"status {answer.status_code}")


def _no_push() -> Rejected:
    return Rejected("in URL mode only what somebody has just said can be answered")
