"""Two months of a community; the whole year is `python -m tests.bench.year`."""

from datetime import date
from pathlib import Path

from tests.year.calendar import Rates
from tests.year.cast import Size
from tests.year.living import lived, misremembered
from tests.year.verdict import expected, faults

SPRING = (date(2026, 2, 1), date(2026, 3, 31))  # nine days of Spring Festival, two weekly meetings become one
FEW = Size(committee=4, party=2, representatives=5, bystanders=2, unreached=4)


def test_two_months_of_meetings_remind_everybody_in_time_once_and_nobody_else(tmp_path: Path) -> None:
    rates = Rates(rough=0.12, sudden=4, restarts=4, downs=1, moved=0.4, cancelled=0.25)
    with lived(tmp_path, SPRING, FEW, rates, seed=7) as done:
        assert faults(done.evidence) == []
        assert misremembered(done.life) == []
        assert done.life.world.parked() == []
        truths = done.life.truths.values()
        assert done.planned == 11
        assert len(truths) >= 12
        assert sum(len(truth.starts) > 1 for truth in truths) >= 3
        assert sum(truth.cancelled_at is not None for truth in truths) >= 2
        assert sum(1 for _ in expected(done.evidence)) >= 60
