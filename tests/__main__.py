"""The one check: format, lint, types, import contracts, tests; it stops at the first that fails.

python -m tests [PYTEST ARGUMENTS]
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CONTRACTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
CHECKS = (
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "ruff", "check", "."),
    ("-m", "mypy", "bot", "handlers", "storage", "tests"),
    ("-c", _CONTRACTS),
    ("-m", "pytest", "-n", "auto"),
)


def main(arguments: list[str]) -> int:
    """Run every check with this very interpreter; the exit code of the first that fails."""
    for check in (*CHECKS[:-1], (*CHECKS[-1], *arguments)):
        name = check[1] if check[0] == "-m" else "lint-imports"
        print(f"— {name} {' '.join(check[2:])}", flush=True)
        code = subprocess.run((sys.executable, *check), cwd=ROOT, check=False).returncode
        if code:
            print(f"— {name} failed ({code})", flush=True)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
