"""What is wrong with a configuration: a sentence's key and what fills it. Never the value of a secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.texts import text


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `path` is dotted ("telegram.token") or the name of a variable; `line` counts from 1, 0 = unknown."""

    key: str
    path: str = ""
    line: int = 0
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The fault as the operator reads it."""
        said = text(self.key, path=self.path, **dict(self.values))
        return text("config.at_line", line=self.line, said=said) if self.line else said


class BadConfig(Exception):
    """A configuration that must not be used, with every fault found in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(fault.sentence for fault in faults))
        self.faults = tuple(faults)
