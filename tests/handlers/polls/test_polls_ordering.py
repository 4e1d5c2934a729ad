"""The order by which a poll is put, read from what people type on a phone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from handlers.choices.ask import Ask, Kind
from handlers.matters.lawful import choose
from handlers.polls.ordering import Order, read_order
from handlers.polls.otherwise import Other, Share, under
from handlers.refusals import Refusal
from handlers.rules.rule import Base, Bound, Clause, Grade, Measure
from storage.records import Secrecy

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PLAIN = Order(span=timedelta(days=3))


def read(words: str) -> Order:
    return read_order(words, NOW, ZONE)


def refused(words: str) -> str:
    with pytest.raises(Refusal) as no:
        read(words)
    return no.value.key.removeprefix("polls.")


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("3天", PLAIN),
        ("３天", PLAIN),
        ("3 天 依据 本社区议事规则第5条", replace(PLAIN, cited="本社区议事规则第5条")),
        ("3天依据本社区议事规则第5条", replace(PLAIN, cited="本社区议事规则第5条")),
        ("3天，无记名，依据：规则第5条。", replace(PLAIN, secrecy=Secrecy.SECRET, cited="规则第5条")),
        ("3天 记名", replace(PLAIN, secrecy=Secrecy.OPEN)),
        ("3天 事项 紧急维修 紧急 水管爆了", replace(PLAIN, matter="紧急维修", urgent="水管爆了")),
        ("3天 事项居民公约 路径 户", replace(PLAIN, matter="居民公约", route="户")),
        ("3天 名册 业主 题目 先修几号楼", replace(PLAIN, body="业主", question="先修几号楼")),
        ("3天 询异 3天", replace(PLAIN, objections=3)),
        ("3天 询异5日", replace(PLAIN, objections=5)),
        (
            "3天 依据 规则第5条 可提前结束 依据 规则第7条",
            replace(PLAIN, cited="规则第5条", early="规则第7条"),
        ),
        (
            "3天 可提前结束 依据 规则第7条\n依据 规则第5条",
            replace(PLAIN, cited="规则第5条", early="规则第7条"),
        ),
        ("3天 可提前结束：规则第7条", replace(PLAIN, early="规则第7条")),
        ("3天 党组织 11月1日研究", replace(PLAIN, studied_on=date(2026, 11, 1))),
        ("3天 党组织12月1日已研究", replace(PLAIN, studied_on=date(2025, 12, 1))),
        (
            "3天 12月2日9:30起 依据 规则",
            replace(PLAIN, opens_at=datetime(2026, 12, 2, 1, 30, tzinfo=UTC), cited="规则"),
        ),
        (
            "3天 依据 规则 12月2日起",
            replace(PLAIN, opens_at=datetime(2026, 12, 2, 1, 0, tzinfo=UTC), cited="规则"),
        ),
        (
            "3天 依据 规则第5条 党组织 11月1日研究 12月2日 9:30起",
            replace(
                PLAIN,
                opens_at=datetime(2026, 12, 2, 1, 30, tzinfo=UTC),
                cited="规则第5条",
                studied_on=date(2026, 11, 1),
            ),
        ),
        ("3天 紧急 台风12月2日起影响本市", replace(PLAIN, urgent="台风12月2日起影响本市")),
        ("3天 明天9点起", replace(PLAIN, opens_at=datetime(2026, 11, 3, 1, 0, tzinfo=UTC))),
        (
            "3天 事项 居民公约 12月2日 下午3点起\n紧急 台风要来",
            replace(
                PLAIN,
                opens_at=datetime(2026, 12, 2, 7, 0, tzinfo=UTC),
                matter="居民公约",
                urgent="台风要来",
            ),
        ),
    ],
)
def test_an_order_is_read_whatever_its_parts_and_their_order(words: str, order: Order) -> None:
    assert read(words) == order


@pytest.mark.parametrize(
    ("words", "ask"),
    [
        ("单选 选项 东门；西门", Ask(Kind.SINGLE, ("东门", "西门"), none_offered=True)),
        ("选项 东门;西门;均不同意", Ask(Kind.SINGLE, ("东门", "西门"), none_offered=True)),
        ("单选 东门、西门、北门", Ask(Kind.SINGLE, ("东门", "西门", "北门"), none_offered=True)),
        ("单选\n选项\n东门\n西门", Ask(Kind.SINGLE, ("东门", "西门"), none_offered=True)),
        (
            "多选2 选项 甲 乙 丙",
            Ask(Kind.SEVERAL, ("甲", "乙", "丙"), none_offered=True, places=2, most=2),
        ),
        ("多选 选项 甲；乙；丙", Ask(Kind.SEVERAL, ("甲", "乙", "丙"), none_offered=True, places=3)),
        (
            "多选3取1 选项 甲；乙；丙",
            Ask(Kind.SEVERAL, ("甲", "乙", "丙"), none_offered=True, places=1, most=3),
        ),
        ("打分 选项 甲；乙", Ask(Kind.SCORE, ("甲", "乙"))),
        ("打分1-10 选项 甲；乙", Ask(Kind.SCORE, ("甲", "乙"), lowest=1, highest=10)),
        ("打分0到3 选项 甲；乙", Ask(Kind.SCORE, ("甲", "乙"), lowest=0, highest=3)),
        ("排序 选项 甲；乙；均不同意", Ask(Kind.SCHULZE, ("甲", "乙"), none_offered=True)),
        ("排序2席 选项 甲；乙；丙", Ask(Kind.STV, ("甲", "乙", "丙"), places=2)),
        ("共识", Ask(Kind.CONSENT)),
        ("摸底 选项 赶早；赶晚", Ask(Kind.SENSE, ("赶早", "赶晚"))),
    ],
)
def test_a_kind_and_its_options_are_read(words: str, ask: Ask) -> None:
    assert read(f"3天 {words} 依据 规则第5条") == replace(PLAIN, ask=ask, cited="规则第5条")


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("1/2 理由 人都在外地", Other(Share(Fraction(1, 2), Bound.OVER), None, "人都在外地")),
        ("三分之二 理由：牵涉面大", Other(Share(Fraction(2, 3), Bound.AT_LEAST), None, "牵涉面大")),
        ("超过2/3 理由 牵涉面大", Other(Share(Fraction(2, 3), Bound.OVER), None, "牵涉面大")),
        ("1/2以上 理由 历来如此", Other(Share(Fraction(1, 2), Bound.AT_LEAST), None, "历来如此")),
        (
            "到会过半 通过3/4 理由 牵涉面大",
            Other(Share(Fraction(3, 4), Bound.AT_LEAST), Share(Fraction(1, 2), Bound.OVER), "牵涉面大"),
        ),
    ],
)
def test_another_rule_is_a_share_and_a_reason(words: str, other: Other) -> None:
    assert read(f"3天 事项 居民公约 另用 {words} 依据 规则第5条").other == other


def test_another_rule_keeps_measures_and_bases_and_is_no_longer_called_the_law() -> None:
    lawful = choose("fund_use").rule
    rule = under(lawful, Other(Share(Fraction(3, 4), Bound.AT_LEAST), None, "牵涉面大"), "规约第9条")
    assert rule.passing == tuple(
        Clause(measure, Fraction(3, 4), Bound.AT_LEAST, Base.PARTICIPANTS)
        for measure in (Measure.HEADS, Measure.AREA)
    )
    assert rule.quorum == lawful.quorum
    assert (rule.basis, rule.grade) == ("规约第9条", Grade.LOCAL)
    assert under(lawful, Other(None, None, "牵涉面大"), "").grade is Grade.PROPOSAL


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "span_usage"),
        ("依据 规则", "span_usage"),
        ("0天", "span_usage"),
        ("3天 换个电梯", "order_unknown"),
        ("3天 无记名 换个电梯", "order_unknown"),
        ("3天 事项 居民公约 换个电梯", "order_unknown"),
        ("3天 依据 甲 依据 乙", "order_twice"),
        ("3天 记名 无记名", "order_twice"),
        ("3天 单选 选项 甲；乙 排序", "order_twice"),
        ("3天 依据", "order_empty"),
        ("3天 紧急", "order_empty"),
        ("3天 可提前结束", "order_early"),
        ("3天 可提前结束 依据", "order_early"),
        ("3天 询异 一阵子", "objections_usage"),
        ("3天 询异 0天", "objections_usage"),
        ("3天 党组织 研究过了", "studied_usage"),
        ("3天 党组织 2027年1月1日研究", "studied_usage"),
        ("3天 党组织 2月30日研究", "studied_usage"),
        ("3天 11月2日起", "start_usage"),
        ("3天 另用 1/2", "other_usage"),
        ("3天 另用 理由 牵涉面大", "other_usage"),
        ("3天 另用 3/2 理由 牵涉面大", "other_usage"),
        ("3天 另用 1/0 理由 牵涉面大", "other_usage"),
        ("3天 另用 超过全体 理由 牵涉面大", "other_usage"),
        ("3天 另用 1/2 2/3 理由 牵涉面大", "other_usage"),
        ("3天 单选", "options_usage"),
        ("3天 单选2 选项 甲；乙", "kind_usage"),
        ("3天 排序1-5 选项 甲；乙", "kind_usage"),
        ("3天 单选 甲 选项 乙；丙", "order_unknown"),
    ],
)
def test_whatever_is_wrong_is_said_at_once_with_the_right_way(words: str, why: str) -> None:
    assert refused(words) == why


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("3天 单选 选项 东门", "choices.number_of_options"),
        ("3天 单选 选项 东门；东门", "choices.option_twice"),
        ("3天 共识 选项 东门；西门", "choices.consent_has_no_options"),
        ("3天 排序5席 选项 东门；西门", "choices.places"),
        ("3天 打分5-1 选项 东门；西门", "choices.scale"),
        ("3天 10月32日起", "dates.no_such_day"),
    ],
)
def test_what_the_ballot_or_the_calendar_cannot_bear_is_refused_too(words: str, key: str) -> None:
    with pytest.raises(Refusal) as no:
        read(words)
    assert no.value.key == key
