"""Some stories of every slice are told over every channel in the check itself; `python -m tests.channels` tells all."""

import pytest

from tests.lines.wiring import CHANNELS, CONSOLE
from tests.world import Manner

EVERYWHERE = frozenset(
    {
        "test_issues_merging",
        "test_polls",
        "test_meetings_urgent",
        "test_notices_objections",
        "test_tasks_moments",
    }
)
"""By module: a few of each slice, chosen because they say, press, reply, edit and wait."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Once over each channel, unless a channel was asked for."""
    if metafunc.config.getoption("--channel") != CONSOLE:
        return
    if metafunc.module.__name__.rpartition(".")[2] in EVERYWHERE:
        metafunc.fixturenames.append("channel")
        metafunc.parametrize("channel", (CONSOLE, *CHANNELS), indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The rough manners are the console's here: a channel is killed and repeated by `python -m tests.channels`."""
    rough = [item for item in items if _is_rough(item)]
    items[:] = [item for item in items if item not in rough]
    config.hook.pytest_deselected(items=rough)


def _is_rough(item: pytest.Item) -> bool:
    given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return given.get("channel", CONSOLE) != CONSOLE and given.get("any_world", Manner.CALM) is not Manner.CALM
