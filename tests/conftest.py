"""What every test can ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import world as worlds
from tests.lines.wiring import CHANNELS, CONSOLE
from tests.world import Manner, World


def pytest_addoption(parser: pytest.Parser) -> None:
    """Over which channel the stories are told."""
    parser.addoption("--channel", choices=(CONSOLE, *CHANNELS), default=CONSOLE)


@pytest.fixture(autouse=True)
def channel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the worlds of a test are wired to."""
    name: str = getattr(request, "param", None) or request.config.getoption("--channel")
    if name != CONSOLE:
        monkeypatch.setattr(worlds, "channel", name)
    return name


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A calm world."""
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture(params=list(Manner), ids=lambda manner: manner.value)
def any_world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A world in each manner: a story must come out the same in all of them."""
    made = World(tmp_path, request.param)
    yield made
    made.close()
