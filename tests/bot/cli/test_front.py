import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bot.cli import front
from bot.cli.app import app
from handlers.texts import sentences
from tests.bot.cli.desk import Desk


def paths(group: TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, found in group.commands.items():
        yield (*before, name)
        if isinstance(found, TyperGroup):
            yield from paths(found, (*before, name))


ROOT_COMMAND = get_command(app)
assert isinstance(ROOT_COMMAND, TyperGroup)
COMMANDS = [(), *paths(ROOT_COMMAND)]
FAMILIES = {name for name, found in ROOT_COMMAND.commands.items() if isinstance(found, TyperGroup)}


def test_every_command_of_the_house_is_there() -> None:
    words = {" ".join(path) for path in COMMANDS}
    assert {
        "run",
        "chat",
        "check",
        "migrate",
        "roll import",
        "roll show",
        "groups list",
        "groups bind",
        "groups unbind",
        "show",
        "inbox list",
        "inbox retry",
        "inbox drop",
        "outbox list",
        "outbox retry",
        "outbox drop",
        "due",
        "journal",
        "procedures list",
        "procedures check",
        "procedures show",
        "import-chat",
    } <= words


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_an_example(desk: Desk, path: tuple[str, ...]) -> None:
    shown = desk.done(*path, "--help")
    assert "例：yishi" in shown or "例：TELEGRAM_BOT_TOKEN" in shown
    assert "显示这份说明" in shown


@pytest.mark.parametrize(
    "path",
    [path for path in COMMANDS if path and " ".join(path) not in FAMILIES],
    ids=" ".join,
)
def test_every_command_takes_a_configuration(desk: Desk, path: tuple[str, ...]) -> None:
    shown = desk.done(*path, "--help")
    assert "--config" in shown
    assert "YISHI_CONFIG" in shown


def test_an_example_names_a_command_that_exists() -> None:
    known = {path[0] for path in COMMANDS if path}
    examples = {key: said for key, said in sentences().items() if key.startswith("cli_example.")}
    assert len(examples) > 20
    for said in examples.values():
        assert said.split("yishi ", 1)[1].split()[0] in known, said


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'sqlalchemy', 'telegram', 'rich', 'pydantic', 'alembic', 'starlette', 'openpyxl'}"
    program = f"import sys, bot.cli.app; sys.exit(' '.join(sorted({heavy} & set(sys.modules))) or 0)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_nothing_said_shows_the_help_and_is_a_misuse(desk: Desk) -> None:
    result = desk.types()
    assert result.exit_code == front.Ending.USAGE
    assert "import-chat" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rum"], "是要写 run 吗"),
        (["fly"], "没有 fly 这个命令"),
        (["roll", "imprt"], "是要写 import 吗"),
        (["roll", "import"], "还少一项：FILE"),
        (["paper", "会9", "决议书"], "还少一项：--out / -o。\n用法见：yishi paper --help"),
        (["due", "--last", "0"], "--last 的值不对"),
        (["due", "--frobnicate"], "没有 --frobnicate 这个选项"),
        (["show", "bananas"], "没有 bananas 可看"),
        (["show", "issues", "twelve"], "的值不对"),
        (["journal", "--about", "issue"], "请写成 名称:编号"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_in_the_command_is_answered_with_what_was_meant(
    desk: Desk, words: list[str], said: str
) -> None:
    assert said in desk.refused(*words, code=front.Ending.USAGE)


@pytest.mark.parametrize("command", [["show", "issues"], ["due"], ["roll", "show"], ["groups", "list"]])
def test_a_configuration_that_is_not_there_is_named(desk: Desk, command: list[str]) -> None:
    assert "nowhere.toml" in desk.refused(*command, "-c", "nowhere.toml")


def test_the_configuration_may_be_named_by_a_variable(desk: Desk) -> None:
    desk.configures('[storage]\nurl = "sqlite:///elsewhere.db"\n')
    result = desk.types("migrate", YISHI_CONFIG="config.toml")
    assert result.exit_code == 0, result.output
    assert (desk.folder / "elsewhere.db").exists()
    assert not desk.database.exists()


def test_a_fault_of_ours_ends_with_three_and_quotes_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("电话 13812345678")

    monkeypatch.setattr("bot.cli.opening.settle", broken)
    said = desk.refused("due", code=front.Ending.BROKEN)
    assert "RuntimeError at test_front.py" in said
    assert "13812345678" not in said


def test_a_read_only_disk_ends_with_three_and_the_machine_s_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.cli.opening.settle", full)
    assert "No space left on device" in desk.refused("due", code=front.Ending.BROKEN)


def test_python_dash_m_bot_is_the_same_program(desk: Desk) -> None:
    program = desk.starts("show", "bananas")
    _, err = program.communicate(timeout=30)
    assert (program.returncode, "bananas" in err) == (2, True)
