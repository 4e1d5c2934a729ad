"""What the operator has decided about this house; read once from the configuration and handed in."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storage.records import Category

if TYPE_CHECKING:
    from handlers.intake.aliases import Aliases


@dataclass(frozen=True, slots=True)
class ParkingClause:
    """The clause of an estate's own rules by which parking spaces and garages count as floor area."""

    community: str
    clause: str


@dataclass(frozen=True, slots=True)
class OfficePhone:
    """A phone that papers of a community print: its office's with the hours as `note`, or that of those who oversee it.

    Of the second the `note` says who they are.
    """

    community: str
    phone: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """`operators` are `platform:account`; `quiet` is the night, local time, in which only danger is told.

    `remind` are minutes before a meeting; `followup` is the wait between done and 解决了吗; `reopen` the share of
    answers "no" at which a matter is opened again. `parking`: where parking counts for owners; nowhere else does it.
    `public_url`: where the pages are reached from outside, without a slash at its end, "" where they are not;
    `phones` and `oversight`: what papers print as 联系 and as 监督电话. `neighbours`: platforms among which an account
    is the same person's. `words`: places and words the operator has added; `automatic`: the categories whose candidates
    may do without a person's confirmation where at least the share `trust` of them was understood rightly;
    `doubt_below`: the confidence under which a second opinion is wanted, None where nobody can be asked.
    """

    community: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    quiet: tuple[time, time] = (time(22), time(7))
    operators: frozenset[str] = frozenset()
    passive: str = "on"
    remind: tuple[int, ...] = (10080, 1440, 60)
    followup: timedelta = timedelta(days=14)
    reopen: Fraction = Fraction(1, 2)
    alert_every: timedelta = timedelta(minutes=5)
    parking: tuple[ParkingClause, ...] = ()
    public_url: str = ""
    phones: tuple[OfficePhone, ...] = ()
    oversight: tuple[OfficePhone, ...] = ()
    neighbours: tuple[frozenset[str], ...] = ()
    words: "Aliases | None" = field(default=None, repr=False)
    automatic: frozenset[Category] = frozenset()
    trust: Fraction = Fraction(95, 100)
    doubt_below: Fraction | None = None

    def known_at(self, platform: str) -> frozenset[str]:
        """The platforms whose accounts are known in a chat of this one."""
        return next((one for one in self.neighbours if platform in one), frozenset({platform}))

    def parking_clause(self, community: str) -> str:
        """The clause by which parking counts in a community, "" where it does not (宁波 18(2), the usual way)."""
        return next((one.clause for one in self.parking if one.community == community), "")

    def office_phone(self, community: str) -> OfficePhone | None:
        """What papers of the community print as 联系 and 异议受理."""
        return next((one for one in self.phones if one.community == community), None)

    def oversight_phone(self, community: str) -> OfficePhone | None:
        """What papers of the community print as 监督电话."""
        return next((one for one in self.oversight if one.community == community), None)
