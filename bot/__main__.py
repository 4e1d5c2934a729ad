"""`yishi`, and `python -m bot`."""

import gc

from bot.cli.app import app

# What a start makes stays: looking for garbage among it again and again is a quarter of the time it takes.
_ALLOCATIONS_BEFORE_LOOKING = 50_000


def main() -> None:
    """Run the command line; ends the process with its exit code."""
    gc.set_threshold(_ALLOCATIONS_BEFORE_LOOKING)
    app(prog_name="yishi")


if __name__ == "__main__":
    main()
