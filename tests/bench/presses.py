"""Whether every press on the AI bot's card is answered while WeCom still takes an answer, when all press at once.

    python -m tests.bench.presses [VOTERS] [SECONDS]

1,000 voters press the card of an open poll, then of a secret one, within SECONDS (1), over a real WebSocket against WeCom's end of it, which refuses what
comes later than five seconds after the press. Prints how long answers took and one JSON line; fails when a vote is
missing, a press of the open poll was answered too late, or any limit was broken. The lists of a secret poll are
written anew with every ballot, so that a slow machine passes over answers there; the ballots count all the same.
"""

import asyncio
import json
import statistics
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from storage.records import Secrecy
from tests.bench.town import machine
from tests.peers import eventually
from tests.storage.files import rows
from tests.wecom_house import CHOICES, VOTERS, house, open_poll
from tests.wecom_line import Hands, WecomLine

PRESSES, SECONDS, PATIENCE = 1000, 1.0, 60


@dataclass
class Timed(WecomLine):
    """The server, noting how many seconds after its press each answer came."""

    took: list[float] = field(default_factory=list)

    def _take(self, cmd: str, req_id: str, body: dict[str, Any]) -> dict[str, Any]:
        if cmd == "aibot_respond_update_msg" and body.get("userids"):
            self.took.append((self.hands.now - self._asked[req_id][1]).total_seconds())
        return super()._take(cmd, req_id, body)


async def press_all(server: Timed, task: str, presses: int, seconds: float) -> float:
    """Send every press, evenly spread; how long that took."""
    begun = time.perf_counter()
    for number in range(1, presses + 1):
        await server.press(VOTERS.chat, str(number), task, f"poll.cast:1:{CHOICES[number % 3]}")
        early = begun + number * seconds / presses - time.perf_counter()
        if early > 0:
            await asyncio.sleep(early)
    return time.perf_counter() - begun


async def measure(presses: int, seconds: float, secrecy: Secrecy) -> dict[str, object]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "house.db"
        async with (
            Timed(Hands(lambda: datetime.now(UTC))) as server,
            house(path, server, presses, secrecy) as app,
        ):
            task = await open_poll(app, server)
            sending = await press_all(server, task, presses, seconds)
            with suppress(AssertionError):
                await eventually(lambda: len(server.took) >= presses, PATIENCE)
        assert rows(path, "SELECT heads FROM turnouts") == [(presses,)]
    parts = statistics.quantiles(server.took, n=100)
    return {
        "answered": len(server.took),
        "p50_s": round(parts[49], 2),
        "p99_s": round(parts[98], 2),
        "longest_s": round(max(server.took), 2),
        "sent_within_s": round(sending, 2),
        "broken": len(server.violations),
    }


def main(arguments: list[str]) -> None:
    presses = int(arguments[0]) if arguments else PRESSES
    seconds = float(arguments[1]) if len(arguments) > 1 else SECONDS
    found = {one.value: asyncio.run(measure(presses, seconds, one)) for one in Secrecy}
    for name, result in found.items():
        print(f"{name:<8}", "  ".join(f"{what} {value}" for what, value in result.items()))
    print(json.dumps({"bench": "presses", "presses": presses, **found, "machine": machine()}))
    if found[Secrecy.OPEN]["answered"] != presses or any(one["broken"] for one in found.values()):
        raise SystemExit("presses were answered too late, or not at all")


if __name__ == "__main__":
    main(sys.argv[1:])
