from tests.stories.afterwards import issue_in, reaches, stage_of, topic_of
from tests.stories.gatherings import before_members_and_representatives, called, community
from tests.stories.sitting import attendances, minutes, room, sitting, waiting
from tests.world import World


def speeches(world: World) -> list[tuple[object, ...]]:
    return world.rows("SELECT position, kind, speaker, member_id, text FROM speeches ORDER BY id")


def test_the_rules_are_read_out_and_the_chair_sees_how_the_meeting_stands(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    said = [one for one in world.heard("代表决议群") if "现在开会，请签到" in one]
    assert len(said) == 1
    assert "② 对着主持人说，一次一件事，不跑题" in said[0]
    assert room(world, secretary).splitlines() == [
        "🏛 会1 居民代表会议",
        "应到 6，实到 0。",
        "⚠️ 不足（须 4，还差 4 人），不能表决。",
        "现在议：议1 更换电梯",
    ]
    secretary.says("到会 会1 代表1 代表2 代表3 代表4")
    assert "应到 6，实到 4。\n达标（须 4）。" in room(world, secretary)
    secretary.says("开始 会1")
    assert "会1 已经开始了" in secretary.heard()[-1]


def test_a_meeting_is_opened_by_its_hosts_and_not_long_before_its_time(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    secretary.says("开始 会1")
    assert "开会前一小时起" in secretary.heard()[-1]
    world.later(until=world.clock.now().replace(day=14, hour=10, minute=30))
    world.people["代表1"].says("开始 会1")
    assert world.people["代表1"].heard()[-1].startswith("这一步由")
    assert world.rows("SELECT begun_at FROM meetings") == [(None,)]
    secretary.says("开始 会1", to="两委群")
    assert world.rows("SELECT count(*) FROM meetings WHERE begun_at IS NOT NULL") == [(1,)]


def test_where_the_chair_never_comes_somebody_of_the_office_opens(any_world: World) -> None:
    world = any_world
    waiting(world)
    other = world.member("书记老陈", "书记")
    minutes(world, 20)
    other.says("开始 会1")
    assert world.last(other).startswith("🏛 会1")


def test_when_too_few_are_left_the_hosts_are_warned_once(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=4)
    one = world.people["代表1"]
    before = len(secretary.heard())
    one.says("离会")
    assert "会1 记离会 1 人" in one.heard()[-1]
    warned = [said for said in secretary.heard()[before:] if "人数不足，不能表决" in said]
    assert len(warned) == 1
    assert "实到 3。还差 1 人" in warned[0]
    world.people["代表2"].says("离会")
    assert len([said for said in secretary.heard()[before:] if "人数不足，不能表决" in said]) == 1
    assert [row[3] for row in attendances(world)] == [1, 1, 0, 0]


def test_hands_are_called_in_their_order_and_the_chair_hears_when_time_is_up(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=3)
    one, two, absent = (world.people[f"代表{number}"] for number in (1, 2, 5))
    one.says("举手")
    assert one.heard()[-1].startswith("已举手，前面还有 0 位")
    two.says("举手")
    absent.says("举手")
    assert "请先签到 会1" in absent.heard()[-1]
    one.says("举手")
    assert "您已经举手了" in one.heard()[-1]
    assert "等着发言（2 人）：代表1、代表2" in room(world, secretary)
    secretary.says("请 代表2 3分钟")
    assert "正在发言：代表2（到 19:03）" in room(world, secretary)
    assert "轮到您发言了（3 分钟）" in two.heard()[-1]
    before = len(secretary.heard())
    minutes(world, 4)
    assert [said for said in secretary.heard()[before:] if "时间到了" in said] == ["⏰ 代表2 的时间到了。"]
    secretary.presses("下一位")
    assert "正在发言：代表1" in room(world, secretary)
    assert "等着发言" not in room(world, secretary)
    secretary.presses("下一位")
    assert "没有人等着发言" in secretary.told()[-1]
    one.says("放下")
    assert "正在发言" not in room(world, secretary)


def test_nothing_of_hands_is_shown_where_nobody_uses_them(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=4)
    minutes(world, 60)
    assert "发言" not in room(world, secretary)
    assert not any("时间到" in said for said in secretary.heard())


def test_what_is_said_belongs_to_the_item_the_meeting_is_at(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_members_and_representatives(world, "广场舞时间")
    before_members_and_representatives(world, "小广场停车")
    secretary.says("开会 党员群众代表会 明天9:00 议事厅 议题 1,2", to="两委群")
    world.later(days=1)
    secretary.says("开始 会1")
    secretary.says("到会 会1 代表1 代表2")
    one = world.people["代表1"]
    secretary.says("记 代表1：路灯太暗")
    secretary.says("进入 议2")
    assert "进入 议2 小广场停车" in secretary.heard()[-1]
    secretary.says("记 王科长: 派出所可以配合")
    one.says("动议 先画线再收费")
    secretary.says("修正案 代表2：先画线，年底再收费")
    secretary.says("保留意见 议1 代表2：九点太晚")
    assert speeches(world) == [
        (1, "remark", "代表1", one.id, "路灯太暗"),
        (2, "remark", "王科长", None, "派出所可以配合"),
        (2, "motion", "代表1", one.id, "先画线再收费"),
        (2, "amendment", "代表2", world.people["代表2"].id, "先画线，年底再收费"),
        (1, "dissent", "代表2", world.people["代表2"].id, "九点太晚"),
    ]
    one.says("记 代表2：我替他说")
    assert one.heard()[-1].startswith("这一步由")
    world.people["代表3"].says("动议 我没来也想说")
    assert "请先签到" in world.people["代表3"].heard()[-1]
    assert len(speeches(world)) == 5


def test_plain_talk_that_begins_with_our_words_is_left_alone(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=4)
    before = world.heard("两委群")
    for talk in (
        "开始吧", "开始 吧", "散会 了吗", "请 大家安静", "记 一下这个", "举手 的人呢", "到会 的人不少",
        "动议 是什么", "进入 冬天了", "会场 在哪", "离会 的先走", "列席 的坐后面", "交办 什么",
    ):  # fmt: skip
        secretary.says(talk, to="两委群")
    assert world.heard("两委群") == before


def test_a_postponed_item_waits_for_the_next_meeting_of_the_body(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    secretary.says("缓议 会1 议1")
    assert "请写明推到哪天或为什么" in secretary.heard()[-1]
    secretary.says("缓议 会1 议1 12月5日 等报价")
    assert "缓议，12月5日（周六）再议。等报价" in secretary.heard()[-1]
    assert stage_of(world, 1)[:2] == ("reps", "running")
    secretary.says("付表决 议1")
    assert "议1 已经有结果了" in secretary.heard()[-1]
    secretary.says("散会 会1")
    assert world.rows("SELECT state FROM meetings") == [("held",)]
    secretary.says("开会 居民代表会议 12月5日19:00 议事厅")
    assert "议1" in secretary.heard()[-1]
    assert world.rows("SELECT meeting_id FROM agenda WHERE topic_id = 1 ORDER BY 1") == [(1,), (2,)]


def test_what_is_referred_to_somebody_becomes_their_task(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    for words in ("交办 议1 代表2", "交办 代表2 12月1日 查明费用", "交办 议1 代表2 查明费用"):
        secretary.says(words)
        assert "请写明哪件事、交给谁" in secretary.heard()[-1], words
    secretary.says("交办 议1 代表2 12月1日 查明费用")
    assert "代表2，12月1日（周二）前，查明费用。已列为任务" in secretary.heard()[-1]
    found = world.rows("SELECT title, owner_id, due_on FROM tasks")
    assert found == [("查明费用", world.people["代表2"].id, "2026-12-01")]
    assert stage_of(world, 1)[:2] == ("reps", "running")
    assert not any("代表2" in said for said in world.heard("代表决议群"))


def test_a_meeting_that_ends_with_open_items_still_has_them_to_enter(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=5)
    world.people["代表1"].says("散会")
    assert world.people["代表1"].heard()[-1].startswith("这一步由")
    secretary.says("散会 会1")
    assert secretary.heard()[-1] == "会1 散会。在场 5 人，签到已截止。\n还没记结果的：议1。"
    assert world.rows("SELECT state FROM meetings") == [("called",)]
    secretary.says("散会 会1")
    assert secretary.heard()[-1] == "会1 已经散会。"
    secretary.says("结果 会1 议1 通过 赞成4 反对1")
    assert "会1 的结果都记下了" in secretary.heard()[-1]
    assert world.rows("SELECT state FROM meetings") == [("held",)]


def test_the_chair_and_recorder_named_are_hosts_without_being_of_the_office(any_world: World) -> None:
    world = any_world
    waiting(world, extra=" 主持 代表1 记录 代表2")
    one, two = world.people["代表1"], world.people["代表2"]
    assert world.rows("SELECT chair_id, recorder_id FROM meetings") == [(one.id, two.id)]
    one.says("开始 会1")
    assert world.last(one).startswith("🏛 会1")
    assert world.last(two).startswith("🏛 会1")
    two.says("到会 会1 全部")
    two.says("记 代表3：早该换了")
    one.says("结果 会1 议1 通过 赞成5 反对1")
    assert stage_of(world, 1)[0] == "publish"
    assert len(speeches(world)) == 1


def test_what_is_not_settled_goes_up_with_its_history(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    world.group("专题群")
    neighbours = [world.member(f"邻居{number}", "居民") for number in (1, 2, 3)]
    issue = issue_in(world, "楼道堆物", neighbours[0], (neighbours[1], neighbours[2]))
    topic = topic_of(world, "楼道堆物", "", issue)
    reaches(world, topic, "stairwell_council", "talk")
    secretary.says("开会 楼门议事会 明天19:00 一楼 议题 1 紧急理由 消防要来查", to="两委群")
    world.later(hours=34)
    secretary.says("开始 会1")
    secretary.says("到会 会1 邻居1 邻居2")
    secretary.says("记 邻居1：三楼的柜子挡路")
    secretary.says("保留意见 邻居2：不能一刀切")
    secretary.says("结果 会1 议1 提交上级")
    told = [said for said in world.heard("居民群") if "上交居民议事会" in said]
    assert "会1 应到 3，实到 2，发言 1 条，保留意见 1 条" in told[-1]
    assert stage_of(world, topic)[1] != "ended"
    secretary.says("经过 议1", to="两委群")
    shown = world.last("两委群")
    assert "会1 楼门议事会：上报" in shown
    assert "· 邻居1：三楼的柜子挡路" in shown
    assert "· 邻居2保留意见：不能一刀切" in shown
    neighbours[0].says("经过 议1")
    assert "这一步由" in neighbours[0].heard()[-1]
    for group in ("居民群", "专题群"):
        assert not any("柜子" in said or "一刀切" in said for said in world.heard(group))


def test_the_body_it_comes_to_next_hears_what_went_before(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=2)
    secretary.says("结果 会1 议1 未达人数 到会2")
    secretary.presses("按原定办法", on="两委群")
    told = [said for said in world.heard("两委群") if "等居民代表会议来定" in said][-1]
    assert "会1 居民代表会议：到会不足" in told
    assert "会1 应到 6，实到 2" in told
