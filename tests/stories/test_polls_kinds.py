"""Every kind of poll from the card to the verdict, with open ballots."""

import pytest

from tests.stories.voting import asked, joined, press_in_turn, say_in_turn
from tests.world import World

GATES = "选项 东门；西门；广场"


def card(world: World) -> str:
    return world.cards("代表决议群")[-1].text


def verdict(world: World) -> str:
    world.later(days=3)
    return next(said for said in reversed(world.heard("代表决议群")) if "规则：" in said or "摸底" in said)


def outcome(world: World) -> str:
    ((found,),) = world.rows("SELECT outcome FROM polls")
    return str(found)


def test_one_of_several_is_chosen_with_a_press_and_the_case_moves_on(any_world: World) -> None:
    world = any_world
    asked(world, f"单选 {GATES}")
    assert "1  东门\n2  西门\n3  广场\n4  均不同意" in card(world)
    labels = [button.label for button in world.cards("代表决议群")[-1].buttons]
    assert labels == ["东门", "西门", "广场", "均不同意", "弃权"]
    press_in_turn(world, "西门", "西门", "东门", "西门", "西门")
    assert "已记：西门" in world.people["代表5"].told()[-1]
    assert "已投 5 / 6" in card(world)
    told = verdict(world)
    assert "议1 选定：西门" in told
    assert "第1  西门：4 人 ✔" in told
    assert "这条规则对每个选项各算一次" in told
    assert outcome(world) == "passed"
    assert "接下来" in world.last("居民群")
    (listed,) = [said for said in world.heard("代表决议群") if "票单" in said]
    assert "西门（4 张）" in listed
    assert "东门（1 张）" in listed


def test_a_number_or_a_sentence_does_what_a_button_does(world: World) -> None:
    asked(world, f"单选 {GATES}")
    world.people["代表1"].says("2", to="代表决议群")
    world.people["代表2"].says("表决 议1 广场", to="代表决议群")
    world.people["代表3"].replies("西门", "1  东门", on="代表决议群")
    world.people["代表4"].replies("4", "1  东门", on="代表决议群")
    world.people["代表5"].says("表决 议1 弃权")
    assert [choice for (choice,) in world.rows("SELECT choice FROM ballots ORDER BY member_id")] == [
        '{"picks": {"options": [2]}}',
        '{"picks": {"options": [3]}}',
        '{"picks": {"options": [2]}}',
        '{"picks": {"options": [0]}}',
        '{"abstain": {}}',
    ]
    world.people["代表1"].says("表决 议1 7")
    assert "没有第 7 项，一共 4 项" in world.people["代表1"].heard()[-1]
    assert world.rows("SELECT heads FROM turnouts") == [(5,)]


def test_a_remark_in_reply_to_the_card_is_no_ballot(world: World) -> None:
    asked(world, f"单选 {GATES}")
    world.people["代表1"].replies("东门那边什么时候修好", "1  东门", on="代表决议群")
    assert world.rows("SELECT * FROM ballots") == []
    assert not world.parked()


def test_none_of_these_wins_and_nothing_is_chosen(any_world: World) -> None:
    world = any_world
    asked(world, f"单选 {GATES}")
    press_in_turn(world, "均不同意", "均不同意", "均不同意", "均不同意", "东门")
    told = verdict(world)
    assert "未选出" in told
    assert "第1  均不同意：4 人" in told
    assert outcome(world) == "rejected"


def test_with_as_many_places_as_options_everything_that_is_carried_is_chosen(world: World) -> None:
    asked(world, "多选 选项 东门；西门")
    press_in_turn(world, "东门 西门", "东门 西门", "东门 西门", "东门 西门")
    assert "选定：东门、西门" in verdict(world)
    assert outcome(world) == "passed"


def test_a_tie_is_told_and_never_broken_and_the_office_says_what_follows(any_world: World) -> None:
    world = any_world
    asked(world, "多选2取1 选项 东门；西门；广场")
    press_in_turn(world, "东门 西门", "东门 西门", "东门 西门", "东门 西门", "广场")
    told = verdict(world)
    assert "相等，未定：东门、西门" in told
    assert outcome(world) == "tie"
    asked_of_office = [said for said in world.heard("两委群") if "票数相等：东门、西门" in said]
    assert len(asked_of_office) == 1
    assert world.rows("SELECT state, stage FROM cases")[0][0] == "running"
    world.people["代表1"].presses("不再投，另定去向", on="两委群")
    assert "这一步由" in world.people["代表1"].told()[-1]
    world.people["文书小周"].presses("不再投，另定去向", on="两委群")
    assert world.rows("SELECT state FROM cases ORDER BY id DESC") == [("asking",)]
    assert world.rows("SELECT outcome FROM steps WHERE outcome = 'tie'") == [("tie",)]


