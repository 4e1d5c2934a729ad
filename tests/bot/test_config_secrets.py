"""Secrets come from the environment, from files or from the configuration, and are never shown."""

import logging
import traceback
from pathlib import Path

import pytest

from bot.config import BadConfig, load_config

TOKEN = "123456:ABC-very-secret"
OTHER = "654321:another-secret"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def token(path: Path | None, **environ: str) -> str:
    return load_config(path, environ).telegram.token.get_secret_value()


def test_the_environment_stands_above_the_file(written: Path) -> None:
    written.write_text(f'[telegram]\ntoken = "{OTHER}"\n', "utf-8")
    assert token(written) == OTHER
    assert token(written, TELEGRAM_BOT_TOKEN=TOKEN) == TOKEN


def test_an_empty_variable_is_as_good_as_none(written: Path) -> None:
    written.write_text(f'[telegram]\ntoken = "{OTHER}"\n', "utf-8")
    assert token(written, TELEGRAM_BOT_TOKEN="", TELEGRAM_BOT_TOKEN_FILE="") == OTHER


def test_a_secret_is_read_from_the_file_a_variable_names(tmp_path: Path) -> None:
    kept = tmp_path / "token"
    kept.write_text(f"  {TOKEN}\n", "utf-8")
    assert token(None, TELEGRAM_BOT_TOKEN_FILE=str(kept)) == TOKEN


def test_a_secret_file_of_the_configuration_lies_beside_it(written: Path, tmp_path: Path) -> None:
    (tmp_path / "token.txt").write_bytes(b"\xef\xbb\xbf" + TOKEN.encode() + b"\r\n")
    (tmp_path / "hook.txt").write_text("hook-secret", "utf-8")
    written.write_text(
        '[telegram]\ntoken_file = "token.txt"\nwebhook_url = "https://a.example/x"\nwebhook_secret_file = "hook.txt"\n',
        "utf-8",
    )
    config = load_config(written, {})
    assert config.telegram.token.get_secret_value() == TOKEN
    assert config.telegram.webhook_secret.get_secret_value() == "hook-secret"


def test_the_webhook_secret_also_comes_from_the_environment(written: Path) -> None:
    written.write_text('[telegram]\nwebhook_url = "https://a.example/x"\n', "utf-8")
    config = load_config(written, {"YISHI_WEBHOOK_SECRET": "from_outside"})
    assert config.telegram.webhook_secret.get_secret_value() == "from_outside"


def test_a_webhook_without_a_secret_is_refused(written: Path) -> None:
    written.write_text('[telegram]\nwebhook_url = "https://a.example/x"\n', "utf-8")
    with pytest.raises(BadConfig) as refused:
        load_config(written, {})
    assert [fault.key for fault in refused.value.faults] == ["config.webhook_without_secret"]


def test_plain_http_is_good_enough_for_ones_own_server(written: Path) -> None:
    lines = [
        'webhook_url = "http://127.0.0.1:1/x"',
        'webhook_secret = "s"',
        'base_url = "http://127.0.0.1:2"',
    ]
    written.write_text("[telegram]\n" + "\n".join(lines), "utf-8")
    assert load_config(written, {}).telegram.webhook_url == "http://127.0.0.1:1/x"
    written.write_text("[telegram]\n" + "\n".join(lines[:2]), "utf-8")
    with pytest.raises(BadConfig) as refused:
        load_config(written, {})
    assert [fault.key for fault in refused.value.faults] == ["config.webhook_needs_https"]


def test_a_secret_said_twice_is_refused(written: Path, tmp_path: Path) -> None:
    (tmp_path / "t").write_text(TOKEN, "utf-8")
    written.write_text(f'[telegram]\ntoken = "{OTHER}"\ntoken_file = "t"\n', "utf-8")
    with pytest.raises(BadConfig) as refused:
        load_config(written, {})
    assert [(fault.key, fault.line) for fault in refused.value.faults] == [("config.said_twice", 3)]


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\xff"])
def test_a_secret_file_that_is_missing_empty_or_no_text_is_named(
    tmp_path: Path, content: bytes | None
) -> None:
    kept = tmp_path / "kept"
    if content is not None:
        kept.write_bytes(content)
    with pytest.raises(BadConfig) as refused:
        load_config(None, {"TELEGRAM_BOT_TOKEN_FILE": str(kept)})
    (fault,) = refused.value.faults
    assert fault.key in {"config.secret_unreadable", "config.secret_empty"}
    assert "TELEGRAM_BOT_TOKEN_FILE" in fault.sentence


def test_a_sound_configuration_shows_no_secret(written: Path) -> None:
    written.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nwebhook_url = "https://a.example/hidden-path"\nwebhook_secret = "hush"\n',
        "utf-8",
    )
    config = load_config(written, {})
    for shown in (repr(config), str(config), f"{config.telegram}"):
        assert TOKEN not in shown
        assert "hush" not in shown
        assert "hidden-path" not in shown


MISPLACED = [
    f'[telegram]\nbase_url = "https://api.telegram.org/bot{TOKEN}?x"\n',
    f'[telegram]\ntoken_file = "{TOKEN}"\n',
    f'[telegram]\ntoken = "bot {TOKEN}"\n',
    f'[telegram]\ntokn = "{TOKEN}"\n',
    f'[telegram]\nwebhook_secret = "{TOKEN}!"\n',
    f'[telegram]\nwebhook_url = "{TOKEN}"\n',
    f"[telegram]\ntoken = {TOKEN}\n",
    f'telegram = "{TOKEN}"\n',
    f'[storage]\nurl = "postgresql://me:{TOKEN}@db/y"\n',
    f'[storage]\nurl = "mysql://me:{TOKEN}@db/y"\n',
]


@pytest.mark.parametrize("content", MISPLACED)
def test_no_complaint_repeats_a_secret_wherever_it_was_pasted(
    written: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    written.write_text(content, "utf-8")
    with pytest.raises(BadConfig) as refused:
        load_config(written, {})
    told = "".join(traceback.format_exception(refused.value)) + repr(refused.value) + caplog.text
    assert refused.value.faults
    assert "very-secret" not in told


def test_a_wrong_token_in_the_environment_is_blamed_on_the_variable_and_not_repeated(written: Path) -> None:
    written.write_text(f'[telegram]\ntoken = "{OTHER}"\n', "utf-8")
    with pytest.raises(BadConfig) as refused:
        load_config(written, {"TELEGRAM_BOT_TOKEN": "no-colon-secret"})
    (fault,) = refused.value.faults
    assert (fault.path, fault.line) == ("TELEGRAM_BOT_TOKEN", 0)
    assert "no-colon-secret" not in str(refused.value)
