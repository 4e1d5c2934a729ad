import pytest

from handlers.intake.nearness import next_door, where
from handlers.intake.places import Place, find_place
from handlers.intake.plain import plain


def place(text: str) -> Place:
    return find_place(plain(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼", "4号楼"),
        ("3号楼1单元", "3号楼2单元"),
        ("教工3舍", "教工五舍"),
        ("四组", "5组"),
        ("东门", "西门"),
        ("地库B1", "地库B2"),
        ("一期北门", "二期北门"),
        ("东头机井", "西头机井"),
    ],
)
def test_other_numbers_and_other_sides_are_next_door(one: str, other: str) -> None:
    assert next_door(place(one), place(other))
    assert next_door(place(other), place(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼", "三栋2单元"),
        ("T3座", "3号楼"),
        ("东门", "东门垃圾房"),
        ("四组", "4组水渠"),
        ("三角地", "凉亭"),
        ("3号楼", ""),
    ],
)
def test_a_part_an_alias_and_what_has_no_number_are_not(one: str, other: str) -> None:
    assert not next_door(place(one), place(other))


def test_a_floor_by_itself_is_in_any_building() -> None:
    assert where(place("停在8楼不动"), place("3号楼2单元")) is None


def test_a_tower_may_be_called_by_its_number_alone() -> None:
    near = where(place("T3座"), place("3号楼"))
    assert near is not None
    assert 0 < near < 1
