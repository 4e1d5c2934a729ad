"""The channels of WeChat and WeCom in the configuration."""

from pathlib import Path

import pytest

from bot.config import BadConfig, load_config, missing_for_run
from bot.config.handed import (
    house_settings,
    masked,
    wechat_oa_settings,
    wecom_app_settings,
    wecom_webhook_settings,
)
from bot.platforms.wechat_oa_settings import Filling
from tests.weixin import KEY, TOKEN

APP = f'[wecom_app]\ncorp_id = "ww1"\nagent_id = 1000002\nsecret = "app-secret"\ntoken = "{TOKEN}"\naes_key = "{KEY}"\n'
ACCOUNT = f'[wechat_oa]\napp_id = "wx1"\nsecret = "oa-secret"\ntoken = "{TOKEN}"\n'


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def faults(written: Path, said: str, **environ: str) -> list[str]:
    written.write_text(said, "utf-8")
    with pytest.raises(BadConfig) as caught:
        load_config(written, environ)
    return [f"{fault.key} {fault.path}" for fault in caught.value.faults]


def test_the_app_is_handed_over_as_written(written: Path) -> None:
    written.write_text(APP, "utf-8")
    settings = wecom_app_settings(load_config(written, {}))
    assert (settings.corp_id, settings.agent_id, settings.secret) == ("ww1", 1000002, "app-secret")
    assert settings.base_url == "https://qyapi.weixin.qq.com/cgi-bin/"
    assert missing_for_run(load_config(written, {})) == ()


def test_every_secret_comes_from_the_environment_too(written: Path, tmp_path: Path) -> None:
    written.write_text('[wecom_app]\ncorp_id = "ww1"\nagent_id = 7\naes_key_file = "key"\n', "utf-8")
    (tmp_path / "key").write_text(KEY + "\n", "utf-8")
    (tmp_path / "token").write_text(TOKEN, "utf-8")
    environ = {"YISHI_WECOM_APP_SECRET": "outside", "YISHI_WECOM_APP_TOKEN_FILE": str(tmp_path / "token")}
    settings = wecom_app_settings(load_config(written, environ))
    assert (settings.secret, settings.token, settings.aes_key) == ("outside", TOKEN, KEY)


def test_a_channel_that_is_begun_and_cannot_work_is_told_what_it_lacks(written: Path) -> None:
    assert faults(written, '[wecom_app]\ncorp_id = "ww1"\nagent_id = 7\n') == [
        f"config.channel_incomplete wecom_app.{key}" for key in ("secret", "token", "aes_key")
    ]
    assert faults(written, f'[wechat_oa]\ntoken = "{TOKEN}"\n') == [
        f"config.channel_incomplete wechat_oa.{key}" for key in ("app_id", "secret")
    ]


@pytest.mark.parametrize(
    ("said", "path"),
    [
        (APP.replace(KEY, KEY[:-1]), "wecom_app.aes_key"),
        (APP.replace("1000002", '"1000002"'), "wecom_app.agent_id"),
        (ACCOUNT + 'template_fields = ["thing1"]\n', "wechat_oa.template_fields 第 1 项"),
        (
            '[wecom_webhook]\nkeys = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7d"\n',
            "keys",
        ),
    ],
)
def test_a_wrong_value_is_told_without_being_shown(written: Path, said: str, path: str) -> None:
    written.write_text(said, "utf-8")
    with pytest.raises(BadConfig) as caught:
        load_config(written, {})
    shown = "\n".join(fault.sentence for fault in caught.value.faults)
    assert path in shown
    assert not any(secret in shown for secret in (KEY[:-1], "693a91f6", TOKEN, "app-secret"))


def test_webhooks_are_known_by_name(written: Path) -> None:
    written.write_text('[wecom_webhook]\nkeys = "3栋居民群=693a91f6-7d; 楼长群 = 1b2c3d4e-5f"\n', "utf-8")
    settings = wecom_webhook_settings(load_config(written, {}))
    assert settings.keys == {"3栋居民群": "693a91f6-7d", "楼长群": "1b2c3d4e-5f"}


def test_webhooks_in_a_file_stand_line_by_line(written: Path, tmp_path: Path) -> None:
    written.write_text('[wecom_webhook]\nkeys_file = "keys"\n', "utf-8")
    (tmp_path / "keys").write_text("3栋居民群=693a91f6-7d\n楼长群=1b2c3d4e-5f\n", "utf-8")
    assert len(wecom_webhook_settings(load_config(written, {})).keys) == 2


def test_template_fields_say_what_they_are_filled_with(written: Path) -> None:
    fields = 'template_id = "TPL"\ntemplate_fields = ["thing1=text", "time3=time", "phrase2=待查看"]\n'
    written.write_text(ACCOUNT + fields, "utf-8")
    settings = wechat_oa_settings(load_config(written, {}))
    assert [one.filling for one in settings.template_fields] == [Filling.TEXT, Filling.TIME, Filling.FIXED]
    assert settings.template_fields[2].words == "待查看"


def test_no_secret_of_any_channel_reaches_the_log_or_a_repr(written: Path) -> None:
    hooks = '[wecom_webhook]\nkeys = "群=693a91f6-7d"\n'
    written.write_text('[telegram]\ntoken = "1:tele"\n' + APP + ACCOUNT + hooks, "utf-8")
    config = load_config(written, {})
    secrets = ("1:tele", "app-secret", "oa-secret", KEY, TOKEN, "693a91f6-7d")
    line = masked(config)(" ".join(secrets))
    assert not any(secret in line + repr(config) for secret in secrets)
    assert line.split() == ["***"] * len(secrets)


def test_a_webhook_calls_for_the_ai_bot_in_the_groups_it_shares(written: Path) -> None:
    groups = 'aibot_groups = ["楼长群=wrA1", "3栋居民群 = wecom_aibot:wrB_2-x"]\n'
    written.write_text(f'[wecom_webhook]\nkeys = "楼长群=693a91f6-7d"\n{groups}', "utf-8")
    assert wecom_webhook_settings(load_config(written, {})).rings == {
        "wrA1": "楼长群",
        "wrB_2-x": "3栋居民群",
    }


def test_a_shared_group_without_its_chatid_is_a_fault(written: Path) -> None:
    written.write_text('[wecom_webhook]\naibot_groups = ["楼长群"]\n', "utf-8")
    with pytest.raises(BadConfig) as caught:
        load_config(written, {})
    assert "aibot_groups" in caught.value.faults[0].sentence


def test_the_channels_of_one_corp_share_their_accounts_and_others_do_not(written: Path) -> None:
    written.write_text(APP + '[wecom_webhook]\nkeys = "楼长群=693a91f6-7d"\n', "utf-8")
    settings = house_settings(load_config(written, {}))
    assert settings.known_at("wecom_webhook") == {"wecom_app", "wecom_webhook"}
    assert settings.known_at("telegram") == {"telegram"}
