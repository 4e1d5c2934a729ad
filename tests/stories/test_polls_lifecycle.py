"""Announced, begun, changed, ended: each once, with its reason, and no reminder after a close."""

import random
from datetime import UTC, datetime

import pytest

from tests.stories.putting import BASIS, at_the_representatives, orders, poll_card, told
from tests.stories.voting import change, push, vote
from tests.world import World


def said_once(world: World, words: str, where: str) -> bool:
    return sum(words in said for said in world.heard(where)) == 1


def test_an_announced_poll_has_its_roll_frozen_and_begins_by_itself(any_world: World) -> None:
    world = any_world
    at_the_representatives(world, voters=4)
    said = orders(world, f"3天 {BASIS} 11月12日9:00起")
    assert "已预告：议1，11月12日（周四）09:00 开始" in said
    card = world.cards("代表决议群")[-1]
    assert "11月12日（周四）09:00 开始" in card.text
    assert not card.buttons
    late = world.member("新代表", "居民代表")
    world.people["代表1"].says("表决 议1 赞成")
    assert "开始" in world.people["代表1"].heard()[-1]
    assert world.rows("SELECT * FROM ballots") == []
    world.later(until=datetime(2026, 11, 12, 1, 0, tzinfo=UTC))
    assert [button.label for button in world.cards("代表决议群")[-1].buttons] == ["赞成", "反对", "弃权"]
    assert len([said for said in world.heard("代表决议群") if "议1" in said and "规则" in said]) == 2
    late.presses("赞成", on="代表决议群")
    assert "您不在这份名册上" in late.told()[-1]
    vote(world, yes=3)
    world.later(days=3)
    assert world.rows("SELECT state, outcome, roll FROM polls") == [("closed", "passed", 4)]


def test_an_announced_poll_slept_through_is_closed_and_never_asks(world: World) -> None:
    at_the_representatives(world)
    orders(world, f"3天 {BASIS} 11月12日9:00起")
    world.asleep(days=20)
    assert world.rows("SELECT state, outcome, open_at FROM polls") == [("closed", "invalid_quorum", None)]
    assert not any(card.buttons for card in world.cards("代表决议群"))


