"""From a file and the environment to a configuration."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.config.check import Written, check
from bot.config.faults import BadConfig, Fault
from bot.config.model import Config

CONFIG = "YISHI_CONFIG"
SECRETS = {"token": "TELEGRAM_BOT_TOKEN", "webhook_secret": "YISHI_WEBHOOK_SECRET"}
"""The secrets of [telegram] and the variables that stand above the file; NAME_FILE names a file that holds one."""

LARGEST_SECRET = 4096


def load_config(path: Path | None, environ: Mapping[str, str]) -> Config:
    """The configuration of `path`, else of the file YISHI_CONFIG names, else the defaults; secrets filled in.

    A secret is taken from its variable, from the file its variable names, from the configuration, from the file
    the configuration names: the first that is given. Raises BadConfig with every fault found.
    """
    named = path or (Path(environ[CONFIG]) if environ.get(CONFIG) else None)
    reading = _Reading(environ, named.parent if named else Path())
    if named:
        reading.read(named)
    reading.fill_secrets()
    written = Written(reading.tables, reading.source, reading.origins)
    config, faults = check(written)
    faults = sorted([*reading.faults, *faults], key=lambda fault: fault.line)
    if config is None or faults:
        raise BadConfig(faults) from None
    return config


def missing_for_run(config: Config) -> tuple[Fault, ...]:
    """What `yishi run` needs beyond a sound configuration: a channel to listen to."""
    return () if config.telegram.configured else (Fault("config.no_token", SECRETS["token"]),)


@dataclass(slots=True)
class _Reading:
    """Gathers tables and faults. `folder` is where relative names of secret files in the configuration start."""

    environ: Mapping[str, str]
    folder: Path
    tables: dict[str, object] = field(default_factory=dict)
    source: str = ""
    origins: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, path: Path) -> None:
        """Take the tables of a TOML file, or note why there are none."""
        try:
            self.source = path.read_bytes().decode("utf-8-sig")
            self.tables = tomllib.loads(self.source)
        except OSError:
            self.faults.append(Fault("config.unreadable", str(path)))
        except UnicodeDecodeError:
            self.faults.append(Fault("config.not_utf8", str(path)))
        except tomllib.TOMLDecodeError as problem:
            self.faults.append(_syntax(str(problem), self.source, str(path)))

    def fill_secrets(self) -> None:
        """Put every secret that is given into [telegram], whatever way it is given."""
        telegram = self.tables.get("telegram", {})
        if not isinstance(telegram, dict):
            return
        merged = dict(telegram)
        for key, variable in SECRETS.items():
            value = self._from_environment(key, variable)
            if value is None:
                value = self._from_file_beside(key, telegram)
            if value is not None:
                merged[key] = value
        if merged:
            self.tables = {**self.tables, "telegram": merged}

    def _from_environment(self, key: str, variable: str) -> str | None:
        named = f"{variable}_FILE"
        if self.environ.get(variable):
            self.origins[f"telegram.{key}"] = variable
            return self.environ[variable]
        if self.environ.get(named):
            self.origins[f"telegram.{key}"] = named
            return self._secret_in(Path(self.environ[named]), named, 0)
        return None

    def _from_file_beside(self, key: str, telegram: Mapping[str, object]) -> str | None:
        named = telegram.get(f"{key}_file")
        if not isinstance(named, str) or not named:
            return None
        path = f"telegram.{key}_file"
        line = Written(self.tables, self.source, {}).line_of(path)
        if telegram.get(key):
            self.faults.append(Fault("config.said_twice", path, line, (("other", f"telegram.{key}"),)))
            return None
        self.origins[f"telegram.{key}"] = path
        return self._secret_in(self.folder / named, path, line)

    def _secret_in(self, file: Path, said_by: str, line: int) -> str:
        """The text of a secret's file; the file's name is not repeated, it may be the secret itself."""
        try:
            content = file.read_bytes()[:LARGEST_SECRET].decode("utf-8-sig").strip()
        except (OSError, ValueError):
            self.faults.append(Fault("config.secret_unreadable", said_by, line))
            return ""
        if not content:
            self.faults.append(Fault("config.secret_empty", said_by, line))
        return content


def _syntax(problem: str, source: str, path: str) -> Fault:
    found = re.search(r"at line (\d+), column (\d+)", problem)
    line = int(found[1]) if found else source.count("\n") + 1
    twice = "Cannot overwrite" in problem or "Cannot declare" in problem
    return Fault("config.written_twice" if twice else "config.syntax", path, line)
