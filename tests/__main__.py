"""The one check: format, lint, types, import contracts, tests; it stops at the first that fails.

python -m tests [PYTEST ARGUMENTS]
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
_CONTRACTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
CHECKS = (
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "ruff", "check", "."),
    ("-m", "mypy", "bot", "handlers", "storage", "tests"),
    ("-c", _CONTRACTS),
    ("-m", "pytest", "-n", "auto", "--dist", "worksteal"),
)
MEMORY = Path("/dev/shm")
ENOUGH = 2 << 30
"""Bytes: far more than the houses of one test after another take."""


def main(arguments: list[str]) -> int:
    """Run every check with this very interpreter; the exit code of the first that fails."""
    with _surroundings() as surroundings:
        for check in (*CHECKS[:-1], (*CHECKS[-1], *arguments)):
            name = check[1] if check[0] == "-m" else "lint-imports"
            print(f"— {name} {' '.join(check[2:])}", flush=True)
            ran = subprocess.run((sys.executable, *check), cwd=ROOT, env=surroundings, check=False)
            if ran.returncode:
                print(f"— {name} failed ({ran.returncode})", flush=True)
                return ran.returncode
    return 0


@contextmanager
def _surroundings() -> Iterator[dict[str, str]]:
    """Ours, with temporary files in memory where there is room: no test pulls the plug, so none needs the disk."""
    known = dict(os.environ)
    if "TMPDIR" in known or not _roomy(MEMORY):
        yield known
        return
    with TemporaryDirectory(prefix="yishi-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield known | {"TMPDIR": folder}


def _roomy(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= ENOUGH


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
