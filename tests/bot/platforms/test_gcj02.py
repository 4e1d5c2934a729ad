"""Where maps in China show a place, and where it is."""

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.platforms.gcj02 import located, maps, satellites
from storage.messages import Location

Position = tuple[float, float]
METRES = 111_320
"""One degree of latitude."""

# WGS-84 and GCJ-02 of one place, as other implementations of the algorithm have published them.
KNOWN: list[tuple[Position, Position]] = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]
ABROAD: list[Position] = [(35.68, 139.77), (-33.87, 151.21), (40.71, -74.01), (64.15, 105.0), (0.0, 0.0)]


def apart(one: Position, other: Position) -> float:
    return hypot((one[0] - other[0]) * METRES, (one[1] - other[1]) * METRES * cos(radians(one[0])))


@pytest.mark.parametrize(("true", "shown"), KNOWN)
def test_known_places_are_found_to_a_centimetre_both_ways(true: Position, shown: Position) -> None:
    assert apart(maps(*true), shown) < 0.01
    assert apart(satellites(*shown), true) < 0.01
    assert apart(true, shown) > 300


@given(some.floats(3.0, 53.5), some.floats(73.5, 135.1))
def test_wherever_it_is_in_china_the_way_there_and_back_ends_within_a_metre(
    north: float, east: float
) -> None:
    assert apart(satellites(*maps(north, east)), (north, east)) < 1


@given(some.floats(0.83, 55.82), some.floats(72.01, 137.83))
def test_the_shift_is_a_few_hundred_metres_and_never_jumps_at_the_edge(north: float, east: float) -> None:
    assert apart(satellites(north, east), (north, east)) < 2_000


@pytest.mark.parametrize("place", ABROAD)
def test_abroad_nothing_is_shifted(place: Position) -> None:
    assert satellites(*place) == place
    assert maps(*place) == place


def test_a_place_is_written_to_a_tenth_of_a_metre_and_abroad_as_it_came() -> None:
    north, east = KNOWN[0][1]
    assert located(f"{north}", f"{east}") == Location("31.177428", "121.527211")
    assert located("35.68", "139.770") == Location("35.68", "139.770")
