"""How single values of the configuration are read. ValueError when they are not of their form."""

import re
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, SecretStr
from pydantic_core import PydanticCustomError

from handlers.settings import OfficePhone, ParkingClause


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begins` to `ends` by the community's clock, over midnight where `ends` is the smaller."""

    begins: time
    ends: time


def read_quiet_hours(written: object) -> object:
    """Read "22:00-07:00"; "" means none."""
    if isinstance(written, QuietHours | None) or written == "":
        return written or None
    found = re.fullmatch(r"(\d{1,2}):(\d\d)\s*[-–—~至到]\s*(\d{1,2}):(\d\d)", str(written).replace("：", ":"))
    if found is None:
        raise ValueError("not two times of day")
    begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if begins == ends:
        raise ValueError("a span without length")
    return QuietHours(begins, ends)


def read_zone(written: object) -> object:
    """Read a name of the tz database."""
    if isinstance(written, ZoneInfo):
        return written
    try:
        return ZoneInfo(written if isinstance(written, str) else "")
    except (OSError, ValueError, LookupError) as problem:
        raise ValueError("not a time zone") from problem


def read_share(written: object) -> object:
    """Read a share above 0 and at most 1, written "1/2"."""
    if isinstance(written, Fraction):
        return written
    found = re.fullmatch(r"([1-9]\d{0,5})/([1-9]\d{0,5})", written if isinstance(written, str) else "")
    share = Fraction(int(found[1]), int(found[2])) if found else Fraction(0)
    if not 0 < share <= 1:
        raise ValueError("not a share")
    return share


def read_percent(written: object) -> object:
    """Read a share of at least one half and at most all, written "95%"."""
    if isinstance(written, Fraction):
        return written
    found = re.fullmatch(r"\s*(\d{2,3})\s*[%％]\s*", written if isinstance(written, str) else "")
    share = Fraction(int(found[1]), 100) if found else Fraction(0)
    if not Fraction(1, 2) <= share <= 1:
        raise ValueError("not such a share")
    return share


def read_parking_clause(written: object) -> object:
    """Read "桂花里社区：业主大会议事规则第8条"; without a clause nothing is counted otherwise than usual."""
    if isinstance(written, ParkingClause):
        return written
    found = re.fullmatch(r"\s*([^\s:：]+)\s*[:：]\s*(\S.*?)\s*", written if isinstance(written, str) else "")
    if found is None:
        raise ValueError("not a community and a clause")
    return ParkingClause(found[1], found[2])


def read_office_phone(written: object) -> object:
    """Read "桂花里社区：0571-63320001，工作日8:30-17:00"; the hours may be left out."""
    if isinstance(written, OfficePhone):
        return written
    found = re.fullmatch(
        r"\s*([^\s:：]+)\s*[:：]\s*(\d[\d-]{3,18}\d)\s*(?:[,，]\s*(\S.*?))?\s*",
        written if isinstance(written, str) else "",
    )
    if found is None:
        raise ValueError("not a community and a phone")
    return OfficePhone(found[1], found[2], found[3] or "")


def read_public_url(written: str) -> str:
    """Accept an http(s) address, or nothing; a slash at its end is dropped."""
    if written:
        _require_web(written, ("http", "https"))
    return written.rstrip("/")


def read_storage_url(written: str) -> str:
    """Accept a SQLite file; a database in memory would forget what it has acknowledged."""
    if re.match(r"postgres", written, re.IGNORECASE):
        raise PydanticCustomError("postgresql", "not supported")
    path = written.removeprefix("sqlite:///")
    if path == written or not path.strip() or path == ":memory:" or set(path) & set("?#\0"):
        raise ValueError("not a SQLite file")
    return written


def read_base_url(written: str) -> str:
    """Accept an http(s) address; a slash at its end is dropped."""
    _require_web(written, ("http", "https"))
    return written.rstrip("/")


def read_webhook_url(written: str) -> str:
    """Accept an http(s) address (or nothing); where it must be https is for `load` to say."""
    if written:
        _require_web(written, ("http", "https"))
    return written


def _require_web(written: str, schemes: tuple[str, ...]) -> None:
    parts = urlsplit(written)
    if (
        parts.scheme not in schemes
        or not parts.hostname
        or re.search(r"\s", written)
        or parts.query
        or parts.fragment
    ):
        raise ValueError("not an address")


def secret(pattern: str) -> BeforeValidator:
    """A secret is empty (not given) or of the platform's own form; spaces around a pasted one are dropped."""

    def read(written: object) -> object:
        if isinstance(written, SecretStr):
            return written
        if not isinstance(written, str) or not re.fullmatch(rf"({pattern})?", written.strip()):
            raise ValueError("not of this form")
        return SecretStr(written.strip())

    return BeforeValidator(read)
