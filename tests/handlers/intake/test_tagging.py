import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.places import find_place
from handlers.intake.plain import plain
from handlers.intake.rows import written
from handlers.intake.tagging import PLAIN, REACH, Tagger, features, read_tagger, tagger


def flat(text: str) -> str:
    return PLAIN * len(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("三角地的大槐树掉虫子", "三角地"),
        ("上坳的护栏让车撞断了", "上坳"),
        ("避难层堆满了展架", "避难层"),
        ("教工五舍暖气管漏水", "教工5舍"),
        ("路过旧煤棚看到有人倒装修垃圾", "旧煤棚"),
        ("听着怪，文昌阁又吹又打的", "文昌阁"),
    ],
)
def test_names_that_no_rule_knows_are_places(text: str, name: str) -> None:
    assert find_place(plain(text)).name == name


@pytest.mark.parametrize("text", ["", "好的", "1500元一个月", "明天下雨"])
def test_without_a_name_there_is_none(text: str) -> None:
    assert find_place(plain(text)).name == ""


@given(st.text(max_size=60))
def test_every_text_is_tagged_within_its_bounds(text: str) -> None:
    clean = plain(text)
    span = tagger().name(clean, flat(clean))
    assert span is None or 0 <= span[0] < span[1] <= len(clean)


@given(st.text(alphabet="东门垃圾房3号楼的灯坏了，哈", max_size=12))
def test_rows_add_up_as_their_numbers_do(text: str) -> None:
    """The wide numbers say what adding weight by weight says."""
    rows = {
        piece: [
            (len(piece) * 7 + at * 5 + ord(piece[0])) % 61 - 30 for at in range(3 * len(REACH[len(piece)]))
        ]
        for _, piece in features(text, flat(text))
    }
    sums = [[0, 0, 0] for _ in range(len(text) + 4)]
    for begin, piece in features(text, flat(text)):
        for at, weight in enumerate(rows[piece]):
            sums[begin + at // 3][at % 3] += weight
    best, wanted = 0, None
    for begin in range(len(text)):
        run = sums[begin + 2][0]
        for end in range(begin + 1, len(text) + 1):
            if run + sums[end + 2][2] > best:
                best, wanted = run + sums[end + 2][2], (begin, end)
            run += sums[end + 2][1]
    found = read_tagger(written(rows)).name(text, flat(text)) if text else None
    assert (found is None) == (wanted is None)
    if found and wanted:
        assert _sum(sums, *found) == best


def _sum(sums: list[list[int]], begin: int, end: int) -> int:
    inside = sum(sums[at + 2][1] for at in range(begin + 1, end))
    return sums[begin + 2][0] + inside + sums[end + 2][2]


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="units"):
        read_tagger("路\tAAAA\n")


def test_without_rows_nothing_is_named() -> None:
    assert Tagger({}).name("三角地", flat("三角地")) is None
