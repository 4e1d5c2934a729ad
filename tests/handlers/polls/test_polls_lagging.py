from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from handlers.polls.lagging import SMALLEST_BUILDING, Building, told_together
from handlers.rules.tally import Measures


def building(name: str, whole: int, cast: int) -> Building:
    return Building(name, Measures(whole, Decimal(whole * 10)), Measures(cast, Decimal(cast * 10)))


BUILDINGS = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 12)).map(lambda pair: (max(pair), min(pair))), max_size=9
).map(lambda pairs: [building(str(place), *pair) for place, pair in enumerate(pairs)])


def test_the_slowest_comes_first() -> None:
    told = told_together([building("1", 10, 9), building("2", 10, 1), building("3", 20, 4)])
    assert [one.name for one in told] == ["2", "3", "1"]


def test_a_single_small_building_hides_behind_the_next_larger_one() -> None:
    told = told_together([building("1", 10, 9), building("2", 3, 1), building("3", 6, 0)])
    assert [(one.name, one.whole.heads, one.cast.heads) for one in told] == [("", 9, 1), ("1", 10, 9)]


@given(BUILDINGS)
def test_nothing_is_lost_and_no_small_group_is_told(buildings: list[Building]) -> None:
    told = told_together(buildings)
    assert sum(one.whole.heads for one in told) == sum(one.whole.heads for one in buildings)
    assert sum(one.cast.heads for one in told) == sum(one.cast.heads for one in buildings)
    small = [one for one in told if one.whole.heads < SMALLEST_BUILDING]
    assert not small or len(told) == 1
