from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.matters.findings import Severity
from handlers.matters.lawful import choose
from handlers.matters.lint import Schedule, lint
from handlers.matters.model import Lawful
from handlers.matters.spans import read_span

OPENS = datetime(2026, 12, 20, 9, tzinfo=UTC)
IN_TIME = Schedule(date(2026, 12, 1), OPENS, OPENS + timedelta(days=10))
FIRM = choose("property_firm")


def keys(question: str, *options: str, lawful: Lawful | None = None) -> list[str]:
    found = lint(question, options, IN_TIME, lawful)
    assert all(finding.line for finding in found)
    return [finding.key.removeprefix("matters.") for finding in found]


def about(*options: str, lawful: Lawful | None = None) -> list[str]:
    """What is found in options, the advice to offer 均不同意 left out."""
    return [key for key in keys("选哪一个？", *options, lawful=lawful) if key != "none_advised"]


GOOD = """\
是否同意更换3号楼2单元电梯，动用维修资金18.6万元？
3号楼2单元电梯更换，动用维修资金 18.6 万元
是否同意修订《居民公约》第五条？
是否同意解聘现物业服务企业？
是否同意选聘甲物业公司，并授权业委会签订合同？
是否同意将小广场夜间使用时间定为每晚9点前？
是否同意2027年度村级公益事业筹资筹劳方案？
是否同意在地下车库安装20个充电桩，所需费用由充电公司承担？
小区南门是否实行人车分流？
同意王某某等三人为误工补贴人员
是否同意拆除3栋楼顶违建雨棚并恢复原状？
是否同意加装电梯，每户分摊方案见附件？
是否同意改造小区北侧绿地为停车位（共12个）？
是否同意使用维修资金对5号楼屋面进行防水维修？
是否同意将公共收益的60%补充维修资金？
是否同意由业委会组织更换小区门禁系统，并公示费用？
村集体机动地承包方案
是否同意通过招标方式选聘物业服务企业？
屋面防水改造，费用从维修资金列支，并委托业委会签订施工合同
是否同意调整物业费标准为每平方米1.8元？
请问您是否同意把儿童乐园改造方案提交居民代表会议？
是否同意提高门卫夜班补贴，每月增加300元？
楼道照明改造并更换声控灯
是否同意聘请监理单位对加装电梯工程进行监督？
垃圾分类投放点设在哪里？
消防通道划线，是否同意？
逾期未投票的，计为未参与。是否同意该议事规则修订稿？""".splitlines()


@pytest.mark.parametrize("question", GOOD)
def test_a_plain_question_is_let_through(question: str) -> None:
    assert keys(question) == []


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("为了老人孩子，难道您不支持加装电梯吗？", "leading"),
        ("利国利民的工程，是否同意？", "leading"),
        ("加装电梯，请大家支持，是否同意？", "leading"),
        ("是不是应该换掉现在的物业？", "leading"),
        ("只有同意换物业才能解决漏水，是否同意？", "leading"),
        ("大家都同意装充电桩，您呢？", "leading"),
        ("不加装后果自负，是否同意加装？", "leading"),
        ("是否同意解聘现物业，并选聘乙物业？", "two_questions"),
        ("是否同意更换电梯？是否同意提高物业费？", "two_questions"),
        ("是否同意修订公约，是否同意增设停车位？", "two_questions"),
        ("是否同意调整物业费，同时增设门岗？", "two_questions"),
        ("是否同意拆除花坛并新建停车位？", "two_questions"),
        ("是否同意加装电梯，逾期不投票视为同意？", "silence"),
        ("未回复的默认同意", "silence"),
        ("沉默算赞成，是否同意？", "silence"),
        ("  ", "question_empty"),
        ("？", "question_empty"),
        ("长" * 121, "question_long"),
    ],
)
def test_a_faulty_question_is_found(question: str, key: str) -> None:
    assert key in keys(question)


def test_wording_may_be_overruled_but_silence_as_consent_may_not() -> None:
    severities = {
        finding.key: finding.severity for finding in lint("难道不同意？不回复视为同意", (), IN_TIME)
    }
    assert severities["matters.leading"] is Severity.WARNING
    assert severities["matters.silence"] is Severity.ERROR


