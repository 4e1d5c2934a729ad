"""What is to be put right before a poll opens: a key of a sentence, what fills it, how grave it is."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.texts import text


class Severity(StrEnum):
    """An ERROR keeps the poll from opening; a WARNING may be overruled by a person, with a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `key` is a sentence of the texts and `values` fill it."""

    severity: Severity
    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """The finding as a sentence that says what to do."""
        return text(self.key, **dict(self.values))


def finding(severity: Severity, key: str, /, **values: object) -> Finding:
    """Return a finding, its values as they are printed."""
    return Finding(severity, key, tuple((name, str(value)) for name, value in values.items()))


def error(key: str, /, **values: object) -> Finding:
    """Return what keeps a poll from opening."""
    return finding(Severity.ERROR, key, **values)


def warning(key: str, /, **values: object) -> Finding:
    """Return what should be looked at again."""
    return finding(Severity.WARNING, key, **values)
