"""Every sentence a person reads, and the glossary; looked up by key."""

import tomllib
from functools import cache
from importlib.resources import files

GLOSSARY = "terms.toml"


@cache
def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml") and entry.name != GLOSSARY:
            found |= _flatten(tomllib.loads(entry.read_text("utf-8")), entry.name)
    return found


def _flatten(tables: dict[str, object], source: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for slice_name, table in tables.items():
        if not isinstance(table, dict):
            raise TypeError(f"{source}: {slice_name} stands outside a table")
        rows |= {f"{slice_name}.{name}": str(sentence) for name, sentence in table.items()}
    return rows


@cache
def _terms() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__name__).joinpath(GLOSSARY).read_text("utf-8"))


def text(key: str, **values: object) -> str:
    """Return the sentence `key` ("slice.name") with its `{fields}` filled in.

    Raises KeyError for a sentence or a field that does not exist: a fault of ours, found by the tests.
    """
    return _sentences()[key].format(**values)


def sentences() -> dict[str, str]:
    """Every key with its sentence as written."""
    return dict(_sentences())


def term(kind: str, word: str) -> str:
    """Return the Chinese word of the glossary for an English id: `term("role", "grid_worker")` is 网格员."""
    return _terms()[kind][word]


def terms(kind: str) -> dict[str, str]:
    """One section of the glossary, English id to Chinese word, in its written order."""
    return dict(_terms()[kind])


@cache
def meaning(kind: str, chinese: str) -> str | None:
    """Return the id behind a Chinese word of a section, or None: the inverse of `term`."""
    return next((word for word, said in _terms()[kind].items() if said == chinese), None)
