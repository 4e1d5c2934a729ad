"""Passes: shared by processes, asked for again without harm, forced only when the same stale one comes back."""

from pathlib import Path

import httpx
import pytest

from bot.platforms.base import Unavailable
from bot.platforms.wechat_badge import Badge
from bot.platforms.wechat_calls import Line
from bot.platforms.wechat_vault import SharedVault
from storage import schema
from storage.database import Database
from storage.messages import FileKind, Made
from tests.weixin import FakeWeixin

pytestmark = pytest.mark.anyio
APP = Badge("wecom_app:ww1", "gettoken", {"corpid": "ww1", "corpsecret": "SECRET"})
ACCOUNT = Badge("wechat_oa:wx1", "stable_token", body={"appid": "wx1", "force_refresh": False})
BASE = "https://fake/cgi-bin/"


async def test_two_processes_on_one_file_share_a_pass(tmp_path: Path) -> None:
    api = FakeWeixin()
    databases = [await Database.open(f"sqlite:///{tmp_path / 'h.db'}") for _ in range(2)]
    await schema.upgrade(databases[0])
    for database in databases:
        await Line(BASE, APP, api.around(SharedVault(database))).tell("message/send", {"msgtype": "text"})
        await database.close()
    assert api.passes["gettoken"] == 1
    assert len(api.sent("message/send")) == 2


@pytest.mark.parametrize("path", ["gettoken", "media/upload"])
async def test_a_broken_line_before_anything_was_told_is_no_doubt(path: str) -> None:
    api = FakeWeixin()
    api.fail(path, httpx.ReadTimeout("x"))
    with pytest.raises(Unavailable):
        await Line(BASE, APP, api.around()).upload(Made(FileKind.DOCUMENT, "made:1", "公示.docx", b"PK"))


async def test_an_account_whose_stable_pass_stays_stale_forces_a_new_one() -> None:
    api = FakeWeixin()
    line = Line(BASE, ACCOUNT, api.around())
    first = await line.token()
    assert await line.token(stale=first) == first
    assert api.passes["stable_token"] == 3


async def test_no_error_of_the_line_has_the_address_in_it() -> None:
    api = FakeWeixin()
    api.fail("gettoken", httpx.ConnectError("https://fake/gettoken?corpsecret=SECRET"))
    with pytest.raises(Unavailable) as caught:
        await Line(BASE, APP, api.around()).tell("message/send", {})
    assert "SECRET" not in f"{caught.value!r} {APP!r} {caught.value.__cause__}"
