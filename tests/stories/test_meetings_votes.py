import json

from bot.recount.published import recount
from bot.recount.reading import Node
from handlers.polls.counting import publish
from handlers.polls.published import exported
from storage import polls
from storage.database import Transaction
from tests.stories.afterwards import issue_in, reaches, stage_of, topic_of
from tests.stories.gatherings import (
    before_members_and_representatives,
    before_the_representatives,
    community,
)
from tests.stories.sitting import EVENING, minutes, room, shown_code, sitting, waiting
from tests.world import World


def vote(world: World, yes: int, no: int = 0, abstain: int = 0) -> None:
    labels = ["赞成"] * yes + ["反对"] * no + ["弃权"] * abstain
    for number, label in enumerate(labels, start=1):
        world.people[f"代表{number}"].presses(label, on="代表决议群")


def outcome(world: World) -> list[tuple[object, ...]]:
    return world.rows("SELECT state, outcome FROM polls ORDER BY id")


def file_of(world: World) -> dict[str, object]:
    async def job(tx: Transaction) -> str:
        poll = await polls.get(tx, 1)
        return exported(poll, await publish(tx, poll))

    found: dict[str, object] = json.loads(world.run(world.app.database.read(job)))
    return found


def test_a_vote_in_the_room_settles_its_item_and_moves_the_case(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    secretary.says("付表决 议1 10分钟")
    assert "表决前核对：应到 6，实到 5。达标（须 4）" in secretary.heard()[-1]
    vote(world, yes=3, no=1, abstain=1)
    minutes(world, 11)
    assert outcome(world) == [("closed", "passed")]
    assert stage_of(world, 1)[0] == "publish"
    rows = world.rows("SELECT outcome, note FROM agenda")
    assert rows[0][0] == "passed"
    assert "赞成 3" in str(rows[0][1])
    assert "会场表决有结果了" in secretary.heard()[-1]
    assert "散会请发：散会 会1" in secretary.heard()[-1]
    assert world.rows("SELECT state FROM meetings") == [("called",)]
    secretary.says("散会 会1")
    assert world.rows("SELECT state FROM meetings") == [("held",)]
    decided = world.rows("SELECT count(*) FROM journal WHERE event IN ('ItemDecided', 'StageDecided')")
    assert decided == [(2,)]


def test_without_a_quorum_nothing_is_put_to_the_vote(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=3)
    secretary.says("付表决 议1")
    assert "议1 不能表决：人数不足。应到 6，实到 3。须 4 人，还差 1 人" in secretary.heard()[-1]
    assert outcome(world) == []
    secretary.says("到会 会1 代表4")
    secretary.says("付表决 议1")
    assert outcome(world) == [("open", "")]


def test_only_those_who_are_there_vote_and_who_comes_late_still_can(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=4)
    late = world.people["代表5"]
    secretary.says("付表决 议1 10分钟")
    late.presses("赞成", on="代表决议群")
    assert "请先签到" in late.told()[-1]
    late.says(f"签到 {shown_code(world, secretary)}")
    late.presses("赞成", on="代表决议群")
    assert late.told()[-1].startswith("已记：赞成")
    secretary.says("离会 会1 代表4")
    world.people["代表4"].presses("反对", on="代表决议群")
    assert "请先签到" in world.people["代表4"].told()[-1]
    assert world.rows("SELECT member_id FROM ballots") == [(late.id,)]


def test_whoever_sits_there_and_casts_nothing_stands_in_the_base(any_world: World) -> None:
    """Two of five: more than half of the ballots, not of those present."""
    world = any_world
    secretary = sitting(world, present=5)
    secretary.says("付表决 议1 10分钟")
    vote(world, yes=2, no=1)
    minutes(world, 11)
    assert outcome(world) == [("closed", "rejected")]
    told = [said for said in world.heard("代表决议群") if "未通过" in said][-1]
    assert "到会 5 ≥ 4" in told
    assert "赞成 2，到会过半须 3 ✘   反对 1   弃权 0   未投 2" in told


def test_the_published_list_counts_the_silent_as_the_room_did(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    secretary.says("付表决 议1 10分钟")
    vote(world, yes=2, no=1)
    minutes(world, 11)
    file = file_of(world)
    found = recount(Node(file, ""))
    assert found.differences == ()
    announced = file["announced"]
    assert isinstance(announced, dict)
    assert len(announced["idle"]) == 2
    silent = dict(announced)
    silent["idle"] = announced["idle"][:1]
    assert recount(Node({**file, "announced": silent}, "")).differences


def test_a_secret_vote_in_the_room_counts_heads_and_tells_no_names(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, representatives=9, present=8)
    secretary.says("付表决 议1 10分钟 无记名")
    vote(world, yes=5, no=1)
    minutes(world, 11)
    assert outcome(world) == [("closed", "passed")]
    file = file_of(world)
    assert recount(Node(file, "")).differences == ()
    assert file["announced"]["idle"] == 2  # type: ignore[index]


def test_the_chair_ends_a_vote_when_everybody_has_voted_or_was_asked_again(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=4)
    secretary.says("付表决 议1 30分钟")
    vote(world, yes=3)
    secretary.says("停止表决 会1 议1")
    assert "在场还有 1 人没投" in secretary.heard()[-1]
    assert outcome(world) == [("open", "")]
    secretary.says("散会 会1")
    assert "议1 正在表决，先等它结束" in secretary.heard()[-1]
    world.people["代表4"].presses("反对", on="代表决议群")
    secretary.says("停止表决 会1 议1")
    assert outcome(world) == [("closed", "passed")]
    assert stage_of(world, 1)[0] == "publish"
    secretary.says("停止表决 会1 议1")
    assert "现在没有在会场表决" in secretary.heard()[-1]


def test_nothing_outside_the_agenda_and_nothing_twice_is_voted_on(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    before_members_and_representatives(world)
    secretary.says("付表决 议2")
    assert "议2 不在 会1 的议程上，不能议，更不能表决。议程是：议1" in secretary.heard()[-1]
    secretary.says("付表决 议1 两小时")
    assert "请这样发：付表决 议7 10分钟" in secretary.heard()[-1]
    secretary.says("付表决 议1 999分钟")
    assert "1 到 180 分钟" in secretary.heard()[-1]
    secretary.says("付表决 议1 10分钟")
    secretary.says("付表决 议1 10分钟")
    assert "还没结束" in secretary.heard()[-1]
    world.people["代表1"].says("付表决 议1 10分钟")
    assert world.people["代表1"].heard()[-1].startswith("这一步由")
    assert len(outcome(world)) == 1


def test_what_is_only_talked_about_is_not_voted_on(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_members_and_representatives(world, "广场舞时间")
    secretary.says("开会 居民代表会议 明天9:00 议事厅 议题 1 紧急理由 台风明晚到", to="两委群")
    world.later(days=1)
    secretary.says("开始 会1")
    secretary.says("到会 会1 全部")
    secretary.says("付表决 议1")
    assert secretary.heard()[-1] == "议1 这个会只能谈，不能表决。"


def test_a_stage_that_names_no_numbers_asks_for_more_than_half_of_those_present(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_members_and_representatives(world)
    secretary.says("开会 党员群众代表会 明天9:00 议事厅", to="两委群")
    world.later(days=1)
    secretary.says("开始 会1")
    secretary.says("付表决 议1")
    assert "还差 1 人" in secretary.heard()[-1]
    secretary.says("到会 会1 全部")
    secretary.says("付表决 议1 5分钟")
    vote(world, yes=2, no=1)
    minutes(world, 6)
    assert outcome(world) == [("closed", "rejected")]


def test_a_stage_for_talk_alone_takes_no_vote(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    topic = topic_of(world, "楼道堆物", "", issue_in(world, "楼道堆物", world.people["代表1"]))
    reaches(world, topic, "stairwell_council", "talk")
    secretary.says("开会 楼门议事会 明天9:00 一楼 议题 1 紧急理由 消防要来查", to="两委群")
    world.later(days=1)
    secretary.says("开始 会1")
    secretary.says("到会 会1 全部")
    secretary.says("付表决 议1")
    assert "“讨论”只协商、不表决" in secretary.heard()[-1]
    assert outcome(world) == []


def test_without_a_group_those_who_are_there_are_asked_alone(any_world: World) -> None:
    world = any_world
    world.group("居民群")
    world.group("两委群")
    for number in range(1, 5):
        world.member(f"代表{number}", "居民代表")
    secretary = world.member("小周", "文书")
    before_the_representatives(world)
    secretary.says("开会 居民代表会议 11月14日19:00 议事厅 议题 1", to="两委群")
    world.later(until=EVENING)
    secretary.says("开始 会1")
    secretary.says("到会 会1 代表1 代表2 代表3")
    secretary.says("付表决 议1 10分钟")
    for number in (1, 2):
        world.people[f"代表{number}"].presses("赞成")
    late = world.people["代表4"]
    assert not any("🗳" in said for said in late.heard())
    late.says(f"签到 {shown_code(world, secretary)}")
    late.presses("赞成")
    minutes(world, 11)
    assert outcome(world) == [("closed", "passed")]
    assert len([said for said in late.heard() if "通过" in said and "🗳 议1" in said]) == 1


def test_a_count_by_hand_is_held_to_the_list(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    secretary.says("结果 会1 议1 通过 到会6 赞成4 反对2 弃权0")
    assert "签到名单上是 5 人，您写到会 6 人，对不上" in secretary.heard()[-1]
    assert stage_of(world, 1)[0] == "reps"
    minutes(world, 1)
    secretary.says("离会 会1 代表5")
    secretary.says("结果 会1 议1 通过 赞成3 反对1 弃权0")
    assert "到会 4 ≥ 4" in secretary.heard()[-1]
    assert stage_of(world, 1)[0] == "publish"


def test_a_count_taken_before_somebody_left_still_fits_the_list(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    minutes(world, 5)
    secretary.says("离会 会1 代表5 代表4")
    assert "人数不足，不能表决" in secretary.heard()[-1]
    secretary.says("结果 会1 议1 通过 到会5 赞成3 反对2 弃权0")
    assert stage_of(world, 1)[0] == "publish"


def test_a_vote_late_at_night_is_put_at_once(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    world.later(hours=3, minutes=10)
    secretary.says("付表决 议1 5分钟")
    assert any("🗳" in card.text for card in world.cards("代表决议群"))
    vote(world, yes=5)
    minutes(world, 6)
    assert outcome(world) == [("closed", "passed")]
    assert "议程都有结果了" in room(world, secretary)


def test_a_vote_of_a_meeting_is_repeated_at_a_meeting_alone(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=4)
    secretary.says("付表决 议1 5分钟")
    secretary.says("离会 会1 代表4")
    minutes(world, 6)
    assert outcome(world) == [("closed", "invalid_quorum")]
    secretary.says("重新表决 议1 1天 再来")
    assert "是在会上表决的" in secretary.heard()[-1]


def test_an_open_vote_lapses_when_the_outcome_is_entered_by_hand(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    secretary.says("付表决 议1 30分钟")
    secretary.says("结果 会1 议1 通过 赞成4 反对1 弃权0")
    assert outcome(world) == [("cancelled", "")]
    assert stage_of(world, 1)[0] == "publish"


def test_nothing_happens_in_a_room_that_was_not_opened(any_world: World) -> None:
    world = any_world
    secretary = waiting(world)
    for words in ("付表决 议1", "停止表决 议1", "进入 议1", "举手", "记 张三：路灯太暗", "散会"):
        secretary.says(words)
        assert "没有正在开的会" in secretary.heard()[-1], words
    assert outcome(world) == []
