"""Every call we make, judged by people who read the Bot API independently of us."""

from typing import Any

import httpx
import pytest

from bot.platforms.telegram import Surroundings, Telegram
from bot.platforms.telegram_menu import Command, Menu
from bot.platforms.telegram_settings import TelegramSettings
from storage.messages import Act, Address, Urgency
from tests.bot.platforms.cards import SHAPES
from tests.fakes import NOW, TOKEN
from tests.peers import oracle_module

pytestmark = [pytest.mark.anyio, pytest.mark.peer]


async def _never(*_: object) -> None:
    raise AssertionError("nothing here waits or is set aside")


def channel(judge: Any, **settings: Any) -> Telegram:
    client = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(500)))
    around = Surroundings(judge, client, lambda: NOW, _never, _never)
    return Telegram(TelegramSettings(TOKEN, **settings), around)


@pytest.fixture
def judge() -> Any:
    return oracle_module().OracleRequest(TOKEN)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("urgency", [Urgency.ANSWER, Urgency.COUNTER])
async def test_no_judge_objects_to_a_card_of_any_shape(judge: Any, name: str, urgency: Urgency) -> None:
    outgoing = SHAPES[name]
    shown = await channel(judge).perform(outgoing, urgency)
    assert judge.problems == []
    assert judge.calls
    assert bool(shown) == (outgoing.act in {Act.SAY, Act.EDIT})


async def test_no_judge_objects_to_the_way_we_start_and_look_around(judge: Any) -> None:
    telegram = channel(judge, webhook_url="https://yishi.example/telegram", webhook_secret="S3cret_-")
    await telegram._register()
    command = Command("report", "报事：说一件要办的事")
    await telegram.publish_menu(Menu(private=(command,), groups=(command,)))
    found = await telegram.examine([Address("telegram", "-1001234567890")])
    assert judge.problems == []
    assert {call.method for call in judge.calls} >= {
        "setWebhook",
        "setMyCommands",
        "deleteMyCommands",
        "getChat",
    }
    assert found[0].key == "telegram.connected"


async def test_the_judge_would_object(judge: Any) -> None:
    """So that the silence above means something."""
    telegram = channel(judge)
    await telegram._around.request.do_request(
        f"https://api.telegram.org/bot{TOKEN}/sendMessage",
        "POST",
        _form(chat_id=1, text="x" * 4097, parse_mode="HTML"),
    )
    assert judge.problems


def _form(**parameters: Any) -> Any:
    from telegram.request import RequestData
    from telegram.request._requestparameter import RequestParameter

    return RequestData([RequestParameter.from_input(key, value) for key, value in parameters.items()])
