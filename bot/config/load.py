"""From a file and the environment to a configuration."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.config.check import Written, check
from bot.config.faults import BadConfig, Fault
from bot.config.model import Config
from bot.config.vocabulary import FILES, faults_in

CONFIG = "YISHI_CONFIG"
SECRETS = {
    ("telegram", "token"): "TELEGRAM_BOT_TOKEN",
    ("telegram", "webhook_secret"): "YISHI_WEBHOOK_SECRET",
    ("wecom_aibot", "secret"): "YISHI_WECOM_AIBOT_SECRET",
    ("wecom_aibot", "token"): "YISHI_WECOM_AIBOT_TOKEN",
    ("wecom_aibot", "aes_key"): "YISHI_WECOM_AIBOT_AES_KEY",
    ("wecom_app", "secret"): "YISHI_WECOM_APP_SECRET",
    ("wecom_app", "token"): "YISHI_WECOM_APP_TOKEN",
    ("wecom_app", "aes_key"): "YISHI_WECOM_APP_AES_KEY",
    ("wecom_webhook", "keys"): "YISHI_WECOM_WEBHOOK_KEYS",
    ("wechat_oa", "secret"): "YISHI_WECHAT_OA_SECRET",
    ("wechat_oa", "token"): "YISHI_WECHAT_OA_TOKEN",
    ("wechat_oa", "aes_key"): "YISHI_WECHAT_OA_AES_KEY",
    ("second_opinion", "key"): "YISHI_SECOND_OPINION_KEY",
}
"""The secrets (table, key) and the variables that stand above the file; NAME_FILE names a file that holds one."""

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
        reading.find_vocabulary()
    reading.fill_secrets()
    written = Written(reading.tables, reading.source, reading.origins)
    config, faults = check(written)
    faults = sorted([*reading.faults, *faults], key=lambda fault: fault.line)
    if config is None or faults:
        raise BadConfig(faults) from None
    return config


def missing_for_run(config: Config) -> tuple[Fault, ...]:
    """What `yishi run` needs beyond a sound configuration: a channel to listen to."""
    channels = (
        config.telegram,
        config.wecom_aibot,
        config.wecom_app,
        config.wecom_webhook,
        config.wechat_oa,
    )
    if any(channel.configured for channel in channels):
        return ()
    return (Fault("config.no_token", SECRETS["telegram", "token"]),)


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

    def find_vocabulary(self) -> None:
        """Make the names of a community's own files whole, and look into them."""
        written = self.tables.get("understanding")
        if not isinstance(written, dict):
            return
        found = {
            key: self.folder / name for key in FILES if isinstance(name := written.get(key), str) and name
        }
        whole = {key: str(path.absolute()) for key, path in found.items()}
        self.tables = {**self.tables, "understanding": {**written, **whole}}
        for key, fault in faults_in(whole):
            path = f"understanding.{key}"
            self.faults.append(
                replace(fault, path=path, line=Written(self.tables, self.source, {}).line_of(path))
            )

    def fill_secrets(self) -> None:
        """Put every secret that is given into its table, whatever way it is given."""
        for (table, key), variable in SECRETS.items():
            written = self.tables.get(table, {})
            if not isinstance(written, dict):
                continue
            path = f"{table}.{key}"
            value = self._from_environment(path, variable)
            if value is None:
                value = self._from_file_beside(table, key, written)
            if value is not None:
                self.tables = {**self.tables, table: {**written, key: value}}

    def _from_environment(self, path: str, variable: str) -> str | None:
        named = f"{variable}_FILE"
        if self.environ.get(variable):
            self.origins[path] = variable
            return self.environ[variable]
        if self.environ.get(named):
            self.origins[path] = named
            return self._secret_in(Path(self.environ[named]), named, 0)
        return None

    def _from_file_beside(self, table: str, key: str, written: Mapping[str, object]) -> str | None:
        named = written.get(f"{key}_file")
        if not isinstance(named, str) or not named:
            return None
        path = f"{table}.{key}_file"
        line = Written(self.tables, self.source, {}).line_of(path)
        if written.get(key):
            self.faults.append(Fault("config.said_twice", path, line, (("other", f"{table}.{key}"),)))
            return None
        self.origins[f"{table}.{key}"] = path
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