def test_ticks_are_put_and_taken_away_and_every_press_says_what_is_ticked_now(world: World) -> None:
    asked(world, f"多选2 {GATES}")
    one = world.people["代表1"]
    for label, now in (("东门", "东门。"), ("广场", "东门、广场"), ("东门", "广场"), ("广场", "弃权")):
        one.presses(label, on="代表决议群")
        assert f"已记：{now}" in one.told()[-1]
    one.says("表决 议1 1 2")
    assert "已记：东门、西门" in one.heard()[-1]
    one.presses("广场", on="代表决议群")
    assert "最多选 2 项" in one.told()[-1]
    one.says("我的票 议1")
    assert "您这一票现在是：东门、西门" in one.heard()[-1]
    one.replies("1 3", "1  东门", on="代表决议群")
    one.says("我的票 议1")
    assert "东门、广场" in one.heard()[-1]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]


def test_options_are_ranked_by_pressing_them_in_turn(any_world: World) -> None:
    world = any_world
    asked(world, f"排序 {GATES}")
    one = world.people["代表1"]
    press_in_turn(world, "西门 东门 广场", "西门 东门", "西门", "东门 西门")
    assert "已记：东门 > 西门" in one.told()[-1]
    one.presses("西门", on="代表决议群")
    assert "“西门”已经排过了" in one.told()[-1]
    one.presses("重来", on="代表决议群")
    assert "已记：弃权" in one.told()[-1]
    one.presses("广场", on="代表决议群")
    say_in_turn(world, "广场>西门=东门")
    assert "已记：广场 > 东门 = 西门" in one.heard()[-1]
    world.people["代表5"].replies("2>1", "1  东门", on="代表决议群")
    told = verdict(world)
    assert "选定：西门" in told
    (listed,) = [said for said in world.heard("代表决议群") if "票单" in said]
    assert "西门 > 东门（2 张）" in listed


def test_two_places_are_shared_out_in_rounds(any_world: World) -> None:
    world = any_world
    asked(world, "排序2席 选项 东门；西门；广场；花坛", voters=8)
    say_in_turn(world, "1 2", "1 2", "1 2", "1 2", "3 4", "3 4", "3", "2")
    assert "共选 2 名" in card(world)
    told = verdict(world)
    assert "选定：东门、广场" in told
    assert "当选票数 3" in told
    assert "第1轮" in told
    assert outcome(world) == "passed"


def test_marks_are_given_by_button_or_in_one_sentence(any_world: World) -> None:
    world = any_world
    asked(world, "打分1-5 选项 东门；西门")
    press_in_turn(world, "", "", "", "", "")
    one = world.people["代表1"]
    one.presses("2号 4分", on="代表决议群")
    assert "已记：东门 1 分、西门 4 分" in one.told()[-1]
    one.presses("1号 3分", on="代表决议群")
    assert "已记：东门 3 分、西门 4 分" in one.told()[-1]
    for number, words in ((2, "5 1"), (3, "2 5"), (4, "1:2 2:5"), (5, "弃权")):
        world.people[f"代表{number}"].says(f"表决 议1 {words}")
    told = verdict(world)
    assert "选定：西门" in told
    assert "第1  西门：合计 15 分" in told


def test_an_objection_needs_its_reason_and_stops_a_consent(any_world: World) -> None:
    world = any_world
    asked(world, "共识")
    assert "1 同意   2 有保留   3 反对" in card(world)
    press_in_turn(world, "同意", "同意", "同意")
    four = world.people["代表4"]
    four.presses("反对", on="代表决议群")
    assert "请写一句理由" in four.told()[-1]
    assert world.rows("SELECT count(*) FROM ballots") == [(3,)]
    four.says("表决 议1 反对 晚上太吵")
    assert "已记：反对：晚上太吵" in four.heard()[-1]
    world.people["代表5"].replies("有保留 先试一个月", "有保留", on="代表决议群")
    told = verdict(world)
    assert "未达成一致：有 1 条反对理由" in told
    assert "反对理由：晚上太吵" in told
    assert "保留意见：先试一个月" in told
    assert outcome(world) == "rejected"


