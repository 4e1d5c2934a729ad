"""The configuration file: what is taken from it, and that every mistake is named at once."""

import dataclasses
import pickle
import re
import tomllib
from pathlib import Path

import pytest

from bot.config import BadConfig, Config, Fault, Storage, load_config, missing_for_run
from bot.config.check import KEYS
from handlers.texts import sentences

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TOKEN = "123456:ABC-def_ghi"

MISTAKES = """nonsense = "x"
[storage]
url = "postgresql://me:hunter2@db/yishi"
[telegram]
tokn = "x"
token = "not a token"
webhook_url = "http://example.org/hook"
group_per_minute = 0
[community]
timezone = "Asia/Shangai"
quiet_hours = "25:00-07:00"
[intake]
passive = "yes"
[web]
port = true
[operator]
accounts = ["telegram:1", "telegram:@somebody"]
[meetings]
remind_minutes = [60, 60]
[followup]
days = 2.5
reopen_share = 0.5
[owners]
count_parking = ["桂花里社区"]
"""


def faults_of(path: Path | None, **environ: str) -> list[Fault]:
    with pytest.raises(BadConfig) as refused:
        load_config(path, environ)
    return list(refused.value.faults)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def paths(faults: list[Fault]) -> set[str]:
    return {fault.path for fault in faults}


def test_without_a_file_a_token_in_the_environment_is_enough() -> None:
    config = load_config(None, {"TELEGRAM_BOT_TOKEN": TOKEN})
    assert config.telegram.token.get_secret_value() == TOKEN
    assert missing_for_run(config) == ()
    assert config.storage == Storage(url="sqlite:///yishi.db")
    assert config.storage.file == "yishi.db"


def test_without_a_token_there_is_nothing_to_run_and_the_sentence_names_the_variable() -> None:
    missing = missing_for_run(load_config(None, {}))
    assert [fault.key for fault in missing] == ["config.no_token"]
    assert "TELEGRAM_BOT_TOKEN" in missing[0].sentence


def test_the_example_has_every_key_of_the_model_and_no_other() -> None:
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))
    assert {table: tuple(keys) for table, keys in example.items()} == KEYS
    assert sum(len(keys) for keys in KEYS.values()) > 15


def test_the_example_says_the_defaults_except_for_the_name() -> None:
    example = load_config(EXAMPLE, {})
    named = dataclasses.replace(example.community, name="")
    assert example.community.name
    assert dataclasses.replace(example, community=named) == Config()


def test_every_table_of_the_example_is_commented_in_chinese() -> None:
    blocks = EXAMPLE.read_text("utf-8").split("\n[")
    comments = [re.findall(r"# .*[一-鿿]", block) for block in blocks]
    assert len(blocks) == len(KEYS) + 1
    assert all(comments)


def test_every_key_has_a_sentence_for_what_is_expected() -> None:
    told = {key.removeprefix("config_expected.") for key in sentences() if key.startswith("config_expected.")}
    assert told == {f"{table}_{key}" for table, keys in KEYS.items() for key in keys}


def test_yishi_config_names_the_file_and_an_option_stands_above_it(written: Path, tmp_path: Path) -> None:
    written.write_text("[web]\nport = 81\n", "utf-8")
    other = tmp_path / "other.toml"
    other.write_text("[web]\nport = 82\n", "utf-8")
    assert load_config(None, {"YISHI_CONFIG": str(written)}).web.port == 81
    assert load_config(other, {"YISHI_CONFIG": str(written)}).web.port == 82