@pytest.mark.parametrize(
    "options",
    [
        ("50元以下", "超过50元"),
        ("不满50元", "50元至100元", "超过100元"),
        ("1-2层", "3-4层", "5层以上"),
        ("18:00-19:00", "19:00-20:00"),
        ("每月10元", "每月15元", "每月20元"),
        ("3号楼", "13号楼"),
        ("加装", "不加装"),
        ("方案一", "方案二", "维持现状"),
        ("11月28日-30日", "12月1日-3日"),
        ("红色", "蓝色", "红蓝相间"),
        ("东门", "东门外空地"),
        ("最好的方案一", "最好的方案二"),
        ("不超过3人", "多于3人"),
        ("5年", "50元以下"),
    ],
)
def test_options_that_stand_apart_are_let_through(options: tuple[str, ...]) -> None:
    assert about(*options) == []


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (("50元以下", "50元以上"), "overlap"),
        (("0-50元", "50-100元"), "overlap"),
        (("18:00-19:30", "19:00-20:00"), "overlap"),
        (("不超过3人", "3人以上"), "overlap"),
        (("东门", "西门", "东门和西门"), "overlap"),
        (("方案一", "方案二", "以上都可以"), "overlap"),
        (("红色", "红 色", "蓝色"), "option_twice"),
        (("红色", " "), "option_empty"),
        (("红色",), "options_few"),
        (("优质的甲公司", "乙公司"), "praised"),
        (("红色", "长" * 25), "option_long"),
        (tuple(f"方案{number}" for number in "甲乙丙丁戊己庚辛壬癸子"), "options_many"),
    ],
)
def test_options_that_collide_or_cannot_be_read_are_found(options: tuple[str, ...], key: str) -> None:
    assert key in about(*options)


def test_among_firms_and_persons_none_of_these_must_be_offered() -> None:
    missing = lint("选哪家物业？", ("甲物业", "乙物业"), IN_TIME, FIRM)
    assert [(finding.severity, finding.key) for finding in missing] == [
        (Severity.ERROR, "matters.none_missing")
    ]
    assert keys("选哪家物业？", "甲物业", "维持现物业", lawful=FIRM) == ["none_missing"]
    assert keys("选哪家物业？", "甲物业", "乙物业", "均不同意", lawful=FIRM) == []
    offered = ("甲物业", "乙物业", "均不同意")
    assert keys("选哪家物业？", *offered, lawful=FIRM) == []


def test_among_things_none_of_these_is_advised() -> None:
    advised = lint("铺哪种砖？", ("红砖", "青砖"), IN_TIME)
    assert [(finding.severity, finding.key) for finding in advised] == [
        (Severity.WARNING, "matters.none_advised")
    ]
    assert keys("铺不铺砖？", "铺红砖", "不铺") == []


def test_times_are_checked_with_the_words() -> None:
    late = Schedule(date(2026, 12, 19), OPENS, OPENS + timedelta(days=2))
    found = lint("选哪家物业？", ("甲物业", "乙物业", "均不同意"), late, FIRM)
    assert [finding.key for finding in found] == ["matters.window_outside", "matters.notice_short"]
    closed = Schedule(date(2026, 12, 1), OPENS, OPENS)
    assert [finding.key for finding in lint("铺砖", (), closed)] == ["matters.window_none"]


@pytest.mark.parametrize(
    ("option", "bounds"),
    [
        ("５０元以下", (None, 50, True, True)),
        ("不超过3人", (None, 3, True, True)),
        ("超过3人", (3, None, False, True)),
        ("至少2.5米", (2.5, None, True, True)),
        ("10～20平方米（不含20）", (10, 20, True, False)),
    ],
)
def test_a_range_is_read_with_its_ends(
    option: str, bounds: tuple[float | None, float | None, bool, bool]
) -> None:
    span = read_span(option)
    assert span is not None
    assert (span.low, span.high, span.low_in, span.high_in) == bounds


@pytest.mark.parametrize("option", ["东门", "3号楼", "方案1", ""])
def test_what_is_no_range_is_not_read_as_one(option: str) -> None:
    assert read_span(option) is None
