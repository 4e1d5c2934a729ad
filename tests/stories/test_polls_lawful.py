"""The three traps of the law, another rule with its reason, and polls that decide nothing for the case."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.stories.putting import BASIS, at_the_representatives, orders, told
from tests.stories.voting import change, push, town, vote
from tests.world import World


def test_the_party_organisation_comes_first(world: World) -> None:
    at_the_representatives(world)
    change(world, "UPDATE steps SET outcome = 'merge' WHERE outcome = 'accept'")
    said = orders(world, f"3天 事项 居民公约 {BASIS}")
    assert "先由党组织研究讨论（城市居民委员会组织法 30）" in said
    assert world.rows("SELECT * FROM polls") == []
    assert "党组织 11月1日研究" in orders(world, f"3天 事项 居民公约 党组织 研究过 {BASIS}")
    orders(world, f"3天 事项 居民公约 党组织 11月1日研究 {BASIS}")
    assert "党组织已于 11月1日研究" in world.cards("代表决议群")[-1].text


def test_a_stage_of_the_party_organisation_that_was_passed_is_its_study(world: World) -> None:
    at_the_representatives(world)
    orders(world, f"3天 事项 居民公约 {BASIS}")
    assert "党组织已于 11月2日研究" in world.cards("代表决议群")[-1].text


def test_an_assembly_is_told_ten_days_before_unless_it_is_urgent(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    for number in range(1, 4):
        world.member(f"户{number}", "户代表", door=f"3-1-{number}01")
    said = orders(world, f"3天 事项 居民公约 路径 户 {BASIS}")
    assert "须提前 10 日（城市居民委员会组织法 26" in said
    assert "确属紧急的，写明原因" in said
    assert world.rows("SELECT * FROM polls") == []
    said = orders(world, f"3天 事项 居民公约 路径 户 紧急 台风要来，必须定下 {BASIS}")
    assert "按紧急情形办：台风要来，必须定下" in said
    assert world.rows("SELECT body, state FROM polls") == [("resident_households", "open")]
    (card,) = [one for one in world.cards("公示群") if "表决 议1" in one.text]
    assert "通知时间按紧急情形缩短，原因：台风要来，必须定下" in card.text


def test_owners_are_told_fifteen_days_before_and_nothing_shortens_that(world: World) -> None:
    town(world)
    world.member("业主1", "业主", area=Decimal(90), door="3-1-101")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    said = orders(world, "10天 名册 业主 事项 动用维修资金 紧急 漏水了 11月16日起")
    assert "须提前 15 日（物业管理条例 14" in said
    assert world.rows("SELECT * FROM polls") == []
    assert "已预告" in orders(world, "10天 名册 业主 事项 动用维修资金 11月17日起")


def test_every_mistake_is_told_at_once(world: World) -> None:
    at_the_representatives(world)
    change(world, "UPDATE steps SET outcome = 'merge' WHERE outcome = 'accept'")
    said = orders(world, f"3天 事项 居民公约 路径 户 {BASIS}")
    assert "党组织" in said
    assert "10 日" in said


def test_another_rule_is_printed_with_its_reason_on_card_result_and_notice(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    assert "写明原因" in orders(world, f"3天 事项 居民公约 另用 3/4 理由 无 {BASIS}")
    orders(world, f"3天 事项 居民公约 另用 3/4 理由 关系到每一户 {BASIS}")
    card = world.cards("代表决议群")[-1].text
    assert "本次另定规则，原因：关系到每一户" in card
    assert "四分之三" in card
    assert "由居民代表会议表决" in card
    vote(world, yes=4, no=2)
    world.later(days=3)
    result = next(said for said in world.heard("居民群") if "议1 " in said and "原因：关系到每一户" in said)
    assert "未通过" in result
    assert world.rows("SELECT outcome FROM polls") == [("rejected",)]


def test_a_weaker_rule_is_an_opinion_and_moves_nothing(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    said = orders(world, f"3天 事项 居民公约 另用 1/3 理由 凑不齐人 {BASIS}")
    assert "规则低于法定要求，结果只作意见" in said
    assert "结果只作意见，没有决定的效力" in world.cards("代表决议群")[-1].text
    vote(world, yes=3, no=2, abstain=1)
    world.later(days=3)
    assert world.rows("SELECT outcome, step_id FROM polls") == [("passed", None)]
    assert world.rows("SELECT outcome FROM steps ORDER BY id DESC LIMIT 1") == [("",)]
    orders(world, f"3天 {BASIS}")
    assert world.rows("SELECT count(*) FROM polls WHERE state = 'open'") == [(1,)]


def test_choosing_among_firms_always_offers_none_of_them(any_world: World) -> None:
    world = any_world
    town(world)
    world.member("业主1", "业主", area=Decimal(90), door="3-1-101")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    orders(world, "10天 名册 业主 事项 选聘物业 11月20日起 排序 选项 甲公司；乙公司")
    assert "必须有“均不同意”" in told(world)
    orders(world, "10天 名册 业主 事项 选聘物业 11月20日起 单选 选项 甲公司；乙公司")
    assert "已预告" in told(world)
    (card,) = [one for one in world.cards("公示群") if "议1" in one.text and "甲公司" in one.text]
    assert "均不同意" in card.text
    assert "本次为意向征询，不产生业主大会决定的效力" in card.text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("3天 路径 户", "要先写明事项"),
        ("3天 另用 1/2 理由 人不齐", "要先写明事项"),
        ("3天 事项 居民公约 路径 网上", "没有“网上”这条路"),
        ("3天 事项 换届选举", "换届选举由选举委员会主持"),
        ("3天 名册 外星人", "没有“外星人”这份名册"),
        ("3天 换个电梯", "没看懂“换个电梯”"),
    ],
)
def test_what_cannot_be_is_refused_with_the_right_way(world: World, words: str, why: str) -> None:
    at_the_representatives(world)
    assert why in orders(world, words)
    assert world.rows("SELECT * FROM polls") == []


def test_a_sense_check_decides_nothing_for_the_case(any_world: World) -> None:
    world = any_world
    town(world)
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    push(world, "accept")
    stage = world.rows("SELECT stage FROM cases")
    assert "不是表决的环节" in orders(world, "1天")
    said = orders(world, "1天 摸底 题目 哪个时段停电梯好 选项 上午；下午")
    assert "不决定办件的环节" in said
    assert world.rows("SELECT step_id, body, question FROM polls") == [
        (None, "residents18", "哪个时段停电梯好")
    ]
    assert "哪个时段停电梯好" in world.cards("居民群")[-1].text
    world.people["邻居1"].presses("上午", on="居民群")
    world.later(days=1)
    assert world.rows("SELECT state FROM polls") == [("closed",)]
    assert world.rows("SELECT stage FROM cases") == stage


def test_only_the_office_puts_a_question_and_one_at_a_time(world: World) -> None:
    at_the_representatives(world)
    world.people["代表1"].says("发起表决 议1 1天 摸底 选项 上午；下午", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    orders(world, "1天 名册 居民代表会议 单选 选项 上午；下午")
    assert "有一次表决还没结束" in orders(world, f"3天 {BASIS}")
    assert world.rows("SELECT count(*) FROM polls") == [(1,)]


def test_a_result_of_a_lawful_poll_cannot_be_taken_down_early(world: World) -> None:
    at_the_representatives(world)
    orders(world, f"3天 事项 居民公约 {BASIS}")
    vote(world, yes=6)
    world.later(until=datetime(2026, 11, 6, 2, tzinfo=UTC))
    change(world, "UPDATE notices SET days = 7")
    office = world.people["文书小周"]
    office.says("公示 1", to="两委群")
    assert "不能少于 15 日（城市居民委员会组织法 34" in told(world)
    assert world.rows("SELECT state FROM notices") == [("draft",)]
    office.says("公示 1 15天", to="两委群")
    assert world.rows("SELECT state FROM notices") == [("posted",)]
    assert "事项：居民公约" in world.last("公示群")
