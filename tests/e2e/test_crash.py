"""A short ordeal by SIGKILL; the long one is `python -m tests.bench.crash`."""

from pathlib import Path

import pytest

from tests.e2e.crash import ordeal
from tests.e2e.neighbourhood import Plan
from tests.peers import telegram_server

pytestmark = [pytest.mark.anyio, pytest.mark.peer]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_killed_four_times_while_updates_arrive_nothing_is_lost_and_nothing_important_doubled(
    tmp_path: Path,
) -> None:
    async with telegram_server() as server:
        plan = Plan(reports=30, supports=20, votes=30, chatter=20, closing=4)
        found = await ordeal(tmp_path, server, plan, kills=4, seed=20261122)
    assert found["lives"] == 5
    assert found["updates"] == 100
