"""Does the address that platforms call lead to us? The doctor calls it without a signature."""

import ssl
from collections.abc import Callable

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.cli.ailments import Found, Level
from bot.cli.reaching import reached
from bot.platforms.wechat_oa import WechatOa
from bot.platforms.wechat_oa_settings import WechatOaSettings
from bot.platforms.wecom_aibot import Surroundings, WecomAibot
from bot.platforms.wecom_aibot_settings import Mode, WecomAibotSettings
from bot.platforms.wecom_app import WecomApp
from bot.platforms.wecom_app_settings import WecomAppSettings
from bot.web import Endpoint
from tests.wecom_line import Remembered
from tests.weixin import KEY, NOW, TOKEN, Disk, FakeWeixin

pytestmark = pytest.mark.anyio
ADDRESS = "https://yishi.example.org/wecom/app"


def app() -> Endpoint:
    settings = WecomAppSettings("ww1", 1000002, "SECRET", TOKEN, KEY, "https://fake/cgi-bin/")
    return WecomApp(settings, FakeWeixin().around()).endpoint(Disk().admit)


def account(key: str = KEY) -> Endpoint:
    settings = WechatOaSettings("wx1", "SECRET", TOKEN, key, base_url="https://fake/cgi-bin/")
    return WechatOa(settings, FakeWeixin().around()).endpoint(Disk().admit)


async def at(address: str, transport: httpx.AsyncBaseTransport) -> Found:
    return await reached("address", address, transport)


async def answered(status: int, **headers: str) -> Found:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=headers, text="nginx")

    return await at(ADDRESS, httpx.MockTransport(answer))


@pytest.mark.parametrize(
    "endpoint", [app, account, lambda: account("")], ids=["app", "sealed account", "plain account"]
)
async def test_our_own_endpoints_are_known_by_their_refusal(endpoint: Callable[[], Endpoint]) -> None:
    ours = Starlette(routes=[Route("/wecom/app", endpoint(), methods=["GET", "POST"])])
    found = await at(ADDRESS, httpx.ASGITransport(ours))
    assert (found.level, found.check) == (Level.OK, "address")
    assert ADDRESS in found.said


async def test_the_ai_bot_in_url_mode_is_known_too() -> None:
    settings = WecomAibotSettings(mode=Mode.URL, token=TOKEN, aes_key=KEY)
    bot = WecomAibot(settings, Surroundings(Remembered(), lambda: NOW))
    ours = Starlette(routes=[Route("/wecom/app", bot.endpoint(Disk().admit), methods=["GET", "POST"])])
    assert (await at(ADDRESS, httpx.ASGITransport(ours))).level is Level.OK
    await bot.close()


@pytest.mark.parametrize(
    ("status", "level", "said"),
    [
        (502, Level.WARNING, "反向代理"),
        (504, Level.WARNING, "504"),
        (403, Level.ERROR, "不是本程序"),
        (404, Level.ERROR, "public_url"),
        (200, Level.ERROR, "不是本程序"),
    ],
)
async def test_whoever_else_answers_is_told_apart(status: int, level: Level, said: str) -> None:
    found = await answered(status)
    assert found.level is level
    assert said in found.said


async def test_a_way_round_is_no_way_for_wechat() -> None:
    found = await answered(301, Location="https://elsewhere.example.org/")
    assert found.level is Level.ERROR
    assert "不跟着跳" in found.said


async def test_a_bad_certificate_is_an_error_and_a_dead_line_is_not_judged() -> None:
    def uncertified(_request: httpx.Request) -> httpx.Response:
        refused = ssl.SSLCertVerificationError()
        refused.verify_message = "certificate has expired"
        raise httpx.ConnectError("failed") from refused

    def dead(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("")

    bad = await at(ADDRESS, httpx.MockTransport(uncertified))
    unknown = await at(ADDRESS, httpx.MockTransport(dead))
    assert (bad.level, unknown.level) == (Level.ERROR, Level.WARNING)
    assert "certificate has expired" in bad.said
    assert "看不出外面" in unknown.said
