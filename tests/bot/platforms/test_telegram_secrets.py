"""The token stands in every address we call, and must stand nowhere else."""

import logging
import traceback

import httpx
import pytest
from structlog.testing import capture_logs

from bot.platforms.base import SendError
from bot.platforms.telegram_errors import TelegramStopped
from bot.platforms.telegram_settings import TelegramSettings
from storage.messages import Card, Inbound, Urgency
from tests.bot.platforms.cards import say
from tests.fakes import TOKEN, FakeBotApi

pytestmark = pytest.mark.anyio


def test_settings_do_not_show_their_secrets() -> None:
    settings = TelegramSettings(TOKEN, webhook_url="https://x/path", webhook_secret="S3cret")
    assert TOKEN not in repr(settings)
    assert "S3cret" not in repr(settings)
    assert settings.masked(f"POST /bot{TOKEN}/getMe S3cret") == "POST /bot***/getMe ***"


def test_words_without_a_secret_stay_as_they_are() -> None:
    assert TelegramSettings(TOKEN).masked("路灯坏了") == "路灯坏了"


async def test_no_log_of_a_call_names_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api = FakeBotApi()
    telegram = api.telegram()
    await telegram.perform(say(Card("收到")), Urgency.ANSWER)
    logging.getLogger("yishi.probe").debug("heard")
    assert "heard" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    "fault",
    [httpx.ConnectError(f"https://x/bot{TOKEN}/x"), httpx.UnsupportedProtocol(TOKEN), RuntimeError(TOKEN)],
)
async def test_no_error_and_no_trace_names_the_token(fault: Exception) -> None:
    api = FakeBotApi()
    api.break_line("sendMessage", fault)
    with pytest.raises(SendError) as caught:
        await api.telegram().perform(say(Card("收到")), Urgency.ANSWER)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


async def test_a_refused_token_is_not_repeated_to_the_operator() -> None:
    api = FakeBotApi()
    api.fail("deleteWebhook", 401, f"Unauthorized {TOKEN}")
    with pytest.raises(TelegramStopped) as caught:
        await api.telegram().listen(_nobody)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


async def test_no_log_of_receiving_names_the_token() -> None:
    api = FakeBotApi()
    api.break_line("getUpdates", httpx.ConnectError(f"https://x/bot{TOKEN}/getUpdates"))
    api.break_line("deleteWebhook", httpx.ConnectError(f"https://x/bot{TOKEN}/deleteWebhook"))
    api.fail("getUpdates", 409, "Conflict")
    with capture_logs() as logged, pytest.raises(TelegramStopped):
        await api.telegram().listen(_nobody)
    assert len(logged) == 2
    assert TOKEN not in str(logged)


async def _nobody(_: list[Inbound]) -> None:
    raise AssertionError("nothing was sent")
