import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from tests.bot.cli.botapi import TOKEN, BotApi, bot_api
from tests.bot.cli.desk import Desk

GROUP = -1001234567


def until(condition: Callable[[], object], program: "subprocess.Popen[str]", seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert program.poll() is None, program.communicate()
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def configure(desk: Desk, api: BotApi, more: str = "") -> int:
    port = free_port()
    desk.configures(
        f'[telegram]\nbase_url = "{api.url}"\n{more}\n[community]\nname = "桂花里社区"\nquiet_hours = ""\n'
        f"[web]\nport = {port}\n"
    )
    return port


def stop(program: "subprocess.Popen[str]") -> tuple[int, str, str]:
    program.send_signal(signal.SIGTERM)
    out, err = program.communicate(timeout=30)
    return program.returncode, out, err


def test_a_token_alone_is_enough_and_a_message_is_answered(desk: Desk) -> None:
    with bot_api() as api:
        port = configure(desk, api)
        desk.done("groups", "bind", f"telegram:{GROUP}", "--as", "居民群", "-c", "config.toml")
        program = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        api.hears(1, GROUP, "#报事 3号楼2单元电梯坏了")
        until(api.sent, program)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as page:
            assert (page.status, page.read()) == (200, b'{"status":"ok"}')
        code, _, err = stop(program)
    assert code == 0, err
    assert "已记下" in api.sent()[0]["text"]
    assert len(desk.rows("SELECT 1 FROM issues")) == 1


def test_the_log_holds_neither_the_token_nor_what_was_said(desk: Desk) -> None:
    with bot_api() as api:
        configure(desk, api)
        desk.done("groups", "bind", f"telegram:{GROUP}", "--as", "居民群", "-c", "config.toml")
        program = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        api.hears(1, GROUP, "#报事 3号楼2单元电梯坏了")
        until(api.sent, program)
        api.refuses_token = True
        _, err = program.communicate(timeout=30)
    assert "started" in err
    assert TOKEN not in err
    assert "电梯" not in err


def test_told_to_stop_it_lets_what_is_being_told_arrive(desk: Desk) -> None:
    with bot_api() as api:
        configure(desk, api)
        desk.done("groups", "bind", f"telegram:{GROUP}", "--as", "居民群", "-c", "config.toml")
        api.slow = 1.0
        program = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        api.hears(1, GROUP, "#报事 3号楼2单元电梯坏了")
        until(api.sent, program)
        code, _, err = stop(program)
    assert code == 0, err
    states = {
        row[0] for row in desk.rows("SELECT state FROM outbox WHERE act = 'say' AND chat = ?", str(GROUP))
    }
    assert states == {"sent"}


def test_a_refused_token_ends_the_program_with_a_sentence(desk: Desk) -> None:
    with bot_api() as api:
        configure(desk, api)
        api.refuses_token = True
        program = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        _, err = program.communicate(timeout=30)
    assert program.returncode == 1
    assert "Telegram 不认这个令牌" in err
    assert "Traceback" not in err


def test_a_webhook_is_registered_and_answered_only_with_its_secret(desk: Desk) -> None:
    with bot_api() as api:
        port = configure(desk, api, 'webhook_url = "http://bot.example/hook"\nwebhook_secret = "s3cret"')
        program = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        until(lambda: api.sent("setWebhook"), program)
        statuses = [_post(port, secret) for secret in ("wrong", "s3cret")]
        code, _, err = stop(program)
    assert (code, statuses) == (0, [403, 200]), err
    assert api.sent("setWebhook")[0]["secret_token"] == "s3cret"
    assert api.sent("getUpdates") == []


def _post(port: int, secret: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/hook",
        data=b'{"update_id": 5}',
        headers={"X-Telegram-Bot-Api-Secret-Token": secret},
    )
    for _ in range(100):
        try:
            with urllib.request.urlopen(request) as page:
                return int(page.status)
        except urllib.error.HTTPError as refused:
            return int(refused.code)
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError("nobody answered")


def test_two_programs_never_work_on_one_database(desk: Desk) -> None:
    with bot_api() as api:
        configure(desk, api)
        first = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        until(lambda: api.sent("getUpdates"), first)
        second = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        _, err = second.communicate(timeout=30)
        code, _, _ = stop(first)
    assert (code, second.returncode) == (0, 1)
    assert "另一个 yishi" in err


def test_killed_at_once_it_leaves_the_database_free(desk: Desk) -> None:
    with bot_api() as api:
        configure(desk, api)
        first = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        until(lambda: api.sent("getUpdates"), first)
        first.kill()
        first.communicate()
        second = desk.starts("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
        before = len(api.sent("getUpdates"))
        until(lambda: len(api.sent("getUpdates")) > before, second)
        code, _, err = stop(second)
    assert code == 0, err


def test_every_reason_not_to_start_is_named_at_once(desk: Desk) -> None:
    with sqlite3.connect(desk.database) as other:
        other.execute("CREATE TABLE somebodys (id)")
    other.close()
    said = desk.refused("run")
    assert "没有启动" in said
    assert "TELEGRAM_BOT_TOKEN" in said
    assert "别的程序" in said


def test_every_fault_of_the_configuration_is_named_at_once(desk: Desk) -> None:
    desk.configures('[telegram]\ntokn = "x"\n[community]\ntimezone = "Mars/Olympus"\n')
    said = desk.refused("run", "-c", "config.toml")
    assert "telegram.token" in said
    assert "community.timezone" in said


@pytest.mark.parametrize(
    ("version", "said"), [("9999", "更新版本的程序"), ("0001", "yishi migrate")], ids=["newer", "older"]
)
def test_a_database_of_another_version_is_not_touched(desk: Desk, version: str, said: str) -> None:
    desk.has_a_roll()
    desk.changes("UPDATE alembic_version SET version_num = ?", version)
    before = desk.database.read_bytes()
    result = desk.types("run", TELEGRAM_BOT_TOKEN=TOKEN)
    assert (result.exit_code, desk.database.read_bytes()) == (1, before)
    assert re.search(said, result.stderr)


def test_a_webhook_port_that_is_taken_is_a_reason_not_to_start(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        desk.configures(
            '[telegram]\nwebhook_url = "https://bot.example/hook"\nwebhook_secret = "s3cret"\n'
            f"[web]\nport = {taken.getsockname()[1]}\n"
        )
        result = desk.types("run", "-c", "config.toml", TELEGRAM_BOT_TOKEN=TOKEN)
    assert result.exit_code == 1
    assert "监听不了" in result.stderr
