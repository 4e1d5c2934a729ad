import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.masking import mask

PRIVATE = [
    "13812345678", "138-1234-5678", "138 1234 5678", "+8613812345678", "１３８１２３４５６７８",
    "11010519491231002X", "110105491231002", "6222021234567890123", "京A12345", "沪AD12345", "粤B·12345",
    "微信abc_12345", "vx: zhang2024", "QQ号12345678", "zhang@example.com", "010-62345678",
    "3-1-1502", "3号楼1单元1502", "4栋502", "502室", "２号楼１５０２", "1502家",
]  # fmt: skip


@pytest.mark.parametrize("text", PRIVATE)
def test_what_tells_who_somebody_is_disappears(text: str) -> None:
    shown = mask(f"麻烦联系{text}，谢谢")
    assert text not in shown
    assert "*" in shown


@pytest.mark.parametrize(
    "text",
    [
        "3号楼2单元",
        "15楼",
        "12345热线",
        "2024年",
        "1800元",
        "205路公交",
        "24小时",
        "3-2",
        "B2车库",
        "100平米",
    ],
)
def test_what_is_not_private_stays(text: str) -> None:
    assert mask(f"那个{text}怎么样") == f"那个{text}怎么样"


def test_a_door_keeps_its_building_and_its_last_digits() -> None:
    assert mask("3-1-1502") == "3-1-*02"
    assert mask("4栋502漏水") == "4栋*02漏水"


@given(st.lists(st.one_of(st.sampled_from(PRIVATE), st.text(max_size=12)), max_size=6).map("，".join))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(
    st.text(alphabet="漏水了，电话是请找我 ", max_size=20),
    st.integers(13000000000, 19999999999),
    st.text(alphabet="谢了，好 ", max_size=9),
)
def test_no_phone_number_survives(before: str, phone: int, after: str) -> None:
    assert not re.search(r"1[3-9]\d{9}", mask(f"{before}{phone}{after}"))
