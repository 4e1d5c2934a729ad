"""`yishi channels`: what an operator can expect of what is connected."""

import pytest

from bot.cli.channels import instead
from bot.platforms.abilities import TABLE, Edits, Push, Rings
from handlers.texts import sentences
from tests.bot.cli.desk import Desk

AIBOT = '[wecom_aibot]\nbot_id = "BOT"\nsecret = "secret-of-bot"\n'
URL = f'[wecom_aibot]\nmode = "url"\ntoken = "abcdef"\naes_key = "{"k" * 43}"\n'
HOOKS = '[wecom_webhook]\nkeys = "楼长群=693a91f6-7d"\n'


@pytest.mark.parametrize(
    ("written", "open_ones"),
    [
        ('[telegram]\ntoken = "1:abc"\n', ["telegram"]),
        (AIBOT + HOOKS, ["wecom_aibot", "wecom_webhook"]),
        (URL, ["wecom_aibot_url"]),
    ],
)
def test_only_what_is_connected_is_shown(desk: Desk, written: str, open_ones: list[str]) -> None:
    config = desk.folder / "channels.toml"
    config.write_text(written, "utf-8")
    assert [one["channel"] for one in desk.objects("channels", "-c", str(config))] == open_ones


def test_without_a_channel_it_says_how_to_see_them_all(desk: Desk) -> None:
    config = desk.folder / "channels.toml"
    config.write_text("", "utf-8")
    assert "yishi channels --all" in desk.done("channels", "-c", str(config))


def test_every_channel_and_what_is_done_instead_is_told_in_chinese(desk: Desk) -> None:
    shown = desk.done("channels", "--all")
    for words in (
        "Telegram",
        "智能机器人（回调）",
        "表决卡，最多 20 项",
        "20480 字节",
        "卡片写成编号，回数字就行",
    ):
        assert words in shown.replace("\n", "")
    assert "never" not in shown


def test_whatever_a_channel_lacks_has_its_instead() -> None:
    for row in TABLE:
        told = set(instead(row))
        assert told, row.channel
        assert ("by_webhook" in told) is (row.rings is Rings.BY_WEBHOOK)
        assert ("never_edited" in told) is (row.edits is Edits.NEVER)
        assert bool(told & {"once_spoken", "lately_spoken", "nobody"}) is (row.push is not Push.ANYBODY)
    every = {key for row in TABLE for key in instead(row)}
    assert {f"channels_instead.{key}" for key in every} == {
        key for key in sentences() if key.startswith("channels_instead.")
    }


def test_the_doctor_says_which_shared_group_has_no_webhook(desk: Desk) -> None:
    config = desk.folder / "channels.toml"
    config.write_text(f'{HOOKS}aibot_groups = ["楼长群=wrA", "居民群=wrB"]\n', "utf-8")
    shown = desk.types("check", "-c", str(config)).output
    assert "aibot_groups 里的 居民群 在 keys 里没有" in shown.replace("\n", "")
