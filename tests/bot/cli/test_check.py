import json
import shutil
from typing import Any

import pytest

from tests.bot.cli.botapi import TOKEN, bot_api
from tests.bot.cli.desk import Desk


def levels(desk: Desk, *words: str, code: int = 0, **variables: str) -> dict[str, list[str]]:
    result = desk.types("check", *words, "--json", **variables)
    assert result.exit_code == code, result.output
    found: dict[str, list[str]] = {}
    for line in result.stdout.splitlines():
        one: dict[str, Any] = json.loads(line)
        found.setdefault(one["check"], []).append(one["level"])
    return found


def a_whole_house(desk: Desk) -> None:
    desk.has_a_roll()
    for number, role in enumerate(("居民群", "网格员群", "党员审议群", "代表决议群", "公示群"), start=1):
        desk.done("groups", "bind", f"telegram:-100{number}", "--as", role)
    desk.configures('[community]\nname = "桂花里社区"\n[operator]\naccounts = ["telegram:9"]\n')


def test_a_house_in_order_has_a_line_for_every_check(desk: Desk) -> None:
    a_whole_house(desk)
    found = levels(desk, "-c", "config.toml")
    assert {name for name, said in found.items() if set(said) == {"ok"}} == {
        "config",
        "operators",
        "timezone",
        "disk",
        "database",
        "clock",
        "inbox",
        "outbox",
        "groups",
        "roll",
        "procedures",
    }
    assert found["telegram"] == ["warning"]
    assert "错误 0 项" in desk.done("check", "-c", "config.toml")


def test_an_empty_folder_is_no_error(desk: Desk) -> None:
    found = levels(desk)
    assert found["database"] == ["warning"]
    assert not desk.database.exists()


def test_what_is_missing_is_named(desk: Desk) -> None:
    desk.has_a_roll()
    desk.changes("DELETE FROM holdings WHERE role IN ('grid_worker', 'grid_lead')")
    shown = desk.done("check")
    assert "桂花里社区还没有：居民群、网格员群、党员审议群、代表决议群、公示群" in shown
    assert "没有网格员" in shown


def test_every_fault_of_the_configuration_is_an_error(desk: Desk) -> None:
    desk.configures('[telegram]\ntokn = "x"\nbase_url = "nowhere"\n')
    found = levels(desk, "-c", "config.toml", code=1)
    assert found["config"] == ["error", "error"]
    assert found["procedures"] == ["ok"]


def test_a_damaged_database_is_an_error(desk: Desk) -> None:
    desk.has_a_roll()
    whole = bytearray(desk.database.read_bytes())
    for page in range(8, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    desk.database.write_bytes(whole)
    found = levels(desk, code=1)
    assert set(found["database"]) == {"error"}


@pytest.mark.parametrize(("version", "level"), [("9999", "error"), ("0000", "error")])
def test_another_version_is_an_error(desk: Desk, version: str, level: str) -> None:
    desk.has_a_roll()
    desk.changes("UPDATE alembic_version SET version_num = ?", version)
    assert levels(desk, code=1)["schema"] == [level]


def test_a_clock_set_back_is_an_error(desk: Desk) -> None:
    desk.has_a_roll()
    desk.changes(
        "INSERT INTO journal (at, event, subject, detail) VALUES ('2999-01-01 00:00:00.000000', 'X', 'x:1', '{}')"
    )
    assert levels(desk, code=1)["clock"] == ["error"]


def test_what_waits_for_the_operator_is_a_warning(desk: Desk) -> None:
    a_whole_house(desk)
    desk.changes(
        "INSERT INTO inbox (platform, event_id, at, state, body, error) "
        "VALUES ('telegram', '7', '2026-01-01 00:00:00.000000', 'parked', '{}', 'KeyError')"
    )
    desk.changes(
        "INSERT INTO outbox (platform, chat, thread, act, urgency, message_id, body, written_at, not_before, state, "
        "attempts, error) VALUES ('telegram', '-1001', '', 'say', 'notice', '', '{\"text\": \"x\"}', "
        "'2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000', 'waiting', 0, '')"
    )
    desk.done("groups", "unbind", "telegram:-1001")
    found = levels(desk, "-c", "config.toml")
    assert found["inbox"] == ["warning"]
    assert found["outbox"] == ["ok", "warning"]
    assert found["groups"] == ["warning", "warning"]


def test_a_disk_that_is_nearly_full_is_an_error(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(desk.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10**6))
    assert levels(desk, code=1)["disk"] == ["error"]


def test_telegram_is_asked_about_itself_and_its_groups(desk: Desk) -> None:
    a_whole_house(desk)
    with bot_api() as api:
        desk.configures(f'[telegram]\nbase_url = "{api.url}"\n')
        found = levels(desk, "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        assert found["telegram"] == ["ok"] * 6
        assert len(api.sent("getChat")) == 5
        api.refuses_token = True
        assert levels(desk, "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN, code=1)["telegram"] == ["error"]


def test_the_token_is_never_shown(desk: Desk) -> None:
    with bot_api() as api:
        desk.configures(f'[telegram]\nbase_url = "{api.url}"\ntoken = "{TOKEN}"\n')
        api.refuses_token = True
        assert TOKEN not in desk.types("check", "-c", "config.toml").output
