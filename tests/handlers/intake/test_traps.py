"""The traps a neighbourhood sets: one sentence each, and what must come of it."""

import pytest

from handlers.intake.masking import mask
from handlers.intake.reading import ACTIONABLE, understand
from storage.records import Category, Kind, Level


@pytest.mark.parametrize(
    "text",
    [
        "没闻到煤气味啊，放心吧",
        "不用报了，我自己弄好了",
        "楼下火锅店生意火爆",
        "困在电影里出不来，太好看了",
        "今天下午消防演练，听到警报别慌",
        "听说下周要停水三天，转给大家看看",
        "昨天那个着火的视频是外地的，别传了",
        "打游戏被人砍了三次，笑死",
        "梦见自己掉河里了",
        "防漏气报警器团购，不怕着火，199包安装",
        "这部电影把我美哭了",
        "早上好，吃了吗",
        "[图片]",
        "👍👍👍",
        "",
    ],
)
def test_what_is_no_matter_is_never_taken_for_one(text: str) -> None:
    assert understand(text).kind not in ACTIONABLE


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("物业真负责，楼道灯坏三个月了", Category.BUILDING),
        ("恭喜5-1的各位，电梯又给大家放假了，免费爬楼", Category.BUILDING),
        ("9号楼的垃圾桶快成景点了，建议收门票", Category.SANITATION),
        ("谢谢师傅换了灯，不过门禁还是坏的", Category.BUILDING),
        ("6栋停水咯，屋头莫得水，煮不成饭", Category.UTILITIES),
        ("俺们11号楼一滴水都没有，弄啥嘞", Category.UTILITIES),
        ("[图片] 3号楼后面消防通道又被堵死了", Category.FIRE_SAFETY),
        ("13号楼电体坏了，谁报一下修", Category.BUILDING),
    ],
)
def test_mockery_dialect_captions_and_slips_are_understood_like_plain_words(
    text: str, category: Category
) -> None:
    said = understand(text)
    assert said.kind is Kind.ISSUE
    assert said.category is category


@pytest.mark.parametrize(
    "text",
    [
        "电梯好了，大家可以坐了",
        "3号楼来水了，不用再报了",
        "孩子找到了，谢谢大家",
        "查过了，不是燃气泄漏，虚惊一场",
        "道闸修好了",
        "3号楼电梯修好了不用报了",
        "东门垃圾已经清了，大家别再@物业了",
        "卤菜车今天没来，巷口清净了",
        "下水道通了，一点味都没有了",
    ],
)
def test_what_is_over_resolves_and_never_opens(text: str) -> None:
    said = understand(text)
    assert said.resolves
    assert said.kind in {Kind.CHATTER, Kind.THANKS}


@pytest.mark.parametrize(
    "text",
    [
        "说修好了，今早又停在3楼了",
        "路灯修好了又灭了",
        "3号楼电梯什么时候能修好",
        "快递到了，放门口了",
        "作业写完了",
        "谢谢师傅换了灯，不过门禁还是坏的",
    ],
)
def test_what_only_sounds_over_is_not(text: str) -> None:
    assert not understand(text).resolves


@pytest.mark.parametrize(
    "text",
    [
        "转发：周末社区电影放映通知，欢迎大家带着孩子一起来看，记得自带小板凳，下雨取消。",
        "转：反诈提醒，凡是要验证码的都是骗子",
        "社区图书室周末开放，欢迎小朋友来看书",
        "广场舞队招新，晚上七点东门集合",
    ],
)
def test_a_notice_calls_for_nothing(text: str) -> None:
    assert understand(text).kind not in ACTIONABLE


@pytest.mark.parametrize(
    "text", ["转发：农贸市场走失女童，粉袄子，羊角辫，见到请送警务室", "转发：3号楼电梯又停在8楼，里面有人"]
)
def test_a_forward_that_calls_for_help_is_heard(text: str) -> None:
    assert understand(text).kind is Kind.URGENT


def test_a_lost_cat_is_no_lost_child() -> None:
    assert understand("我家猫走丢了，橘色的，看到的说一声").urgency.level is not Level.U0
    assert understand("我家孩子走丢了，穿橘色衣服，看到的说一声").urgency.level is Level.U0


def test_a_question_about_a_matter_is_a_question() -> None:
    assert understand("请问居住证在哪办").kind is Kind.QUESTION
    assert understand("今晚停水到几点").kind is Kind.QUESTION
    assert understand("8号楼怎么没水了").kind is Kind.ISSUE


def test_two_faults_in_one_text_offer_a_split() -> None:
    said = understand("10号楼2单元对讲坏了一个月，楼下垃圾也没人清，都发臭了")
    assert said.second is not None
    assert {said.category, said.second.category} == {Category.BUILDING, Category.SANITATION}


def test_danger_is_urgent_with_its_reason() -> None:
    said = understand("10号楼着火了！八楼冒黑烟")
    assert said.kind is Kind.URGENT
    assert said.urgency.level is Level.U0
    assert said.urgency.reason in "10号楼着火了！八楼冒黑烟"


@pytest.mark.parametrize(
    "text", ["真着火了消防车都进不来", "这线早晚要起火", "就怕哪天电梯掉下来", "去年那次着火就是因为这个"]
)
def test_what_might_happen_or_once_did_is_not_danger_now(text: str) -> None:
    assert understand(text).kind is not Kind.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "货梯卡在半空，里面有个阿婆一直喊",
        "小儿子在水果摊一转身没了，蓝色外套",
        "挡墙垮了，埋住一个骑车的",
        "有人举着铁锹追着人打",
        "舍友吃了半瓶安眠药，叫不醒",
        "踩到落下来的电线，人倒地上抽",
    ],
)
def test_danger_is_told_in_many_ways(text: str) -> None:
    assert understand(text).urgency.level is Level.U0


@pytest.mark.parametrize(
    "text", ["烟感按了没反应", "扶手快掉了，拧一下吧", "花池里全是烟头", "河面漂着一层死鱼"]
)
def test_what_only_sounds_like_danger_is_a_matter_like_others(text: str) -> None:
    assert understand(text).kind is Kind.ISSUE


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("水塔旁边的垃圾没人清", Category.SANITATION),
        ("消防栓后面的树枯死了", Category.GREENERY),
        ("5号楼电梯抖得跟坐拖拉机一样", Category.BUILDING),
    ],
)
def test_landmarks_and_likenesses_are_not_what_a_text_is_about(text: str, category: Category) -> None:
    assert understand(text).category is category


def test_an_advertisement_with_danger_words_is_an_advertisement() -> None:
    assert understand("燃气阀促销，防漏气防着火，原价299现价99，加微信").kind is Kind.AD


def test_a_complaint_about_advertisements_is_none() -> None:
    assert understand("楼道墙上贴满开锁贷款的小广告，没人管").kind is Kind.ISSUE


def test_names_phones_and_doors_are_masked_before_anything_is_shown() -> None:
    shown = mask("3-1-1502漏水，电话13812345678，车牌京A12345")
    assert "1502" not in shown
    assert "13812345678" not in shown
    assert "京A12345" not in shown
