"""What the doctor looks at here: whether WeCom lets the bot in, and what WeCom never says by itself."""

import asyncio
from datetime import UTC, datetime

from bot.platforms.base import SendError
from bot.platforms.findings import Finding, Level
from bot.platforms.wecom_aibot_errors import TRANSIENT, SubscriptionRefused
from bot.platforms.wecom_aibot_line import Line
from bot.platforms.wecom_aibot_settings import Mode, WecomAibotSettings


async def examine(settings: WecomAibotSettings, address: str) -> list[Finding]:
    """Look at everything that can be seen from here. `address` is that of the callbacks, "" when there is none.

    In LONG mode this subscribes for a moment, which would put a running program off the line: the caller must know
    that there is none.
    """
    found = [] if settings.name else [Finding(Level.WARNING, "wecom.no_name")]
    if settings.mode is Mode.URL:
        return [*found, Finding(Level.WARNING, "wecom.url_mode"), _called(address)]
    return [*found, *await _subscribed(settings)]


def running() -> list[Finding]:
    """What to say instead while the program runs."""
    return [Finding(Level.OK, "wecom.running"), _trap()]


def _called(address: str) -> Finding:
    if not address:
        return Finding(Level.ERROR, "wecom.url_nowhere")
    return Finding(Level.OK, "wecom.url_address", (("address", address),))


async def _subscribed(settings: WecomAibotSettings) -> list[Finding]:
    opened = asyncio.Event()

    def hang_up() -> None:
        opened.set()
        line.hang_up()

    line = Line(settings, lambda _token, _body: None, lambda: datetime.now(UTC))
    try:
        await line.run(hang_up)
    except SubscriptionRefused as fault:
        passing = fault.code in TRANSIENT
        code = (("code", str(fault.code)),)
        return [
            Finding(
                Level.WARNING if passing else Level.ERROR, f"wecom.{'busy' if passing else 'refused'}", code
            )
        ]
    except SendError as fault:
        return [Finding(Level.ERROR, "wecom.no_answer", (("reason", str(fault)),))]
    if not opened.is_set():
        return [Finding(Level.ERROR, "wecom.no_answer", (("reason", "closed"),))]
    return [Finding(Level.OK, "wecom.connected"), _trap()]


def _trap() -> Finding:
    """WeCom tells nobody when a bot works for its creator alone; so it is said every time."""
    return Finding(Level.OK, "wecom.connected_trap")
