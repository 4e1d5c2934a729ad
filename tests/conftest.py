"""What every test can ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import Manner, World


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
