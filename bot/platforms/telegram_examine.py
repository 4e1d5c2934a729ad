"""What the doctor looks at here: the token, what the bot may hear, a forgotten webhook, its standing in each group."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from telegram import (
    Bot,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    User,
    WebhookInfo,
)

from bot.platforms.base import ChatMoved, SendError
from bot.platforms.findings import Finding, Level
from bot.platforms.telegram_errors import TokenRefused, told
from bot.platforms.telegram_settings import TelegramSettings
from storage.messages import Address

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MANY_WAITING = 100


async def examine(bot: Bot, settings: TelegramSettings, groups: Sequence[Address]) -> list[Finding]:
    """Look at everything that can be seen from here; what cannot be asked is itself a finding, never an error."""
    try:
        me = await told(bot.get_me(), settings)
        webhook = await told(bot.get_webhook_info(), settings)
    except TokenRefused:
        return [_finding(Level.ERROR, "token_refused")]
    except SendError as fault:
        return [_finding(Level.ERROR, "no_answer", reason=str(fault))]
    found = [*_hearing(me), *_receiving(webhook, settings)]
    return found + [await _group(bot, settings, me, group) for group in groups]


def _finding(level: Level, name: str, **values: str) -> Finding:
    return Finding(level, f"telegram.{name}", tuple(values.items()))


def _hearing(me: User) -> list[Finding]:
    username = me.username or ""
    found = [_finding(Level.OK, "connected", username=username)]
    if not me.can_read_all_group_messages:
        found.append(_finding(Level.WARNING, "privacy_on", username=username))
    if not me.can_join_groups:
        found.append(_finding(Level.WARNING, "groups_closed"))
    return found


def _receiving(webhook: WebhookInfo, settings: TelegramSettings) -> list[Finding]:
    found, pending = _registered(webhook.url, settings), str(webhook.pending_update_count)
    if webhook.url and webhook.last_error_message:
        reason = settings.masked(webhook.last_error_message)
        found.append(_finding(Level.WARNING, "webhook_failing", reason=reason, pending=pending))
    elif webhook.pending_update_count > _MANY_WAITING:
        found.append(_finding(Level.WARNING, "waiting", pending=pending))
    return found


def _registered(url: str, settings: TelegramSettings) -> list[Finding]:
    host = urlsplit(url).hostname or url
    if not settings.webhook_url:
        return [_finding(Level.WARNING, "webhook_forgotten", host=host)] if url else []
    found = []
    if not _SECRET.fullmatch(settings.webhook_secret):
        found.append(_finding(Level.ERROR, "webhook_unsafe"))
    if not url:
        found.append(_finding(Level.WARNING, "webhook_missing"))
    elif url != settings.webhook_url:
        found.append(_finding(Level.WARNING, "webhook_elsewhere", host=host))
    return found


async def _group(bot: Bot, settings: TelegramSettings, me: User, group: Address) -> Finding:
    try:
        title = (await told(bot.get_chat(group.chat), settings)).effective_name or group.chat
        standing = await told(bot.get_chat_member(group.chat, me.id), settings)
    except ChatMoved as fault:
        return _finding(Level.WARNING, "group_moved", chat=str(group), moved=fault.chat)
    except SendError as fault:
        return _finding(Level.ERROR, "group_gone", chat=str(group), reason=str(fault))
    return _standing(standing, title, me, group)


def _standing(standing: ChatMember, title: str, me: User, group: Address) -> Finding:
    if isinstance(standing, ChatMemberRestricted) and standing.is_member and not standing.can_send_messages:
        return _finding(Level.ERROR, "group_mute", title=title)
    if isinstance(standing, ChatMemberOwner | ChatMemberAdministrator):
        return _finding(Level.OK, "group_fine", title=title)
    if standing.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return _finding(Level.ERROR, "group_gone", chat=str(group), reason=standing.status)
    if me.can_read_all_group_messages:
        return _finding(Level.OK, "group_member", title=title)
    return _finding(Level.WARNING, "group_deaf", title=title)
