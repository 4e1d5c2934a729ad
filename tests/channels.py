"""The stories over every channel, told by one line each at the end.

python -m tests.channels [CHANNEL …] [PYTEST ARGUMENTS]
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.lines.wiring import CHANNELS

STORIES = Path(__file__).resolve().parent / "stories"


@dataclass
class Tally:
    """How the stories of one channel ended, and what kept those from being told that were skipped."""

    ended: Counter[str] = field(default_factory=Counter)
    lacks: Counter[str] = field(default_factory=Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        self.ended[report.outcome] += 1
        if report.skipped and isinstance(report.longrepr, tuple):
            self.lacks[str(report.longrepr[2]).removeprefix("Skipped: ")] += 1

    def lines(self, channel: str) -> list[str]:
        passed, skipped, failed = (self.ended[name] for name in ("passed", "skipped", "failed"))
        head = f"{channel:<12} passed {passed:>5}   skipped by ability {skipped:>4}   failed {failed:>3}"
        return [head, *(f"{'':<12} {count:>5}  {lack}" for lack, count in self.lacks.most_common())]


def main(arguments: list[str]) -> int:
    """Tell the stories over the channels named, or over all; 1 when any of them failed."""
    channels = [name for name in arguments if name in CHANNELS] or list(CHANNELS)
    others = [argument for argument in arguments if argument not in CHANNELS]
    where = [] if any(Path(argument.partition("::")[0]).exists() for argument in others) else [str(STORIES)]
    tallies = {channel: Tally() for channel in channels}
    codes = [
        pytest.main([*where, "--channel", channel, *others], plugins=[tally])
        for channel, tally in tallies.items()
    ]
    for channel, tally in tallies.items():
        print("\n".join(tally.lines(channel)))
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
