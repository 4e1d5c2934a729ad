"""An operator at a desk: an empty folder, no variables of somebody else's, and the command line."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from bot.cli.app import app

ROOT = Path(__file__).parents[3]
ROLL = ROOT / "tests" / "fixtures" / "roll.csv"
_ROLLS: list[bytes] = []
OURS = ("YISHI_CONFIG", "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE", "YISHI_WEBHOOK_SECRET")


class Desk:
    """Commands are typed in `folder`; its config.toml is there once it was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "yishi.db"

    def types(self, *words: str, **variables: str) -> Result:
        """Type a command, in this process."""
        runner = CliRunner(env={**dict.fromkeys(OURS), **variables})
        return runner.invoke(app, list(words), prog_name="yishi")

    def talks(self, *lines: str, words: tuple[str, ...] = ("--as", "宋保田", "--in", "居民群")) -> str:
        """Let somebody say these lines to the house; what they saw."""
        result = CliRunner(env=dict.fromkeys(OURS)).invoke(
            app, ["chat", *words], input="\n".join(lines) + "\n", prog_name="yishi"
        )
        assert result.exit_code == 0, result.output
        return result.stdout

    def done(self, *words: str) -> str:
        """Type a command that must succeed; what it shows."""
        result = self.types(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *words: str, code: int = 1) -> str:
        """Type a command that must end with this code; what it says of it."""
        result = self.types(*words)
        assert result.exit_code == code, (result.exit_code, result.output)
        assert "Traceback" not in result.output
        return result.stderr

    def objects(self, *words: str) -> list[dict[str, Any]]:
        """Type a command that shows JSON."""
        return [json.loads(line) for line in self.done(*words, "--json").splitlines()]

    def starts(self, *words: str, **variables: str) -> "subprocess.Popen[str]":
        """Start the program as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env=self.environment(**variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def environment(self, **variables: str) -> dict[str, str]:
        """Ours, so that a process finds the program from another folder."""
        clean = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**clean, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables}

    def configures(self, written: str) -> None:
        """Write config.toml, and let YISHI_CONFIG not be needed: commands are given -c."""
        (self.folder / "config.toml").write_text(written, "utf-8")

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Facts, read through a connection of one's own."""
        fresh = sqlite3.connect(self.database)
        try:
            return fresh.execute(query, values).fetchall()
        finally:
            fresh.close()

    def changes(self, statement: str, *values: object) -> None:
        """Do to the database what no command does."""
        other = sqlite3.connect(self.database)
        with other:
            other.execute(statement, values)
        other.close()

    def has_a_roll(self) -> None:
        """The people of 桂花里社区 are on the roll, which is imported once and copied for every other new desk."""
        if _ROLLS and not self.database.exists():
            self.database.write_bytes(_ROLLS[0])
            return
        new = not self.database.exists()
        self.done("roll", "import", str(ROLL), "--unit", "桂花里社区", "--commit")
        if new and not self.database.with_name("yishi.db-wal").exists():
            _ROLLS[:] = [self.database.read_bytes()]
