"""The house rules that neither ruff nor mypy nor the import contracts can hold."""

import ast
import re
import statistics
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STOREYS = ("bot", "handlers", "storage")
PACKAGED = (*STOREYS, "tests")
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 50
OURS = Path(__file__).relative_to(ROOT)

REGISTRY = re.compile(r"(?:pypi|npmjs|pythonhosted)[\w./-]*\.(?:org|com)|\bmirrors?\.\w+\.(?:com|cn|org)")
MACHINE = re.compile(r"(?<![\w.:])/(?:work|root|home)/\w")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|\bNotImplementedError\b")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
PATTERN_SIGNS = set("[](|\\?*{}")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(found) > 5, "these folders are nearly empty: nothing would be checked"
    return found


def shipped() -> Iterator[Path]:
    """Every file that goes into the repository, caches left out."""
    tops = [path for path in ROOT.iterdir() if path.is_file() and not path.name.endswith((".db", ".sqlite"))]
    for path in (*tops, *chain.from_iterable((ROOT / folder).rglob("*") for folder in (*PACKAGED, ".ci"))):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions() -> Iterator[tuple[str, int]]:
    """(where, lines from `def` to the end) of every function of the storeys."""
    for path in sources(*STOREYS):
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                assert node.end_lineno is not None
                yield f"{named(path)}:{node.name}", node.end_lineno - node.lineno + 1


def test_every_package_says_what_lives_there() -> None:
    folders = {path.parent for path in sources(*PACKAGED)}
    silent = [
        named(folder)
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file() or not ast.get_docstring(tree(folder / "__init__.py"))
    ]
    assert not silent


def test_no_file_is_too_long() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in sources(*PACKAGED)}
    assert not {name: length for name, length in lengths.items() if length > LINES_OF_A_FILE}


def test_functions_are_small() -> None:
    lengths = dict(functions())
    ordered = sorted(lengths.values())
    assert not {name: length for name, length in lengths.items() if length > LINES_OF_A_FUNCTION}
    assert ordered[len(ordered) * 9 // 10] <= 25
    assert statistics.median(ordered) <= 8


def constants(module: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, text) of every string that is not a docstring; the pieces of an f-string are one."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    told |= {
        id(after.value)
        for before, after in zip(module.body, module.body[1:], strict=False)
        if isinstance(before, ast.Assign | ast.AnnAssign) and isinstance(after, ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            pieces = [part for part in node.values if isinstance(part, ast.Constant)]
            told |= {id(part) for part in pieces}
            yield node.lineno, "".join(str(part.value) for part in pieces)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def is_sentence(string: str) -> bool:
    """More than a dozen ideographs that are neither a search pattern nor a table of (nearly all different) signs."""
    signs = IDEOGRAPH.findall(string)
    return len(signs) > 12 and not PATTERN_SIGNS & set(string) and len(set(signs)) < 0.95 * len(signs)


def test_every_sentence_a_person_reads_lives_in_the_texts() -> None:
    assert is_sentence("没有找到这个议题，请看一看议题的号码是不是写对了")
    astray = [
        f"{named(path)}:{line}"
        for path in sources("bot", "handlers")
        for line, string in constants(tree(path))
        if is_sentence(string)
    ]
    assert not astray


def test_nothing_is_left_to_be_done_later() -> None:
    assert not [
        named(path)
        for path in sources(*PACKAGED)
        if path != ROOT / OURS and UNFINISHED.search(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("traces", [REGISTRY, MACHINE], ids=["package registries", "this machine"])
def test_no_file_names_places_that_only_exist_here(traces: re.Pattern[str]) -> None:
    found = []
    for path in shipped():
        try:
            words = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}: {match[0]}" for match in traces.finditer(words)]
    assert not found
