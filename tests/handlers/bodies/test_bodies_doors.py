import pytest

from handlers.bodies.doors import building_of, doors_in, full_door, written


@pytest.mark.parametrize(
    ("door", "building"),
    [
        ("3-2-201", "3"),
        ("3号楼2单元-201", "3"),
        ("12栋-1", "12"),
        ("2号楼", "2"),
        ("B-7", "B"),
        ("B1-201", "B1"),
        ("A座1201", "A"),
        ("香樟苑3-2-201", "香樟苑3"),
        ("", ""),
        ("传达室", ""),
    ],
)
def test_a_door_tells_its_building(door: str, building: str) -> None:
    assert building_of(door) == building


def test_a_bare_number_is_told_apart_by_its_unit() -> None:
    assert full_door("502", "3号楼2单元") == "3号楼2单元-502"
    assert full_door("3-2-502", "3号楼2单元") == "3-2-502"
    assert full_door("", "3号楼2单元") == ""
    assert full_door("502", "") == "502"


@pytest.mark.parametrize("doors", [("3-2-201",), ("3-2-201", "3-2-202"), ()])
def test_the_doors_of_a_reason_can_be_read_back(doors: tuple[str, ...]) -> None:
    assert doors_in(written(doors, "业主（2 人共有，合一票），共 180.00 ㎡")) == doors
    assert doors_in(written(doors, "户代表")) == doors
