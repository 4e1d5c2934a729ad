import pytest

from storage.messages import Pressed
from tests.stories.voting import at_the_vote, town, vote
from tests.world import World


def test_a_topic_goes_to_the_vote_and_the_verdict_goes_back_to_the_residents(any_world: World) -> None:
    world = any_world
    town(world)
    world.people["网格员小王"].says("立项 1 请你来协商", to="网格员群")
    assert any("已立项 议1" in said for said in world.heard("网格员群"))
    assert any("议1" in said and "请你来协商" in said for said in world.heard("居民群"))
    world.people["文书小周"].says("议题", to="两委群")
    assert "确定协商议题" in world.last("两委群")
    world.people["文书小周"].says("进度 议1", to="两委群")


def test_the_card_says_rule_roll_deadline_and_turnout(world: World) -> None:
    at_the_vote(world)
    card = world.cards("代表决议群")[-1]
    assert card.text.startswith("🗳 表决 议1：3号楼2单元电梯老停，建议更换\n规则：应到 36 人，到会须达 24 人")
    assert "本社区议事规则第5条" in card.text
    assert "城市居民委员会组织法 29" in card.text
    assert "截止 11月5日（周四）09:00 · 可改投 · 记名" in card.text
    assert [button.label for button in card.buttons] == ["赞成", "反对", "弃权"]
    vote(world, yes=2)
    assert "已投 2 / 36" in world.cards("代表决议群")[-1].text


def test_a_passed_vote_goes_back_to_those_who_asked_and_the_case_moves_on(any_world: World) -> None:
    world = any_world
    at_the_vote(world)
    vote(world, yes=21, no=9, abstain=4)
    world.later(days=3)
    verdict = world.heard("代表决议群")[-1]
    assert "议1 通过" in verdict
    assert all(number in verdict for number in ("34", "24", "21", "18"))
    assert [said for said in world.heard("居民群") if "议1 通过" in said] == [verdict]
    assert "接下来：公开结果" in world.last("居民群")
    assert world.rows("SELECT outcome, state FROM polls") == [("passed", "closed")]
    assert world.rows("SELECT choice, COUNT(*) FROM ballots GROUP BY choice") == [
        ("abstain", 4),
        ("against", 9),
        ("for", 21),
    ]


def test_too_few_is_not_a_no(world: World) -> None:
    at_the_vote(world)
    vote(world, yes=22)
    world.later(days=3)
    assert "未成立" in world.last("代表决议群")
    assert world.rows("SELECT outcome FROM polls") == [("invalid_quorum",)]


def test_half_of_those_present_is_not_more_than_half(world: World) -> None:
    at_the_vote(world)
    vote(world, yes=12, no=12)
    world.later(days=3)
    assert world.rows("SELECT outcome FROM polls") == [("rejected",)]


def test_a_ballot_can_be_changed_until_the_close_and_counts_once(any_world: World) -> None:
    world = any_world
    at_the_vote(world)
    one = world.people["代表1"]
    one.presses("赞成", on="代表决议群")
    one.presses("反对", on="代表决议群")
    one.says("表决 议1 弃权")
    assert "已记：弃权" in one.heard()[-1]
    assert world.rows("SELECT choice FROM ballots") == [("abstain",)]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]
    world.later(days=3)
    one.says("表决 议1 赞成")
    assert "已于 11月5日（周四）09:00 截止" in one.heard()[-1]
    assert world.rows("SELECT choice FROM ballots") == [("abstain",)]


def test_a_number_is_as_good_as_a_button(world: World) -> None:
    at_the_vote(world)
    world.people["代表1"].says("2", to="代表决议群")
    world.people["代表2"].says("３", to="代表决议群")
    world.people["代表3"].says("7", to="代表决议群")
    assert world.last("代表决议群") == "没有这个选项。请回复 1 到 3。"
    assert world.rows("SELECT choice FROM ballots ORDER BY member_id") == [("against",), ("abstain",)]


def test_only_the_roll_votes_and_others_hear_why_not(world: World) -> None:
    at_the_vote(world)
    world.people["网格员小王"].presses("赞成", on="代表决议群")
    assert "您不在这份名册上" in world.people["网格员小王"].told()[-1]
    passer_by = world.stranger("路人")
    passer_by.presses("赞成", on="代表决议群")
    assert "还不认识您" in passer_by.told()[-1]
    late = world.member("新代表", "居民代表")
    late.presses("赞成", on="代表决议群")
    assert "您不在这份名册上" in late.told()[-1]
    assert world.rows("SELECT * FROM ballots") == []


@pytest.mark.parametrize(
    "press",
    ["poll.cast:99:for", "poll.cast:1:maybe", "poll.cast:x:for", "poll.cast", "poll.cast:1", "nothing:1", ""],
)
def test_a_forged_button_changes_nothing(world: World, press: str) -> None:
    at_the_vote(world)
    one = world.people["代表1"]
    world.arrive(world.groups["代表决议群"], Pressed(press, "x", "q1"), one.sender)
    assert one.told()[-1] == "这个按钮已失效。请看最新的那张卡片，或直接发一句话。"
    assert world.rows("SELECT * FROM ballots") == []


def test_only_those_who_have_not_voted_are_reminded_and_never_after_the_close(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=4)
    vote(world, yes=2)
    world.later(days=2, hours=1)
    assert ["还差您一票" in "".join(world.people[f"代表{n}"].heard()) for n in (1, 2, 3, 4)] == [
        False,
        False,
        True,
        True,
    ]
    world.people["代表3"].says("1")
    assert "已记：赞成" in world.people["代表3"].heard()[-1]
    world.later(days=5)
    reminded = [sum("还差您一票" in said for said in world.people[f"代表{n}"].heard()) for n in (1, 2, 3, 4)]
    assert reminded == [0, 0, 1, 2]  # the last call is for whoever is still silent


def test_no_reminder_comes_after_a_close_that_was_slept_through(world: World) -> None:
    at_the_vote(world, voters=4)
    world.asleep(days=4)
    assert all("还差您一票" not in "".join(world.people[f"代表{n}"].heard()) for n in (1, 2, 3, 4))
    assert world.rows("SELECT outcome FROM polls") == [("invalid_quorum",)]
