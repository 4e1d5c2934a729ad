"""What is wrong with a procedure file: a key of a sentence and what to fill it with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the procedure from running; a warning only asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `key` is for `handlers.texts.text`, `line` counts from 1 where it is known."""

    key: str
    values: tuple[tuple[str, str], ...]
    severity: Severity
    line: int | None

    @property
    def fields(self) -> Mapping[str, str]:
        """The values by name, for `text(fault.key, **fault.fields)`."""
        return dict(self.values)


class FaultyProcedureError(Exception):
    """A procedure file that cannot run, with every fault found in it."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{name}: {', '.join(fault.key for fault in faults)}")
        self.name = name
        self.faults = faults


@dataclass(slots=True)
class Faults:
    """Collects the faults of one source text."""

    source: str
    found: list[Fault] = field(default_factory=list)

    def error(self, word: str, /, **values: object) -> None:
        """Note a fault that keeps the procedure from running."""
        self._add(word, Severity.ERROR, values)

    def warn(self, word: str, /, **values: object) -> None:
        """Note something that should be looked at again."""
        self._add(word, Severity.WARNING, values)

    @property
    def failed(self) -> bool:
        """Whether anything found so far keeps the procedure from running."""
        return any(fault.severity is Severity.ERROR for fault in self.found)

    def unknown(self, word: str, written: str, options: Iterable[str], /, **values: object) -> None:
        """Note a word nobody knows, with the nearest one meant or else all that are possible."""
        known = list(options)
        near = get_close_matches(written, known, n=1, cutoff=0.6)
        if near:
            self.error(f"{word}_guess", written=written, guess=near[0], **values)
        else:
            self.error(word, written=written, options="、".join(known), **values)

    def _add(self, word: str, severity: Severity, values: Mapping[str, object]) -> None:
        filled = tuple((name, str(value)) for name, value in values.items())
        line = self._line_of(str(values.get("stage", "")))
        fault = Fault(f"procedures.{word}", filled, severity, line)
        if fault not in self.found:
            self.found.append(fault)

    def _line_of(self, stage_id: str) -> int | None:
        stage_id = stage_id.rpartition("/")[2]
        if not stage_id:
            return None
        for number, line in enumerate(self.source.splitlines(), start=1):
            if f'id = "{stage_id}"' in line or f'id="{stage_id}"' in line:
                return number
        return None
