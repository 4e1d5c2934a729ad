"""The catalogue: the procedures we ship, and any folder of a site's own."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from handlers.procedures.loader import digest, load_procedure, shipped_folder, shipped_ids
from handlers.procedures.model import Procedure


@dataclass(frozen=True, slots=True)
class Shelved:
    """A procedure with the text it was read from and that text's digest."""

    procedure: Procedure
    source: str
    digest: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Procedures by id and by the names people say."""

    entries: tuple[Shelved, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all procedures."""
        return frozenset(entry.procedure.id for entry in self.entries)

    def get(self, procedure_id: str) -> Shelved | None:
        """The procedure of an id."""
        return next((entry for entry in self.entries if entry.procedure.id == procedure_id), None)

    def named(self, said: str) -> tuple[Shelved, ...]:
        """Procedures of that id, name, alias or family; several mean that a person must choose."""
        exact = tuple(entry for entry in self.entries if said in _own_names(entry.procedure))
        return exact or tuple(entry for entry in self.entries if said == entry.procedure.family)

    def nearest(self, said: str) -> str | None:
        """The name or family closest to what was said, for "did you mean"."""
        names = [
            name for entry in self.entries for name in (*_own_names(entry.procedure), entry.procedure.family)
        ]
        return next(iter(get_close_matches(said, [name for name in names if name], n=1, cutoff=0.5)), None)


def _own_names(procedure: Procedure) -> tuple[str, ...]:
    return (procedure.id, procedure.name, *procedure.aliases)


@cache
def catalogue() -> Catalogue:
    """The procedures we ship, in the order of their file names."""
    return read_catalogue(shipped_folder())


def read_catalogue(folder: Traversable | Path) -> Catalogue:
    """Every `.toml` file of a folder, named by id. Raises FaultyProcedureError for the first that cannot run.

    Their `onward` may name each other and the procedures we ship.
    """
    paths = sorted(
        (path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name
    )
    known = shipped_ids() | {path.name.removesuffix(".toml") for path in paths}
    return Catalogue(tuple(_shelve(path, known) for path in paths))


def _shelve(path: Traversable | Path, known: frozenset[str]) -> Shelved:
    source = path.read_text("utf-8")
    return Shelved(load_procedure(source, name=path.name, known=known), source, digest(source))
