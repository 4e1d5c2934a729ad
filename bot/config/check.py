"""What was written, checked against the model: every mistake, where it stands and what was expected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.config.faults import Fault
from bot.config.model import Config, Telegram
from handlers.texts import text

MODEL = TypeAdapter(Config)
KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {table.name: tuple(key.name for key in fields(getattr(Config(), table.name))) for table in fields(Config)}
)
"""Every table with its keys, in the order of the model."""

UNSPOKEN = frozenset(
    {"storage", "second_opinion", "telegram", "wecom_aibot", "wecom_app", "wecom_webhook", "wechat_oa"}
)
"""Tables whose strings are never quoted back: a token or a password may have been pasted into the wrong place."""

CHANNELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "wecom_app": ("corp_id", "agent_id", "secret", "token", "aes_key"),
        "wechat_oa": ("app_id", "secret", "token"),
        "second_opinion": ("url", "model"),
    }
)
"""What each channel cannot do without, once any of it is given."""

AIBOT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"long": ("bot_id", "secret"), "url": ("token", "aes_key")}
)
"""The same for the AI bot, in each of its modes."""

LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Written:
    """Tables as the file and the environment give them; `origins` names the variable a value came from."""

    tables: Mapping[str, object]
    source: str
    origins: Mapping[str, str]

    def line_of(self, path: str) -> int:
        """The line that "table" or "table.key" stands on; 0 where it is not in the file."""
        if path in self.origins:
            return 0
        table, _, key = path.partition(".")
        inside = ""
        for number, line in enumerate(self.source.splitlines(), start=1):
            if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*]", line):
                inside = header[1]
                if not key and inside.partition(".")[0] == table:
                    return number
            elif _sets(line, key, inside == table) or _sets(line, path, not inside):
                return number
        return 0


def _sets(line: str, key: str, here: object) -> bool:
    return bool(here and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line))


def check(written: Written) -> tuple[Config | None, list[Fault]]:
    """The configuration, or None, and all faults of what was written."""
    across = _across(written)
    try:
        return MODEL.validate_python(dict(written.tables)), across
    except ValidationError as problem:
        return None, [*(_fault(error, written) for error in problem.errors(include_url=False)), *across]


def _fault(error: ErrorDetails, written: Written) -> Fault:
    words = [str(part) for part in error["loc"] if isinstance(part, str)]
    path = ".".join(words)
    line = written.line_of(path)
    if error["type"] == "unexpected_keyword_argument":
        return _unknown(words, line)
    if error["type"] == "dataclass_type":
        return Fault("config.not_a_table", path, line)
    if error["type"] == "postgresql":
        return Fault("config.postgresql", path, line)
    return _wrong(error, words, written, line)


def _unknown(words: list[str], line: int) -> Fault:
    path = ".".join(words)
    options = KEYS[words[0]] if len(words) > 1 else tuple(KEYS)
    guess = _guess(words, options)
    if guess:
        return Fault("config.unknown_guess", path, line, (("guess", guess),))
    return Fault("config.unknown", path, line, (("options", "、".join(options)),))


def _guess(words: list[str], options: tuple[str, ...]) -> str:
    """What was meant: a neighbour of nearly that name, or the key in the table where it belongs."""
    meant = words[-1].lower().replace("-", "_")
    near = get_close_matches(meant, options, n=1, cutoff=0.7)
    if near:
        return ".".join([*words[:-1], near[0]])
    homes = {key: f"{table}.{key}" for table, keys in KEYS.items() for key in keys}
    away = get_close_matches(meant, homes, n=1, cutoff=0.8)
    return homes[away[0]] if away else ""


def _wrong(error: ErrorDetails, words: list[str], written: Written, line: int) -> Fault:
    path = ".".join(words)
    expected = ("expected", text(f"config_expected.{'_'.join(words)}"))
    shown = written.origins.get(path, path)
    positions = [part + 1 for part in error["loc"] if isinstance(part, int)]
    if positions:
        shown = text("config.item", path=shown, position=positions[0])
    quoted = _quote(error["input"], words[0])
    if quoted:
        return Fault("config.wrong_written", shown, line, (expected, ("written", quoted)))
    return Fault("config.wrong", shown, line, (expected,))


def _quote(value: object, table: str) -> str:
    """The value as it was written; empty where it may be a secret or is not a single value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str) and table not in UNSPOKEN:
        return f'"{value[:LONGEST_QUOTE]}"'
    return ""


def _across(written: Written) -> list[Fault]:
    """What is wrong between keys; looked at even where single keys are wrong."""
    return [*_half_said(written), *_half_an_aibot(written), *_webhook(written)]


def _half_said(written: Written) -> list[Fault]:
    """Channels that are begun but cannot work; values that are wrong in themselves are told of elsewhere."""
    found = []
    for table, keys in CHANNELS.items():
        given = written.tables.get(table)
        if isinstance(given, dict) and any(given.get(key) for key in keys):
            line = written.line_of(table)
            missing = [key for key in keys if not given.get(key) and f"{table}.{key}" not in written.origins]
            found += [Fault("config.channel_incomplete", f"{table}.{key}", line) for key in missing]
    return found


def _half_an_aibot(written: Written) -> list[Fault]:
    """What the AI bot cannot do without depends on its mode."""
    given = written.tables.get("wecom_aibot")
    if not isinstance(given, dict) or not any(given.get(key) for keys in AIBOT.values() for key in keys):
        return []
    keys, line = AIBOT.get(str(given.get("mode", "long")), ()), written.line_of("wecom_aibot")
    missing = [key for key in keys if not given.get(key) and f"wecom_aibot.{key}" not in written.origins]
    return [Fault("config.channel_incomplete", f"wecom_aibot.{key}", line) for key in missing]


def _webhook(written: Written) -> list[Fault]:
    telegram = written.tables.get("telegram")
    if not isinstance(telegram, dict) or not telegram.get("webhook_url"):
        return []
    found = []
    url, line = str(telegram["webhook_url"]), written.line_of("telegram.webhook_url")
    if not telegram.get("webhook_secret") and "telegram.webhook_secret" not in written.origins:
        found.append(Fault("config.webhook_without_secret", "telegram.webhook_url", line))
    official = str(telegram.get("base_url", Telegram().base_url)).rstrip("/") == Telegram().base_url
    if official and url.lower().startswith("http:"):
        found.append(Fault("config.webhook_needs_https", "telegram.webhook_url", line))
    return found