def test_an_announced_poll_can_be_extended_and_cancelled_before_it_begins(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    orders(world, f"3天 {BASIS} 11月12日9:00起")
    office = world.people["文书小周"]
    office.says("截止表决 议1", to="两委群")
    assert "还没开始" in told(world)
    office.says("延长表决 议1 2天 撞上考试", to="两委群")
    assert said_once(world, "延长到 11月17日（周二）09:00。理由：撞上考试", "代表决议群")
    office.says("取消表决 议1 方案要改", to="两委群")
    assert said_once(world, "取消。理由：方案要改", "代表决议群")
    world.later(days=30)
    assert world.rows("SELECT state, open_at FROM polls") == [("cancelled", None)]
    assert not any(card.buttons for card in world.cards("代表决议群"))
    orders(world, f"3天 {BASIS}")
    assert world.rows("SELECT state FROM polls ORDER BY id") == [("cancelled",), ("open",)]


def test_a_stage_left_takes_its_announced_poll_with_it(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    orders(world, f"3天 {BASIS} 11月12日9:00起")
    push(world, "send_back")
    assert world.rows("SELECT state, open_at, final_at FROM polls") == [("cancelled", None, None)]
    world.later(days=30)
    assert not any(card.buttons for card in world.cards("代表决议群"))


def test_an_early_close_needs_both_a_settled_outcome_and_a_rule_that_allows_it(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    orders(world, f"3天 {BASIS}")
    office = world.people["文书小周"]
    vote(world, yes=6)
    office.says("截止表决 议1", to="两委群")
    assert "没有写明可以提前结束" in told(world)
    assert world.rows("SELECT state FROM polls") == [("open",)]
    office.says("取消表决 议1 换个办法", to="两委群")
    orders(world, f"3天 {BASIS} 可提前结束 依据 本社区议事规则第7条")
    assert "可以提前截止（本社区议事规则第7条）" in world.cards("代表决议群")[-1].text
    vote(world, yes=3)
    office.says("截止表决 议1", to="两委群")
    assert "还有 3 人没投" in told(world)
    vote(world, yes=6)
    world.later(hours=1)
    office.says("截止表决 议1", to="两委群")
    assert world.rows("SELECT state, outcome FROM polls WHERE id = 2") == [("closed", "passed")]
    world.people["代表1"].says("表决 议1 反对")
    assert "已于 11月2日（周一）10:00 截止" in world.people["代表1"].heard()[-1]
    world.later(days=5)
    assert not any("还差您一票" in said for said in world.people["代表1"].heard())


def test_options_change_only_before_the_first_ballot_and_everybody_hears_it(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    orders(world, f"3天 单选 选项 东门；西门 {BASIS}")
    office = world.people["文书小周"]
    office.says("改选项 议1 东门；东门", to="两委群")
    assert "列了两次" in told(world)
    office.says("改选项 议1 东门；西门；北门", to="两委群")
    assert said_once(world, "现在：东门；西门；北门；均不同意", "代表决议群")
    assert "北门" in poll_card(world).text
    world.people["代表1"].presses("北门", on="代表决议群")
    office.says("改选项 议1 东门；西门", to="两委群")
    assert "已经有人投票，选项不能再改" in told(world)
    world.people["代表2"].says("改选项 议1 东门；西门", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")


def test_a_poll_without_options_has_none_to_change(world: World) -> None:
    at_the_representatives(world)
    orders(world, f"3天 {BASIS}")
    world.people["文书小周"].says("改选项 议1 东门；西门", to="两委群")
    assert "没有选项可改" in told(world)


def test_nothing_came_of_it_and_the_procedure_has_a_second_round(any_world: World) -> None:
    world = any_world
    at_the_representatives(world)
    orders(world, f"3天 {BASIS}")
    office = world.people["文书小周"]
    office.says("重新表决 议1 再来", to="两委群")
    assert "正在表决" in told(world)
    vote(world, yes=2)
    world.later(days=3)
    assert world.rows("SELECT outcome FROM polls") == [("invalid_quorum",)]
    world.people["代表1"].says("重新表决 议1 人不齐", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    office.presses("按原定办法", on="两委群")
    office.says("重新表决 议1", to="两委群")
    assert "请写上理由" in told(world)
    office.says("重新表决 议1 上次人不齐", to="两委群")
    assert said_once(
        world,
        "重新表决，11月5日（周四）09:00 开始，11月8日（周日）09:00 截止。理由：上次人不齐",
        "代表决议群",
    )
    assert world.rows("SELECT outcome, void, state FROM polls ORDER BY id") == [
        ("invalid_quorum", "", "closed"),
        ("", "", "open"),
    ]
    vote(world, yes=6)
    world.later(days=3)
    assert world.rows("SELECT outcome FROM polls ORDER BY id") == [("invalid_quorum",), ("passed",)]
    office.says("重新表决 议1 不满意", to="两委群")
    assert "不能重新表决" in told(world)


def all_vote(world: World) -> None:
    for number in (1, 2, 3):
        world.people[f"代表{number}"].says("表决 议1 赞成")


def reminded(world: World) -> list[tuple[str, int]]:
    """(once key, poll) of every reminder that was told."""
    keys = world.rows("SELECT once FROM outbox WHERE once LIKE 'poll:%:remind:%' AND state = 'sent'")
    return [(key, int(key.split(":")[1])) for (key,) in keys]


def over(world: World) -> set[int]:
    return {key for (key,) in world.rows("SELECT id FROM polls WHERE state != 'open'")}


def test_a_reminder_is_not_told_at_night_nor_after_an_early_close(world: World) -> None:
    at_the_representatives(world, voters=3)
    world.later(until=datetime(2026, 11, 2, 14, 30, tzinfo=UTC))
    orders(world, f"26小时 {BASIS} 可提前结束 依据 规则第7条")
    world.later(until=datetime(2026, 11, 2, 17, 0, tzinfo=UTC))
    assert world.rows("SELECT remind_at FROM polls WHERE remind_at LIKE '2026-11-02 23:00:00%'")
    all_vote(world)
    world.people["文书小周"].says("截止表决 议1", to="两委群")
    assert world.rows("SELECT state FROM polls") == [("closed",)]
    world.later(days=3)
    assert reminded(world) == []


def test_a_reminder_written_but_not_told_is_dropped_by_the_close(world: World) -> None:
    at_the_representatives(world, voters=3)
    orders(world, f"30小时 {BASIS}")
    world.later(hours=7)
    assert len(reminded(world)) == 3
    change(
        world,
        "UPDATE outbox SET state = 'waiting', not_before = '2026-11-04' WHERE once LIKE 'poll:1:remind:%'",
    )
    world.people["文书小周"].says("取消表决 议1 不办了", to="两委群")
    world.later(days=3)
    assert reminded(world) == []
    assert world.rows(
        "SELECT state, count(*) FROM outbox WHERE once LIKE 'poll:1:remind:%' GROUP BY state"
    ) == [("dropped", 3)]


@pytest.mark.parametrize("seed", range(8))
def test_no_reminder_comes_after_a_close_whatever_went_before(world: World, seed: int) -> None:
    """Extend, end, cancel, put again, repeat, vote, wait, in any order: no poll that is over reminds anybody."""
    chance = random.Random(seed)
    at_the_representatives(world, voters=3)
    office = world.people["文书小周"]
    orders(world, f"30小时 {BASIS} 可提前结束 依据 规则第7条")
    for _ in range(14):
        ended, before = over(world), reminded(world)
        match chance.randrange(8):
            case 0:
                office.says(f"延长表决 议1 {chance.randrange(1, 30)}小时 等一等", to="两委群")
            case 1:
                all_vote(world)
                office.says("截止表决 议1", to="两委群")
            case 2:
                office.says("取消表决 议1 算了", to="两委群")
            case 3:
                orders(world, f"{chance.randrange(20, 40)}小时 {BASIS} 可提前结束 依据 规则第7条")
            case 4:
                office.says("重新表决 议1 再来一次", to="两委群")
            case 5:
                world.people["代表1"].says("表决 议1 赞成")
            case _:
                world.later(hours=chance.randrange(4, 30))
        assert {poll for key, poll in set(reminded(world)) - set(before)}.isdisjoint(ended)
    assert not world.parked()


def test_the_random_lives_of_polls_do_remind(world: World) -> None:
    at_the_representatives(world, voters=3)
    orders(world, f"30小时 {BASIS}")
    world.later(days=2)
    assert len(reminded(world)) == 6
