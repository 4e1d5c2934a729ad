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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("茶子湾", "茶籽湾"),
        ("竹器弄", "竹器巷"),
        ("竹器巷口到药铺", "竹器巷"),
        ("后山水池", "水池"),
        ("东门垃圾房", "垃圾房"),
        ("村东石板桥", "东头"),
        ("地库A区", "地下车库"),
    ],
)
def test_named_by_more_or_by_ear_it_may_be_one_place(one: str, other: str) -> None:
    assert where(place(one), place(other))
    assert where(place(one), place(other)) == where(place(other), place(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王家沟", "李家沟"),
        ("幸福路", "幸福里"),
        ("建设街", "建设路"),
        ("东塘路", "西塘路"),
        ("1组", "11组"),
        ("中心广场", "文化广场"),
        ("地库A区", "地库B区"),
    ],
)
def test_names_that_only_look_alike_are_other_places(one: str, other: str) -> None:
    assert where(place(one), place(other)) == 0