def test_what_nobody_objects_to_is_agreed(world: World) -> None:
    asked(world, "共识")
    press_in_turn(world, "同意", "同意", "同意", "同意", "弃权")
    assert "一致同意" in verdict(world)
    assert outcome(world) == "passed"


def test_a_sense_check_shows_where_people_stand_and_decides_nothing(any_world: World) -> None:
    world = any_world
    asked(world, f"名册 居民代表 摸底 {GATES}")
    assert card(world).startswith("🗳 摸底（不作决定） 议1")
    assert "规则：" not in card(world)
    assert "弃权" not in [button.label for button in world.cards("代表决议群")[-1].buttons]
    before = world.rows("SELECT stage, state, step_id FROM cases")
    press_in_turn(world, "东门", "西门", "西门")
    told = verdict(world)
    assert "摸底结果，不作决定" in told
    assert "第1  西门：2 人" in told
    assert outcome(world) == "sense"
    assert world.rows("SELECT stage, state, step_id FROM cases") == before


def test_too_few_is_neither_a_choice_nor_a_no(world: World) -> None:
    asked(world, f"单选 {GATES}")
    press_in_turn(world, "东门", "东门")
    told = verdict(world)
    assert "选定" not in told
    assert outcome(world) == "invalid_quorum"


@pytest.mark.parametrize("mark", ["9", "-1", "for", "2=3", "again", "１", "0 ", "", "1:1"])
def test_a_press_that_no_button_carries_changes_nothing(world: World, mark: str) -> None:
    from storage.messages import Pressed

    asked(world, f"单选 {GATES}")
    one = world.people["代表1"]
    press = Pressed(f"poll.cast:1:{mark}", "x", "q1")
    world.arrive(world.groups["代表决议群"], press, one.sender)
    if mark == "1:1":
        assert "已记：东门" in one.told()[-1]
        return
    assert "这个按钮已失效" in one.told()[-1]
    assert world.rows("SELECT * FROM ballots") == []


def test_a_reminder_carries_the_buttons_of_its_kind_and_takes_a_sentence_too(world: World) -> None:
    asked(world, f"排序 {GATES}")
    world.later(days=2, hours=1)
    one = world.people["代表1"]
    assert "还差您一票" in one.heard()[-1]
    assert [button.label for button in world.cards(one)[-1].buttons][:3] == ["东门", "西门", "广场"]
    one.says("2>3")
    assert "已记：西门 > 广场" in one.heard()[-1]
    two = world.people["代表2"]
    two.presses("广场")
    two.replies("3 1", "还差您一票")
    assert "已记：广场 > 东门" in two.heard()[-1]


def test_the_roll_call_tells_what_each_ballot_says(world: World) -> None:
    asked(world, f"多选 {GATES}")
    say_in_turn(world, "1 3", "2", "均不同意", "弃权")
    world.later(days=3)
    one = world.people["代表1"]
    one.says("唱票 议1")
    assert "代表1：东门、广场" in one.heard()[-1]
    assert "代表3：均不同意" in one.heard()[-1]


def test_of_several_who_share_an_entry_the_first_ballot_counts_and_the_second_is_told(
    any_world: World,
) -> None:
    world = any_world
    asked(world, f"单选 {GATES}", voters=7)
    joined(world, "代表1", "代表7")
    one, seven = world.people["代表1"], world.people["代表7"]
    seven.presses("西门", on="代表决议群")
    receipt = seven.told()[-1].partition("投票码 ")[2]
    one.presses("东门", on="代表决议群")
    assert "已经由同一户的另一位投了：西门" in one.told()[-1]
    assert receipt in one.told()[-1]
    one.says("表决 议1 东门")
    assert "没有改动" in one.heard()[-1]
    seven.presses("广场", on="代表决议群")
    assert "已记：广场" in seven.told()[-1]
    rows = world.rows("SELECT member_id, cast_by, choice FROM ballots")
    assert rows == [(one.id, seven.id, '{"picks": {"options": [3]}}')]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]
    one.says("我的票 议1")
    assert "广场" in one.heard()[-1]


def test_only_one_of_those_who_share_is_reminded_no_more_once_the_entry_has_its_ballot(world: World) -> None:
    asked(world, f"单选 {GATES}", voters=7)
    joined(world, "代表1", "代表7")
    world.people["代表1"].presses("东门", on="代表决议群")
    world.later(days=2, hours=1)
    assert not any("还差您一票" in said for said in world.people["代表7"].heard())
    assert any("还差您一票" in said for said in world.people["代表2"].heard())
