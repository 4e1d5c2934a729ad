"""Everything here is asyncio, as in the program itself."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
