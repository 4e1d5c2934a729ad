"""Positions as maps in China give them (GCJ-02), turned into those of satellites (WGS-84); pure.

The transformation is no secret any more: a sum of waves around 105° E, 35° N, on the ellipsoid of Krasovsky. There is
no formula for the way back, so it is found by trying: each step lessens the error more than a hundredfold.
"""

from math import cos, pi, radians, sin, sqrt

from storage.messages import Location

_RADIUS, _FLATNESS = 6_378_245.0, 0.00669342162296594323
"""The longer half axis in metres, and the square of the eccentricity."""

_EAST, _NORTH = 105.0, 35.0
_WEST_END, _EAST_END, _SOUTH_END, _NORTH_END = 72.004, 137.8347, 0.8293, 55.8271
"""The rectangle in which maps are shifted; beyond it both systems are the same."""

_STEPS = 6
_PLACES = 6


def satellites(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the WGS-84 degrees of a GCJ-02 position, to within a centimetre; outside China the same degrees."""
    north, east = latitude, longitude
    for _ in range(_STEPS if _is_shifted(latitude, longitude) else 0):
        shown_north, shown_east = _shifted(north, east)
        north, east = north + latitude - shown_north, east + longitude - shown_east
    return north, east


def maps(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where maps in China show a WGS-84 position; outside China the same degrees."""
    return _shifted(latitude, longitude) if _is_shifted(latitude, longitude) else (latitude, longitude)


def located(latitude: str, longitude: str) -> Location:
    """Return the place of a position written in degrees of GCJ-02; six decimals are a tenth of a metre."""
    if not _is_shifted(float(latitude), float(longitude)):
        return Location(latitude, longitude)
    north, east = satellites(float(latitude), float(longitude))
    return Location(f"{north:.{_PLACES}f}", f"{east:.{_PLACES}f}")


def _is_shifted(latitude: float, longitude: float) -> bool:
    return _WEST_END <= longitude <= _EAST_END and _SOUTH_END <= latitude <= _NORTH_END


def _shifted(latitude: float, longitude: float) -> tuple[float, float]:
    x, y = longitude - _EAST, latitude - _NORTH
    bend = 1 - _FLATNESS * sin(radians(latitude)) ** 2
    along = _RADIUS * (1 - _FLATNESS) / (bend * sqrt(bend)) * pi / 180
    across = _RADIUS / sqrt(bend) * cos(radians(latitude)) * pi / 180
    return latitude + _northward(x, y) / along, longitude + _eastward(x, y) / across


def _northward(x: float, y: float) -> float:
    """Metres."""
    plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    return plain + _ripples(x) + _waves(y, 20, 40, 160, 320)


def _eastward(x: float, y: float) -> float:
    """Metres."""
    plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    return plain + _ripples(x) + _waves(x, 20, 40, 150, 300)


def _ripples(x: float) -> float:
    return (20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)) * 2 / 3


def _waves(along: float, *heights: float) -> float:
    """Four waves of the lengths 2, 6, 24 and 60 degrees."""
    lengths = (1, 3, 12, 30)
    return sum(high * sin(pi * along / long) for high, long in zip(heights, lengths, strict=True)) * 2 / 3
