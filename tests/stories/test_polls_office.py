from tests.stories.voting import at_the_vote, bring_to_the_representatives, change, town
from tests.world import World


def test_extending_cancelling_and_ending_need_the_office_and_a_reason(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    office = world.people["文书小周"]
    world.people["代表1"].says("延长表决 议1 2天 人在外地", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    office.says("延长表决 议1 2天", to="两委群")
    assert "请写上理由" in world.last("两委群")
    office.says("延长表决 议1 2天 三位代表在外地", to="两委群")
    assert [said for said in world.heard("居民群") if "延长到 11月7日（周六）09:00" in said]
    office.says("截止表决 议1", to="两委群")
    assert "还有 3 人没投" in world.last("两委群")
    office.says("取消表决 议1 方案要改", to="两委群")
    assert world.rows("SELECT state, outcome FROM polls") == [("cancelled", "")]
    world.people["代表1"].says("1", to="代表决议群")
    world.later(days=9)
    assert world.rows("SELECT state, outcome FROM polls") == [("cancelled", "")]


def test_a_meeting_stage_needs_a_cited_rule_before_ballots_in_the_chat_count(world: World) -> None:
    town(world)
    world.member("代表1", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    office = world.people["文书小周"]
    office.says("发起表决 议1 3天", to="两委群")
    assert "请写明依据" in world.last("两委群")
    office.says("发起表决 议1", to="两委群")
    assert "请写明时间" in world.last("两委群")
    office.says("发起表决 议9 3天", to="两委群")
    assert world.last("两委群") == "没有找到 议9。发“议题”可以看正在办的。"
    assert world.rows("SELECT * FROM polls") == []


def test_nobody_on_the_roll_opens_no_poll(world: World) -> None:
    town(world)
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    change(world, "DELETE FROM holdings WHERE role IN ('resident_rep', 'committee')")
    world.people["文书小周"].says("发起表决 议1 3天 依据 规则", to="两委群")
    assert any("名册是空的" in said for said in world.heard("两委群"))
    assert world.rows("SELECT * FROM polls") == []


def test_the_matter_brings_its_lawful_rule_and_clause_with_it(any_world: World) -> None:
    world = any_world
    town(world)
    world.group("代表决议群")
    for number in range(1, 7):
        world.member(f"代表{number}", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    office = world.people["文书小周"]
    office.says("发起表决 议1 3天 事项 天上的星星 依据 规则第5条", to="两委群")
    assert "没认出" in world.last("两委群")
    office.says("发起表决 议1 3天 事项 动用维修资金 依据 规则第5条", to="两委群")
    assert "依法由业主" in world.last("两委群")
    office.says("发起表决 议1 3天 事项 应急维修 依据 规则第5条", to="两委群")
    assert "应急维修不用表决" in world.last("两委群")
    assert world.rows("SELECT * FROM polls") == []
    office.says("发起表决 议1 3天 事项 居民公约 依据 规则第5条", to="两委群")
    card = world.cards("代表决议群")[-1].text
    assert "城市居民委员会组织法 30" in card
    assert "规则第5条" in card
    assert "到会须达 4 人" in card


def test_a_leading_question_is_pointed_out_to_the_office(world: World) -> None:
    town(world)
    world.group("代表决议群")
    world.member("代表1", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商 难道不应该换电梯吗", to="网格员群")
    bring_to_the_representatives(world)
    world.people["文书小周"].says("发起表决 议1 3天 依据 规则第5条", to="两委群")
    said = next(one for one in reversed(world.heard("两委群")) if "已发起表决" in one)
    assert len(said.splitlines()) > 1
    assert "难道" in said
