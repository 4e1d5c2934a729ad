from datetime import UTC, datetime, timedelta

import pytest

from handlers.intake.joining import continues
from handlers.intake.likeness import SAME, same_matter
from handlers.intake.matters import Known, Matters
from handlers.intake.reading import Reading, understand
from handlers.intake.wording import wording

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MONTH = timedelta(days=30)


def read(text: str) -> Reading:
    return understand(text).reading


def known(*texts: str) -> Matters:
    matters = Matters()
    for number, text in enumerate(texts):
        matters.add(Known(number, read(text), NOW - timedelta(days=len(texts) - number)))
    return matters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼2单元电梯又趴窝了", "三栋二单元的电梯停在8楼不动"),
        ("地库B2渗水了", "负二层顶上漏水滴到车上"),
        ("东门垃圾房三天没清了", "东大门的垃圾站臭得不行"),
        ("物业费说涨就涨，凭什么", "涨物业费开过业主大会吗？不合理"),
        ("12号楼有人飞线充电", "12栋又有人从楼上拉线给电瓶车充电"),
        ("C4-3电梯不动了", "C4幢三单元的电梯又坏了"),
        ("村东机井抽上来全是沙", "东头那口机井出沙，浇不了地"),
        ("16栋一单元消防栓门锁死，钥匙不知道在谁手里", "16-1那个消火栓箱打不开，着火了干瞪眼"),
    ],
)
def test_one_matter_in_other_words_is_the_same(one: str, other: str) -> None:
    assert same_matter(read(one), read(other)).score >= SAME
    assert same_matter(read(other), read(one)).score == same_matter(read(one), read(other)).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼2单元电梯坏了", "3号楼1单元电梯坏了"),
        ("3号楼2单元电梯坏了", "4号楼2单元电梯坏了"),
        ("东门垃圾房三天没清了", "西门垃圾房三天没清了"),
        ("10号楼暖气不热", "11号楼暖气不热"),
        ("6号楼停水了", "6号楼老鼠成群"),
        ("东头机井出沙了", "西头机井出沙了"),
        ("一期北门垃圾桶满了", "二期北门垃圾桶满了"),
        ("3号楼2单元电梯坏了", "建议3号楼2单元电梯里装面镜子"),
        ("人民路路灯一排都不亮", "人民路流动摊贩占了盲道"),
        ("柳条胡同5号院私搭棚子", "柳条胡同9号院私搭棚子"),
    ],
)
def test_the_same_fault_next_door_and_another_fault_here_are_not(one: str, other: str) -> None:
    assert same_matter(read(one), read(other)).score < SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7栋左边那部电梯风扇不转", "七栋右梯一过二十层就抖"),
        ("T3东梯楼层乱跳", "T3西梯轿厢里有异响"),
        ("9座A梯里那盏灯瞎了", "九座B梯按十楼它不停"),
        ("甲1楼跳闸了", "乙1楼跳闸了"),
        ("地库A区充电桩离线", "地库B区充电车位停的全是油车"),
    ],
)
def test_two_lifts_of_a_house_and_two_zones_of_a_garage_are_told_apart(one: str, other: str) -> None:
    assert same_matter(read(one), read(other)).score < SAME


def test_which_was_said_first_makes_no_difference() -> None:
    texts = (
        "三角地的井盖翘起来了，骑车摔了一跤",
        "三角地那个警盖谁来弄一下",
        "3#2电锑又趴窝",
        "3号楼2单元电梯又趴窝了",
        "物业费说涨就涨",
        "建议在三角地装两把椅子",
    )
    readings = [read(text) for text in texts]
    for one in readings:
        for other in readings:
            assert same_matter(one, other).score == same_matter(other, one).score


def test_a_known_matter_is_found_by_another_wording() -> None:
    matters = known("3号楼2单元电梯坏了", "3号楼1单元电梯坏了", "桂花路路灯不亮", "物业费涨价没开会")
    found = matters.like(read("三栋二单元梯子又坏了，爬楼爬得腿软"), since=NOW - MONTH)
    assert [match.known.id for match in found] == [0]
    assert [match.known.id for match in matters.like(read("桂花路的灯一排都不亮了"), since=NOW - MONTH)] == [
        2
    ]


def test_of_what_stands_at_one_place_the_subject_and_the_words_decide() -> None:
    first, again, other = (
        read(text)
        for text in ("5号楼楼顶漏水，墙皮都掉了", "5号楼顶层又漏了，墙皮掉一地", "5号楼楼下烧烤摊油烟呛人")
    )
    assert same_matter(first, again).score > same_matter(first, other).score
    assert same_matter(first, other).score < SAME


def test_what_names_the_place_is_no_word_in_common() -> None:
    one, other = read("凤凰广场音响太吵"), read("凤凰广场地砖碎了")
    first, second = (wording(said.text, said.place.name) for said in (one, other))
    assert first.place == second.place
    assert not first.telling.keys() & second.telling.keys()
    assert first.pairs.keys() & second.pairs.keys()


def test_what_was_said_too_long_ago_is_not_offered() -> None:
    matters = known("3号楼2单元电梯坏了")
    assert matters.like(read("3号楼2单元电梯又坏了"), since=NOW) == []


def test_a_forgotten_matter_is_not_found_and_leaves_nothing_behind() -> None:
    matters = known("3号楼2单元电梯坏了", "3号楼2单元电梯又停了")
    matters.remove(0)
    matters.remove(7)
    assert [match.known.id for match in matters.like(read("3号楼2单元电梯坏了"), since=NOW - MONTH)] == [1]
    assert len(matters) == 1


def test_the_same_id_again_replaces_the_matter() -> None:
    matters = known("3号楼2单元电梯坏了")
    matters.add(Known(0, read("桂花路路灯不亮"), NOW))
    assert len(matters) == 1
    assert matters.like(read("3号楼2单元电梯坏了"), since=NOW - MONTH) == []


@pytest.mark.parametrize(
    "text", ["停在8楼不动", "都三天了", "3号楼2单元", "老人下不来楼", "[图片]", "麻烦快点修"]
)
def test_a_short_word_more_goes_on_about_the_matter(text: str) -> None:
    assert continues(read("3号楼2单元电梯坏了"), text)


@pytest.mark.parametrize(
    "text",
    ["哈哈哈", "谁去吃饭", "5号楼停水了", "4号楼2单元", "谢谢", "电梯好了", "出一张婴儿床，九成新", ""],
)
def test_another_subject_is_another_message(text: str) -> None:
    assert not continues(read("3号楼2单元电梯坏了"), text)


def test_nothing_goes_on_about_chatter() -> None:
    assert not continues(read("今天天气真好"), "电梯坏了")
