"""What people copy out of WeChat is taken apart: words on one side, names and times on the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.intake.aliases import Aliases
from handlers.intake.hearing import Hearing, shipped_hearing
from handlers.issues.batch_copied import Piece, pieces_of
from handlers.issues.batch_matters import matters_in

HEARD = shipped_hearing()
COPIED = {
    "written by hand": (
        "张三: 3栋电梯坏了\n李四：楼道灯不亮",
        [("张三", "3栋电梯坏了"), ("李四", "楼道灯不亮")],
    ),
    "the name over the words": (
        "张三:\n3栋电梯坏了\n\n李四:\n谢谢",
        [("张三", "3栋电梯坏了"), ("李四", "谢谢")],
    ),
    "name and time over the words": (
        "张三  2026-11-21 09:12:33\n3栋电梯坏了\n没人管\n李四 昨天 21:04\n停水了",
        [("张三", "3栋电梯坏了"), ("张三", "没人管"), ("李四", "停水了")],
    ),
    "the time before the name": (
        "[09:12] 张三: 水管漏水\n2026/11/21 09:13 李四：停水了",
        [("张三", "水管漏水"), ("李四", "停水了")],
    ),
    "time lines and rows of dashes": (
        "2026年11月21日 上午9:12\n——  昨天 21:03 ——\n- - - -\n停水了",
        [("", "停水了")],
    ),
    "pictures": ("张三:\n[图片]\n[图片] [视频]\n电梯坏了", [("张三", "电梯坏了")]),
    "a numbered list": ("1. 3栋电梯坏了\n2、楼道灯不亮", [("", "3栋电梯坏了"), ("", "楼道灯不亮")]),
    "a quotation": (
        "李四:\n「张三：3栋电梯坏了」\n- - - - - -\n我家也停水",
        [("张三", "3栋电梯坏了"), ("李四", "我家也停水")],
    ),
    "a door for a name": ("3-2-501 张三：楼道灯不亮", [("3-2-501 张三", "楼道灯不亮")]),
    "somebody called": ("张三: @物业小李 电梯坏了", [("张三", "电梯坏了")]),
    "a place that is no name": ("3号楼2单元：电梯坏了", [("", "3号楼2单元：电梯坏了")]),
    "a thing that is no name": ("电梯：又坏了", [("", "电梯：又坏了")]),
    "a clock that is no colon": ("今天20:30电梯坏了，3栋", [("", "今天20:30电梯坏了，3栋")]),
    "an address of the web": ("看这个 https://a.b/c", [("", "看这个 https://a.b/c")]),
}


@pytest.mark.parametrize(("copied", "found"), COPIED.values(), ids=COPIED.keys())
def test_a_copied_chat_is_taken_apart(copied: str, found: list[tuple[str, str]]) -> None:
    assert pieces_of(copied, HEARD) == tuple(Piece(*one) for one in found)


@given(some.text(max_size=300))
def test_whatever_is_pasted_is_read_without_a_fault_and_nothing_is_made_up(copied: str) -> None:
    for piece in pieces_of(copied, HEARD):
        assert piece.words.strip()
        assert set(piece.words) <= set(copied)


def test_who_goes_on_adds_to_the_matter_and_who_joins_in_is_counted() -> None:
    copied = "甲: 电梯又坏了\n甲: 按哪层都没反应\n乙: 垃圾没人收\n丙: 哈哈\n丙: 东门的垃圾好几天没人收\n丙: 东门的垃圾好几天没人收"
    first, second = matters_in(pieces_of(copied, HEARD), HEARD)
    assert (first.words, first.people) == ("电梯又坏了\n按哪层都没反应", 1)
    assert (second.words, second.people) == ("东门的垃圾好几天没人收", 2)


def test_the_same_trouble_at_two_doors_is_two_matters() -> None:
    found = matters_in(pieces_of("甲: 3号楼2单元电梯坏了\n乙: 5号楼1单元电梯坏了", HEARD), HEARD)
    assert [one.words for one in found] == ["3号楼2单元电梯坏了", "5号楼1单元电梯坏了"]


def test_a_name_of_ones_own_for_a_place_is_heard_as_that_place() -> None:
    here = Hearing(Aliases({"小白楼": "3号楼"}))
    first, second = "甲: 小白楼电梯坏了", "乙: 3号楼电梯坏了"
    assert len(matters_in(pieces_of(f"{first}\n{second}", HEARD), HEARD)) == 2
    (only,) = matters_in(pieces_of(f"{first}\n{second}", here), here)
    assert only.people == 2
