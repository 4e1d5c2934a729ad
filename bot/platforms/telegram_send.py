"""Carrying out calls of the Bot API through PTB; what went wrong is told in the words of the post office."""

from collections.abc import Awaitable, Coroutine
from dataclasses import replace
from typing import Protocol, assert_never

from telegram import (
    Bot,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
    User,
)

from bot.platforms.base import Doubtful, Rejected
from bot.platforms.telegram_calls import (
    CAPTION_LIMIT,
    Body,
    Call,
    Called,
    Change,
    Keyboard,
    Remove,
    SayAlbum,
    SayFile,
    Saying,
    SayPlace,
    SayText,
    Target,
    TellPresser,
)
from bot.platforms.telegram_cut import shortened
from bot.platforms.telegram_errors import GONE, NO_CAPTION, NO_TEXT, TOO_OLD, UNCHANGED, Told, told
from bot.platforms.telegram_files import alone, among_others
from bot.platforms.telegram_settings import TelegramSettings
from storage.messages import File, FileKind, Made, Urgency

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class _SendFile(Protocol):
    """What PTB's methods for one file have in common."""

    def __call__(  # noqa: PLR0913 - the Bot API's parameters
        self,
        chat_id: int | str,
        file: str | InputFile,
        /,
        *,
        caption: str | None,
        message_thread_id: int | None,
        reply_parameters: ReplyParameters | None,
        reply_markup: Keyboard,
        disable_notification: bool | None,
    ) -> Coroutine[object, object, Message]: ...


class TelegramSender:
    """Makes one call at a time; knows nothing of pacing."""

    def __init__(self, bot: Bot, settings: TelegramSettings) -> None:
        self._bot = bot
        self._settings = settings

    async def carry_out(self, call: Call, urgency: Urgency) -> str:
        """Make the call; the id of the message it leaves, "" where it leaves none. Raises SendError."""
        match call:
            case SayText() | SayFile() | SayAlbum() | SayPlace():
                return await self._say(call, urgency)
            case Change():
                return await self._change(call)
            case Remove():
                return await self._remove(call)
            case TellPresser():
                return await self._tell(call)
            case _:
                assert_never(call)

    async def _say(self, call: Saying, urgency: Urgency) -> str:
        sent = await self._told(self._sent(call, urgency))
        # PTB hands on whatever an answer holds, a bare `true` too.
        if not isinstance(sent, Message):
            raise Doubtful("the answer holds no message")
        return str(sent.message_id)

    async def _sent(self, call: Saying, urgency: Urgency) -> object:
        match call:
            case SayText():
                return await self._text(call, urgency)
            case SayFile():
                return await self._file(call, urgency)
            case SayPlace():
                return await self._place(call, urgency)
            case SayAlbum():
                return (await self._album(call, urgency))[-1]
            case _:
                assert_never(call)

    def _text(self, call: SayText, urgency: Urgency) -> Awaitable[Message]:
        return self._bot.send_message(
            call.target.chat,
            call.text,
            message_thread_id=call.target.thread,
            reply_parameters=_reply(call.target),
            reply_markup=call.keyboard,
            entities=[_entity(one) for one in call.called] or None,
            link_preview_options=_NO_PREVIEW,
            disable_notification=_quiet(urgency),
        )

    def _file(self, call: SayFile, urgency: Urgency) -> Awaitable[Message]:
        send = self._by_kind(call.file.kind)
        return send(
            call.target.chat,
            alone(call.file),
            caption=call.caption or None,
            message_thread_id=call.target.thread,
            reply_parameters=_reply(call.target),
            reply_markup=call.keyboard,
            disable_notification=_quiet(urgency),
        )

    def _by_kind(self, kind: FileKind) -> _SendFile:
        match kind:
            case FileKind.PHOTO:
                return self._bot.send_photo
            case FileKind.VIDEO:
                return self._bot.send_video
            case FileKind.VOICE:
                return self._bot.send_voice
            case FileKind.DOCUMENT:
                return self._bot.send_document

    def _place(self, call: SayPlace, urgency: Urgency) -> Awaitable[Message]:
        return self._bot.send_location(
            call.target.chat,
            float(call.latitude),
            float(call.longitude),
            message_thread_id=call.target.thread,
            reply_parameters=_reply(call.target),
            reply_markup=call.keyboard,
            disable_notification=_quiet(urgency),
        )

    def _album(self, call: SayAlbum, urgency: Urgency) -> Awaitable[tuple[Message, ...]]:
        return self._bot.send_media_group(
            call.target.chat,
            [_in_album(file) for file in call.files],
            message_thread_id=call.target.thread,
            reply_parameters=_reply(call.target),
            disable_notification=_quiet(urgency),
        )

    async def _told(self, call: Awaitable[Told]) -> Told:
        return await told(call, self._settings)

    async def _change(self, call: Change) -> str:
        try:
            await self._told(self._changed(call))
        except Rejected as fault:
            said = str(fault).lower()
            if NO_TEXT in said and call.body is Body.TEXT:
                return await self._change(replace(call, body=Body.CAPTION))
            if NO_CAPTION in said and call.body is Body.CAPTION:
                return await self._change(replace(call, body=Body.TEXT))
            if UNCHANGED not in said:
                raise
        return str(call.message)

    def _changed(self, call: Change) -> Awaitable[Message | bool]:
        if call.body is Body.CAPTION:
            return self._bot.edit_message_caption(
                call.target.chat,
                call.message,
                caption=shortened(call.text, CAPTION_LIMIT) or None,
                reply_markup=call.keyboard,
            )
        return self._bot.edit_message_text(
            call.text,
            call.target.chat,
            call.message,
            reply_markup=call.keyboard,
            link_preview_options=_NO_PREVIEW,
        )

    async def _remove(self, call: Remove) -> str:
        try:
            await self._told(self._bot.delete_message(call.target.chat, call.message))
        except Rejected as fault:
            if GONE not in str(fault).lower():
                raise
        return ""

    async def _tell(self, call: TellPresser) -> str:
        try:
            await self._told(
                self._bot.answer_callback_query(call.query, call.text or None, show_alert=bool(call.text))
            )
        except Rejected as fault:
            # The person has long looked elsewhere; Telegram keeps a press open for about a quarter of a minute.
            if not any(words in str(fault).lower() for words in TOO_OLD):
                raise
        return ""


def _reply(target: Target) -> ReplyParameters | None:
    if target.reply_to is None:
        return None
    return ReplyParameters(target.reply_to, allow_sending_without_reply=True)


def _entity(called: Called) -> MessageEntity:
    """A mention of somebody who need not have a public name."""
    who = User(called.account, called.name, is_bot=False)
    return MessageEntity(MessageEntity.TEXT_MENTION, called.offset, called.length, user=who)


def _quiet(urgency: Urgency) -> bool | None:
    """A counter that moves is not worth a sound; None leaves the matter to Telegram."""
    return True if urgency is Urgency.COUNTER else None


def _in_album(file: File | Made) -> InputMediaPhoto | InputMediaVideo | InputMediaDocument:
    match file.kind:
        case FileKind.PHOTO:
            return InputMediaPhoto(among_others(file))
        case FileKind.VIDEO:
            return InputMediaVideo(among_others(file))
        case _:
            return InputMediaDocument(among_others(file))
