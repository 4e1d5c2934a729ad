"""What the doctor says of the app and the account, in sentences an administrator can act on."""

import httpx
import pytest

from bot.platforms.findings import Finding, Level
from bot.platforms.wechat_oa import WechatOa
from bot.platforms.wechat_oa_settings import WechatOaSettings
from bot.platforms.wecom_app import WecomApp
from bot.platforms.wecom_app_settings import WecomAppSettings
from tests.weixin import KEY, TOKEN, FakeWeixin

pytestmark = pytest.mark.anyio
HERE = "https://yishi.example.org/wecom/app"


async def of_the_app(api: FakeWeixin, address: str = HERE) -> list[Finding]:
    settings = WecomAppSettings("ww1", 1000002, "SECRET", TOKEN, KEY, "https://fake/cgi-bin/")
    return await WecomApp(settings, api.around()).examine(address)


async def of_the_account(api: FakeWeixin, key: str = KEY, template: str = "TPL") -> list[Finding]:
    settings = WechatOaSettings("wx1", "SECRET", TOKEN, key, template, base_url="https://fake/cgi-bin/")
    return await WechatOa(settings, api.around()).examine("https://yishi.example.org/wechat/oa")


async def test_an_app_in_order_is_told_its_name_and_its_address() -> None:
    found = await of_the_app(FakeWeixin())
    assert [one.level for one in found] == [Level.OK, Level.OK]
    assert "议事助手" in found[0].sentence
    assert HERE in found[1].sentence


@pytest.mark.parametrize(
    ("path", "fault", "words"),
    [
        ("agent/get", 60020, "企业可信IP"),
        ("gettoken", 60020, "企业可信IP"),
        ("gettoken", 40013, "corp_id"),
        ("gettoken", 40001, "Secret"),
        ("agent/get", 301002, "agent_id"),
        ("agent/get", 50000, "50000"),
        ("gettoken", httpx.ConnectError("https://fake/gettoken?corpsecret=SECRET"), "连不上企业微信"),
    ],
)
async def test_what_is_wrong_with_an_app_is_explained(path: str, fault: int | Exception, words: str) -> None:
    api = FakeWeixin()
    api.fail(path, fault, fault)
    found = await of_the_app(api)
    assert found[0].level is Level.ERROR
    assert words in found[0].sentence
    assert "SECRET" not in found[0].sentence


async def test_an_app_nobody_can_call_is_an_error() -> None:
    found = await of_the_app(FakeWeixin(), "")
    assert found[1].level is Level.ERROR
    assert "public_url" in found[1].sentence


async def test_an_account_in_order_has_nothing_to_warn_of() -> None:
    assert [one.level for one in await of_the_account(FakeWeixin())] == [Level.OK, Level.OK]


async def test_plain_mode_and_a_missing_template_are_said() -> None:
    found = await of_the_account(FakeWeixin(), "", "")
    assert "安全模式" in found[1].sentence
    assert (found[2].level, "48 小时" in found[2].sentence) == (Level.WARNING, True)


@pytest.mark.parametrize(("code", "words"), [(40164, "IP白名单"), (40125, "AppSecret"), (40013, "AppID")])
async def test_what_is_wrong_with_an_account_is_explained(code: int, words: str) -> None:
    api = FakeWeixin()
    api.fail("stable_token", code)
    found = await of_the_account(api)
    assert found[0].level is Level.ERROR
    assert words in found[0].sentence
