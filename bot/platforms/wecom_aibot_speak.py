"""Speaking over the long connection: answers while they are in reach, pushes otherwise, card updates after a press."""

from typing import Protocol
from uuid import uuid4

from bot.platforms.wecom_aibot_errors import OutOfReach
from bot.platforms.wecom_aibot_files import media_type, upload
from bot.platforms.wecom_aibot_line import Line
from bot.platforms.wecom_aibot_reach import Callback, Window
from bot.platforms.wecom_aibot_settings import SINGLE
from bot.platforms.wire import Json, Table
from storage.messages import Address, FileKind, Made

_PERSON, _GROUP = 1, 2


class Mouth(Protocol):
    """How one of the two modes speaks. Everything raises SendError; OutOfReach: what was to be answered has lapsed."""

    media: frozenset[FileKind]
    """The kinds of files that can be sent when the house has made them."""

    async def words(self, chat: Address, content: str, answering: Callback | None) -> None:
        """Say Markdown, as the answer to `answering` where that is still possible."""
        ...

    async def card(self, chat: Address, card: Table, answering: Callback | None) -> None:
        """Show a template card."""
        ...

    async def file(self, chat: Address, file: Made) -> None:
        """Send a file the house has made."""
        ...

    async def update(self, press: Callback, card: Table, userids: tuple[str, ...]) -> None:
        """Change the card pressed, for these people; for everybody when none is named."""
        ...


class LongMouth:
    """The long connection's; it can push."""

    media = frozenset(FileKind)

    def __init__(self, line: Line) -> None:
        self._line = line

    async def words(self, chat: Address, content: str, answering: Callback | None) -> None:
        """Answer what is answered for the first time; whatever else is said is a push."""
        if answering and not answering.is_answered:
            answering.is_answered = True
            try:
                await self._answer(answering, content)
            except OutOfReach:
                pass
            else:
                return
        await self._push(chat, "markdown", {"content": content})

    async def card(self, chat: Address, card: Table, answering: Callback | None) -> None:
        """Answer with it what is answered for the first time, else push it."""
        if answering and not answering.is_answered and answering.window is Window.MESSAGE:
            answering.is_answered = True
            body: Table = {"msgtype": "template_card", "template_card": card}
            try:
                await self._line.ask("aibot_respond_msg", body, answering.token)
            except OutOfReach:
                pass
            else:
                return
        await self._push(chat, "template_card", card)

    async def file(self, chat: Address, file: Made) -> None:
        """Upload and push."""
        media_id = await upload(self._line.ask, file)
        await self._push(chat, media_type(file), {"media_id": media_id})

    async def update(self, press: Callback, card: Table, userids: tuple[str, ...]) -> None:
        """Answer the press with the changed card."""
        await self._line.ask("aibot_respond_update_msg", updated(card, userids), press.token)

    async def _answer(self, answering: Callback, content: str) -> None:
        if answering.window is Window.ENTER:
            await self._line.ask("aibot_respond_welcome_msg", welcome(content), answering.token)
        else:
            await self._line.ask("aibot_respond_msg", stream(content), answering.token)

    async def _push(self, chat: Address, kind: str, content: Table) -> None:
        single = chat.chat.startswith(SINGLE)
        body: Table = {
            "chatid": chat.chat.removeprefix(SINGLE),
            "chat_type": _PERSON if single else _GROUP,
            "msgtype": kind,
            kind: content,
        }
        await self._line.ask("aibot_send_msg", body)


def stream(content: str) -> Table:
    """Return an answer that is whole at once."""
    return {"msgtype": "stream", "stream": {"id": f"s{uuid4().hex}", "finish": True, "content": content}}


def welcome(content: str) -> Table:
    """Return the answer to somebody who comes in."""
    return {"msgtype": "text", "text": {"content": content}}


def updated(card: Table, userids: tuple[str, ...]) -> Table:
    """Return the answer to a press that changes the card."""
    people: list[Json] = list(userids)
    whose: Table = {"userids": people} if people else {}
    return {"response_type": "update_template_card", **whose, "template_card": card}
