"""Taking typed values out of a TOML table, noting what is missing, unknown or of the wrong type."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from handlers.procedures.faults import Faults

Word = TypeVar("Word", bound=StrEnum)
Found = TypeVar("Found")

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table at a place: `where` is a stage id, "stage/route", or empty for the procedure itself."""

    rows: Mapping[str, object]
    where: str
    faults: Faults

    def only(self, known: frozenset[str]) -> None:
        """Note every key that has no meaning here."""
        for name in self.rows:
            if name not in known:
                self.faults.unknown("unknown_key", name, sorted(known), stage=self.where)

    def text(self, name: str) -> str:
        """A string; empty when absent."""
        return self._typed(name, str, "wrong_type_text", "").strip()

    def required(self, name: str) -> str:
        """A string that must be there and say something."""
        if name not in self.rows or self.rows[name] == "":
            self.faults.error("missing_key", stage=self.where, name=name)
            return ""
        return self.text(name)

    def integer(self, name: str) -> int | None:
        """A whole number of at least one and at most ten thousand; None when absent or wrong."""
        found = self.rows.get(name)
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool):
            self.faults.error("wrong_type_integer", stage=self.where, name=name)
            return None
        if not 1 <= found <= MOST:
            self.faults.error("number_out_of_range", stage=self.where, name=name, most=MOST)
            return None
        return found

    def flag(self, name: str) -> bool:
        """A boolean; false when absent."""
        return self._typed(name, bool, "wrong_type_flag", fallback=False)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings; a single string stands for a list of one."""
        found = self.rows.get(name, [])
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not all(isinstance(item, str) and item for item in listed):
            self.faults.error("wrong_type_texts", stage=self.where, name=name)
            return ()
        return tuple(str(item).strip() for item in listed)

    def table(self, name: str) -> "Table":
        """A table inside this one; empty when absent."""
        return Table(_plain(self._typed(name, dict, "wrong_type_table", {})), self.where, self.faults)

    def tables(self, name: str) -> tuple["Table", ...]:
        """A list of tables, named `where/id` when this table is a stage."""
        found = self._typed(name, list, "wrong_type_tables", [])
        if not all(isinstance(item, dict) for item in found):
            self.faults.error("wrong_type_tables", stage=self.where, name=name)
        rows = [_plain(item) for item in found if isinstance(item, dict)]
        return tuple(Table(row, self._inner(row), self.faults) for row in rows)

    def word(self, name: str, words: type[Word], fault: str) -> Word | None:
        """One of a fixed set of words; None when absent or unknown."""
        written = self.text(name)
        return self.known(written, words, fault) if written else None

    def words(self, name: str, words: type[Word], fault: str) -> tuple[Word, ...]:
        """A list of such words, each once."""
        found = [self.known(written, words, fault) for written in self.texts(name)]
        return tuple(dict.fromkeys(word for word in found if word is not None))

    def known(self, written: str, words: type[Word], fault: str) -> Word | None:
        """The word that was written, or None and a fault with the nearest guess."""
        for word in words:
            if word.value == written:
                return word
        self.faults.unknown(fault, written, [word.value for word in words], stage=self.where)
        return None

    def _inner(self, row: Mapping[str, object]) -> str:
        inner = str(row.get("id", ""))
        return f"{self.where}/{inner}" if self.where and inner else self.where or inner

    def _typed(self, name: str, kind: type[Found], word: str, fallback: Found) -> Found:
        found = self.rows.get(name, fallback)
        if isinstance(found, kind):
            return found
        self.faults.error(word, stage=self.where, name=name)
        return fallback


def _plain(rows: Mapping[str, object]) -> Mapping[str, object]:
    return dict(rows)
