import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.reading import understand
from handlers.intake.senses import NOWHERE, SIZE, agreement, direction

PARTS = st.lists(st.integers(-3000, 3000), min_size=SIZE, max_size=SIZE).filter(any)


def sense(text: str) -> bytes:
    return understand(text).reading.sense


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("电梯又停了，爬楼爬得腿软", "梯子坏了没人修，老人下不来", "垃圾三天没人清，臭死了"),
        ("晚上路灯全不亮", "路上黑漆漆的看不见", "水管爆了往外喷水"),
        ("有人在楼道给电瓶车充电", "楼里又拉线充电动车，吓人", "物业费又涨了，凭什么"),
    ],
)
def test_the_same_trouble_in_other_words_points_the_same_way(text: str, same: str, other: str) -> None:
    assert agreement(sense(text), sense(same)) > agreement(sense(text), sense(other))


@given(PARTS)
def test_a_direction_agrees_with_itself_and_not_with_its_opposite(parts: list[int]) -> None:
    one, opposite = direction(parts), direction([-part for part in parts])
    assert agreement(one, one) > 0.9 or max(map(abs, parts)) > 0.35 * math.hypot(*parts)
    assert agreement(one, opposite) <= 0


@given(PARTS)
def test_how_long_a_sum_is_does_not_matter(parts: list[int]) -> None:
    assert agreement(direction(parts), direction([3 * part for part in parts])) == agreement(
        direction(parts), direction(parts)
    )


def test_nothing_said_points_nowhere_and_agrees_with_nothing() -> None:
    assert direction([0] * SIZE) == NOWHERE
    assert agreement(NOWHERE, sense("电梯坏了")) == 0
