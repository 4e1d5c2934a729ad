"""What the operator has decided about this house; read once from the configuration and handed in."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Settings:
    """`operators` are `platform:account`; `quiet` is the night, local time, in which only danger is told.

    `remind` are minutes before a meeting; `followup` is the wait between done and 解决了吗; `reopen` the share of
    answers "no" at which a matter is opened again.
    """

    community: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    quiet: tuple[time, time] = (time(22), time(7))
    operators: frozenset[str] = frozenset()
    passive: str = "on"
    remind: tuple[int, ...] = (1440, 60)
    followup: timedelta = timedelta(days=14)
    reopen: Fraction = Fraction(1, 2)
    alert_every: timedelta = timedelta(minutes=5)
