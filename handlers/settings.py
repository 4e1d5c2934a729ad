"""What the operator has decided about this house; read once from the configuration and handed in."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ParkingClause:
    """The clause of an estate's own rules by which parking spaces and garages count as floor area."""

    community: str
    clause: str


@dataclass(frozen=True, slots=True)
class Settings:
    """`operators` are `platform:account`; `quiet` is the night, local time, in which only danger is told.

    `remind` are minutes before a meeting; `followup` is the wait between done and 解决了吗; `reopen` the share of
    answers "no" at which a matter is opened again. `parking`: where parking counts for owners; nowhere else does it.
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
    parking: tuple[ParkingClause, ...] = ()

    def parking_clause(self, community: str) -> str:
        """The clause by which parking counts in a community, "" where it does not (宁波 18(2), the usual way)."""
        return next((one.clause for one in self.parking if one.community == community), "")
