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
        ("东门那个垃圾房没人清", "东门垃圾房"),
        ("甲楼的门坏了", "甲楼"),
        ("E座电梯停了", "E座"),
        ("桂花路一排路灯不亮", "桂花路"),
        ("三小组的沟渠堵了", "3组"),
        ("二号楼北边堵死了", "2号楼北侧"),
        ("南车棚充电桩坏了", "南区车棚"),
        ("4栋502漏水", "4号楼502"),
        ("儿童游乐区的滑梯断了", "儿童乐园"),
        ("地库A区的灯不亮", "A区地库"),
        ("地库负三层一大半灯管不亮", "地库B3"),
        ("油坊弄的水小得跟滴眼药水似的", "油坊弄"),
        ("二号楼头一个门洞下水又憋住了", "2号楼1单元"),
        ("3号楼2个单元都停水", "3号楼"),
        ("36号二楼塌下来了", "36号楼2层"),
        ("环库路急弯多，建议装几个反光镜", "环库路"),
        ("东头那口机井出沙了", "东头机井"),
    ],
)
def test_places_are_named_in_one_way(text: str, name: str) -> None:
    assert find_place(plain(text)).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C4幢3单元电梯不动了", "C4号楼3单元"),
        ("C4-3又停水", "C4号楼3单元"),
        ("c4门口堆满了", "C4号楼门口"),
        ("老四楼暖气冰凉", "4号楼"),
        ("六号楼二门洞扶手松了", "6号楼2单元"),
        ("小灰楼一门的灯不亮", "灰楼1单元"),
        ("筒子楼的水房漏了", "筒子楼"),
        ("一期北门垃圾房满了", "1期北门垃圾房"),
        ("乙区车棚漏雨", "乙区车棚"),
        ("东院没水了", "东院"),
        ("东院的水压太低", "东院"),
        ("村东机井出沙", "东头机井"),
        ("东头那口机井出沙", "东头机井"),
        ("前街路面又塌了", "前街"),
        ("四支渠漏水了", "4支渠"),
        ("供销社后面一堆垃圾", "供销社后面"),
    ],
)
def test_lettered_and_named_buildings_areas_and_landmarks_are_places(text: str, name: str) -> None:
    assert find_place(plain(text)).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("龙泉祠堂屋檐掉瓦", "龙泉祠堂"),
        ("青田公路塌了半边", "青田公路"),
        ("一辆三轮翻在槐花路上", "槐花路"),
        ("制盐站漏了一地卤水", "制盐站"),
        ("2号机井的电线断了", "2号机井"),
        ("二渠水往屋里灌", "2渠"),
        ("十二弄口停满了单车", "12弄口"),
        ("环山路弯道护栏没了", "环山路弯道"),
        ("中山路井盖响", "中山路"),
        ("人民路的树倒了", "人民路"),
        ("三里屯桥塌了一角", "三里屯桥"),
        ("马家湾停电一天了", "马家湾"),
        ("上河村没有自来水", "上河村"),
        ("水口庙前面堆沙子", "水口庙前面"),
        ("电器城门口塌了一个坑", "电器城门口"),
        ("米线铺后面堆着泔水桶", "米线铺后面"),
    ],
)
def test_a_name_before_a_kind_of_place_is_a_place(text: str, name: str) -> None:
    assert find_place(plain(text)).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("弄堂口又积水", "弄堂口"),
        ("有人在库尾电鱼", "库尾"),
        ("村后坡上着火了", "村后坡"),
        ("胡同东段压闸", "胡同东段"),
        ("堤脚有人拦路", "堤脚"),
    ],
)
def test_a_position_on_open_ground_is_a_place(text: str, name: str) -> None:
    assert find_place(plain(text)).name == name


@pytest.mark.parametrize(
    ("text", "building", "unit"),
    [
        ("T3座大堂地毯发臭", "T3号楼", ""),
        ("T12楼下有碎玻璃", "T12号楼", ""),
        ("三座又停水", "3号楼", ""),
        ("乙座管家不见人", "乙楼", ""),
        ("15号楼梯塌了一档", "15号楼", ""),
        ("九号楼梯全是火", "9号楼", ""),
        ("7弄9号二楼晒台漏水", "7弄9号", ""),
        ("六巷12号楼上又掉东西", "6巷12号", ""),
        ("48门龙头没水", "", "48单元"),
        ("四八门断水了", "", "48单元"),
        ("丙单元雨落管锈穿", "", "丙单元"),
        ("1-902暖气片漏水", "1号楼", ""),
    ],
)
def test_houses_of_lanes_towers_and_doors_are_read(text: str, building: str, unit: str) -> None:
    found = find_place(plain(text))
    assert (found.building, found.unit) == (building, unit)


@pytest.mark.parametrize("text", ["15号停水，大家存点水", "17号上午开会", "涨到120块了", "120来了没有"])
def test_days_sums_and_call_numbers_are_no_houses(text: str) -> None:
    assert find_place(plain(text)) == NOWHERE


@pytest.mark.parametrize(
    "text",
    [
        "楼道的灯又灭了",
        "路边停满了车",
        "楼下太吵了",
        "合作社不分红",
        "刮风满街都是土",
        "搬来的不认路",
        "拿弹弓打路灯",
        "公厕的烘手机坏了",
        "请居委会来评理",
    ],
)
def test_what_every_place_has_or_is_only_spoken_of_is_nowhere(text: str) -> None:
    assert find_place(plain(text)) == NOWHERE


@pytest.mark.parametrize(
    ("text", "name"),
    [("医院对面挖沟", "医院对面"), ("加油站旁边着火了", "加油站旁边"), ("幼儿园门口堵死了", "幼儿园门口")],
)
def test_a_common_spot_is_a_place_once_something_is_beside_it(text: str, name: str) -> None:
    assert find_place(plain(text)).name == name


def test_a_name_that_begins_a_clause_goes_before_a_word_within_one() -> None:
    assert find_place(plain("烟花仓管员跑了，净水站漏氯气")).name == "净水站"


def test_the_name_of_the_community_is_left_out_before_a_spot() -> None:
    assert find_place(plain("凤鸣苑北门坏了")).name == find_place(plain("北门坏了")).name == "北门"


def test_a_spot_with_a_name_of_its_own_keeps_its_kind_to_be_found_by() -> None:
    assert find_place(plain("龙泉卫生院停诊")).spots == ("龙泉卫生院", "卫生院")
    assert find_place(plain("镇卫生院停诊")).spots == ("卫生院",)


@pytest.mark.parametrize(
    "name", ["库边", "弄口", "T5座", "7弄4号", "二号院", "江湾", "渔业队", "砂石厂路", "2207室又吵"]
)
def test_a_place_said_alone_is_recognised_the_same_way(name: str) -> None:
    alone = find_place(plain(name))
    assert alone != NOWHERE
    assert find_place(plain(f"{name}，又来了")).name == alone.name


@pytest.mark.parametrize("text", ["B2渗水了", "B1车库积水"])
def test_a_lone_letter_with_a_small_number_is_no_building(text: str) -> None:
    assert find_place(plain(text)).building == ""


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
