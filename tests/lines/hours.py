"""A loop whose clock runs ahead when nothing is left to do but wait: pauses keep their order and take no time."""

import asyncio
import selectors

GRACE = 0.04
"""Seconds in which work of other threads (the database) may still answer."""
STUCK = 60.0


class _Impatient(selectors.DefaultSelector):
    """Skips what would be waited for."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return self._must_come(super().select(STUCK))
        if timeout <= GRACE:
            return list(super().select(timeout))
        found: list[tuple[selectors.SelectorKey, int]] = super().select(GRACE)
        if not found:
            self.skipped += timeout - GRACE
        return found

    def _must_come(
        self, found: list[tuple[selectors.SelectorKey, int]]
    ) -> list[tuple[selectors.SelectorKey, int]]:
        assert found, "everybody waits and nothing will happen any more"
        return found


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop on such a clock."""

    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return super().time() + self._impatient.skipped

    def skip(self, seconds: float) -> None:
        """Time passes in the story: it passes here as well."""
        self._impatient.skipped += max(seconds, 0)