def test_all_mistakes_are_reported_at_once_each_with_its_place(written: Path) -> None:
    written.write_text(MISTAKES, "utf-8")
    found = {(fault.line, fault.key) for fault in faults_of(written)}
    assert found == {
        (1, "config.unknown"),
        (3, "config.postgresql"),
        (5, "config.unknown_guess"),
        (6, "config.wrong"),
        (7, "config.webhook_without_secret"),
        (7, "config.webhook_needs_https"),
        (8, "config.wrong_written"),
        (10, "config.wrong_written"),
        (11, "config.wrong_written"),
        (13, "config.wrong_written"),
        (15, "config.wrong_written"),
        (17, "config.wrong_written"),
        (19, "config.wrong"),
        (21, "config.wrong_written"),
        (22, "config.wrong_written"),
        (24, "config.wrong_written"),
    }


@pytest.mark.parametrize(
    ("content", "guess"),
    [
        ('[telegram]\ntokn = "x"', "telegram.token"),
        ('[telegram]\nTimezone = "x"', "community.timezone"),
        ("[telegram]\ngroup-per-minute = 2", "telegram.group_per_minute"),
        ("[telegrm]\n", "telegram"),
        ('quiet_hours = "22:00-07:00"', "community.quiet_hours"),
    ],
)
def test_an_unknown_key_is_answered_with_what_was_meant(written: Path, content: str, guess: str) -> None:
    written.write_text(content, "utf-8")
    (fault,) = faults_of(written)
    assert fault.key == "config.unknown_guess"
    assert dict(fault.values)["guess"] == guess
    assert guess in fault.sentence


def test_an_unknown_key_like_nothing_is_answered_with_all_that_there_is(written: Path) -> None:
    written.write_text("[intake]\nzzz = 1\n", "utf-8")
    (fault,) = faults_of(written)
    assert (fault.key, fault.path, fault.line) == ("config.unknown", "intake.zzz", 2)
    assert dict(fault.values)["options"] == "passive"


def test_one_wrong_item_of_a_list_is_named_by_its_position(written: Path) -> None:
    written.write_text('[operator]\naccounts = ["telegram:1", "telegram:@x", "console:甲"]\n', "utf-8")
    (fault,) = faults_of(written)
    assert "第 2 项" in fault.sentence
    assert "telegram:@x" in fault.sentence


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        ('[web]\nhost = "x\n', "config.syntax", 2),
        ("[web]\nport = 1\nport = 2\n", "config.written_twice", 3),
        ("[web]\nport = 1\n[web]\n", "config.written_twice", 3),
        ("[web]\nport = [1,", "config.syntax", 2),
    ],
)
def test_broken_toml_is_named_with_its_line(written: Path, content: str, key: str, line: int) -> None:
    written.write_text(content, "utf-8")
    (fault,) = faults_of(written)
    assert fault.key == key
    assert fault.line == line


def test_a_file_saved_as_gbk_is_told_apart_from_a_broken_one(written: Path) -> None:
    written.write_bytes('[community]\nname = "桂花里社区"\n'.encode("gbk"))
    assert [fault.key for fault in faults_of(written)] == ["config.not_utf8"]


def test_a_byte_order_mark_does_no_harm(written: Path) -> None:
    written.write_bytes(b"\xef\xbb\xbf[web]\nport = 9\n")
    assert load_config(written, {}).web.port == 9


def test_a_missing_file_is_said_together_with_what_is_wrong_in_the_environment(tmp_path: Path) -> None:
    faults = faults_of(tmp_path / "none.toml", TELEGRAM_BOT_TOKEN="nonsense")
    assert {fault.key for fault in faults} == {"config.unreadable", "config.wrong"}
    assert "TELEGRAM_BOT_TOKEN" in paths(faults)


def test_a_table_written_as_a_value_is_named(written: Path) -> None:
    written.write_text('telegram = "123:abc"\n', "utf-8")
    (fault,) = faults_of(written)
    assert (fault.key, fault.path, fault.line) == ("config.not_a_table", "telegram", 1)
    assert "123:abc" not in fault.sentence


def test_a_configuration_cannot_be_changed_and_can_be_copied() -> None:
    config = Config()
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.web.port = 1  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(config.meetings)) == config.meetings
