"""From the text of a procedure file to a procedure, or to everything that is wrong with it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from handlers.procedures.checks import check
from handlers.procedures.faults import Fault, Faults, FaultyProcedureError, Severity
from handlers.procedures.fields import Table
from handlers.procedures.model import Procedure
from handlers.procedures.whole import read_whole

PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
FULL_WIDTH = re.compile(r"[“”‘’＝｛｝［］＂]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: a procedure unless there are errors, and every fault either way."""

    procedure: Procedure | None
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What keeps the procedure from running."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What should be looked at again."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.WARNING)


def read_procedure(source: str, *, known: frozenset[str] | None = None) -> Reading:
    """Read and check the text of a file, never raising.

    `known`: ids of procedures that `onward` may name, by default those we ship.
    """
    faults = Faults(source)
    rows = _toml(source, faults)
    if rows is None:
        return Reading(None, tuple(faults.found))
    whole = read_whole(Table(rows, "", faults))
    check(whole, shipped_ids() if known is None else known, faults)
    return Reading(None if faults.failed else whole.procedure, tuple(faults.found))


def load_procedure(source: str, *, name: str, known: frozenset[str] | None = None) -> Procedure:
    """Read a file that must be in order; `name` is what the error calls it. Raises FaultyProcedureError."""
    reading = read_procedure(source, known=known)
    if reading.procedure is None:
        raise FaultyProcedureError(name, reading.errors)
    return reading.procedure


@lru_cache(maxsize=256)
def parse(source: str) -> Procedure:
    """The procedure of a text accepted earlier, kept at hand. Raises FaultyProcedureError.

    Only what can be read is asked here: a running case keeps its version though the law or our files move on.
    """
    faults = Faults(source)
    rows = _toml(source, faults)
    whole = read_whole(Table(rows, "", faults)) if rows is not None else None
    if whole is None or faults.failed or not whole.procedure.stages:
        raise FaultyProcedureError(digest(source), tuple(faults.found))
    return whole.procedure


def digest(source: str) -> str:
    """The name of this very version of a file: SHA-256 of its UTF-8 bytes, in hex."""
    return sha256(source.encode()).hexdigest()


def shipped_folder() -> Traversable:
    """Where the procedures we ship lie, one file each, named by id."""
    return files(__package__).joinpath("catalogue")


@cache
def shipped_ids() -> frozenset[str]:
    """Ids of the procedures we ship."""
    names = (item.name for item in shipped_folder().iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _toml(source: str, faults: Faults) -> Mapping[str, object] | None:
    """The tables of a text, or None and where it stops being TOML. A leading BOM is forgiven."""
    bare = source.removeprefix("\ufeff")
    try:
        return tomllib.loads(bare)
    except tomllib.TOMLDecodeError as error:
        _not_toml(bare, str(error), faults)
    except (ValueError, RecursionError):  # numbers of thousands of digits, brackets of thousands of levels
        faults.error("not_toml_beyond_reading")
    return None


def _not_toml(source: str, message: str, faults: Faults) -> None:
    place = PLACE.search(message)
    lines = source.splitlines()
    number = min(int(place[1]), len(lines)) if place else len(lines)
    near = lines[number - 1].strip()[:40] if lines else ""
    word = "not_toml_full_width" if FULL_WIDTH.search(near) else "not_toml"
    if "overwrite" in message or "twice" in message:
        word = "not_toml_said_twice"
    faults.error(word, at=number, near=near)
