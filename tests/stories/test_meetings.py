from tests.stories.afterwards import stage_of
from tests.stories.gatherings import (
    before_members_and_representatives,
    before_the_representatives,
    called,
    community,
)
from tests.world import World

OTHER = "枫林里社区"


def test_a_topic_that_waits_is_told_to_the_office_once_with_the_words_to_call_the_meeting(
    any_world: World,
) -> None:
    world = any_world
    community(world)
    before_the_representatives(world)
    told = [said for said in world.heard("两委群") if "等居民代表会议来定" in said]
    assert len(told) == 1
    assert "最早 11月13日（周五）" in told[0]
    words = told[0].splitlines()[1].removeprefix("叫会请发：")
    world.people["小周"].says(words, to="两委群")
    assert any("已通知 会1，应到 4 人" in said for said in world.heard("两委群"))


def test_the_group_and_each_member_hear_of_a_meeting_once(any_world: World) -> None:
    world = any_world
    called(world)
    card = world.cards("代表决议群")[-1]
    assert card.text.splitlines() == [
        "📅 会1 居民代表会议 · 11月14日（周六）19:00 · 议事厅",
        "1. 议1 更换电梯",
        "已回 0 / 4（参加 0，请假 0），到会须 3，还差 3 人",
    ]
    assert [button.label for button in card.buttons] == ["参加", "请假"]
    for number in (1, 2, 3):
        heard = world.people[f"代表{number}"].heard()
        assert len([said for said in heard if "会1 居民代表会议" in said]) == 1
        assert "已回" not in heard[-1]
    assert world.people["代表4"].heard() == []
    assert len([said for said in world.heard("代表决议群") if "会1" in said]) == 1
    assert not any("会1" in said for said in world.heard("居民群"))
    assert "1 人没有私聊，只能在群里看到" in world.last("两委群")


def test_answers_are_one_tap_and_can_be_changed_until_the_meeting_begins(any_world: World) -> None:
    world = any_world
    called(world)
    one, two, three = (world.people[f"代表{number}"] for number in (1, 2, 3))
    one.presses("参加", on="代表决议群")
    two.presses("请假")
    two.says("2")
    three.says("请假 会1 生病")
    assert "已回 3 / 4（参加 1，请假 2）" in world.cards("代表决议群")[-1].text
    assert two.heard()[-1] == "已记：会1 请假，不在本地。开会前可改。"
    three.says("参加")
    one.presses("请假", on="代表决议群")
    assert "愿意的话说个理由" in one.heard()[-1]
    one.replies("孙子开家长会", "愿意的话说个理由")
    rows = world.rows("SELECT reply, reason FROM invitations ORDER BY member_id")
    assert rows == [("leave", "孙子开家长会"), ("leave", "不在本地"), ("coming", ""), ("none", "")]
    assert "已回 3 / 4（参加 1，请假 2）" in world.cards("代表决议群")[-1].text
    assert not any("孙子" in said or "不在本地" in said for said in world.heard("代表决议群"))


def test_who_is_not_called_is_told_why_and_counts_nowhere(any_world: World) -> None:
    world = any_world
    called(world)
    resident = world.member("居民老李", "居民")
    resident.presses("参加", on="代表决议群")
    assert "您不在应到名单上。您可以列席" in resident.told()[-1]
    stranger = world.stranger("过客")
    stranger.presses("参加", on="代表决议群")
    assert "您不在应到名单上" in stranger.told()[-1]
    assert world.rows("SELECT count(*) FROM invitations WHERE reply != 'none'") == [(0,)]
    assert world.rows("SELECT count(*) FROM invitations") == [(4,)]


def test_without_an_agenda_everything_that_waits_for_the_body_is_taken(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_members_and_representatives(world, "广场舞时间")
    before_the_representatives(world, "更换电梯")
    before_members_and_representatives(world, "小广场停车")
    secretary.says("开会 党员群众代表会 明天19:00 议事厅", to="两委群")
    assert "把在等这个会的都排上了：议1、议3" in world.last("两委群")
    assert world.cards("代表决议群")[-1].text.splitlines()[1:3] == ["1. 议1 广场舞时间", "2. 议3 小广场停车"]
    secretary.says("开会 党员群众代表会 后天19:00 议事厅", to="两委群")
    assert "没有议题在等这个会，议程待定" in world.last("两委群")


def test_a_topic_that_waits_for_somebody_else_can_be_talked_about_but_moves_no_case(
    any_world: World,
) -> None:
    world = any_world
    secretary = community(world)
    waits_here = before_members_and_representatives(world)
    waits_there = before_the_representatives(world)
    secretary.says("开会 党员群众代表会 明天19:00 议事厅 议题 1,2", to="两委群")
    assert "议2 不在等党员群众代表会来定，可以谈，不能定" in world.last("两委群")
    world.later(days=2)
    secretary.says("结果 会1 议2 大家都支持换", to="两委群")
    assert "程序不动" in world.last("两委群")
    assert "讨论了，没有表决。大家都支持换" in world.last("代表决议群")
    assert stage_of(world, waits_there)[:2] == ("reps", "running")
    secretary.says("结果 会1 议1 通过", to="两委群")
    assert stage_of(world, waits_here)[0] == "implement"
    assert world.rows("SELECT state FROM meetings") == [("held",)]


def test_too_short_a_notice_needs_a_reason_that_everybody_sees(any_world: World) -> None:
    world = any_world
    secretary = called(world, when="11月12日19:00")
    assert "“居民代表会议”要提前通知 10 天" in world.last("两委群")
    assert "最早 11月13日（周五）。" in world.last("两委群")
    assert world.rows("SELECT count(*) FROM meetings") == [(0,)]
    secretary.says(
        "开会 居民代表会议 11月12日19:00 议事厅 议题 1 紧急理由 电梯井进水，随时可能停", to="两委群"
    )
    assert "⚠️ 紧急召开：电梯井进水，随时可能停" in world.last("代表决议群")
    assert "⚠️ 紧急召开：电梯井进水，随时可能停" in world.people["代表1"].heard()[-1]


def test_notice_is_counted_from_the_call_and_not_from_the_stage(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_the_representatives(world)
    world.later(days=9)
    secretary.says("开会 居民代表会议 11月14日19:00 议事厅 议题 1", to="两委群")
    assert "最早 11月24日" in world.last("两委群")


def test_only_the_office_calls_moves_cancels_and_enters_outcomes(any_world: World) -> None:
    world = any_world
    called(world)
    resident, delegate = world.member("居民老李", "居民"), world.people["代表1"]
    for words in (
        "开会 居民代表会议 11月20日19:00 议事厅 议题 1",
        "改期 会1 11月20日19:00",
        "取消 会1 不想开",
        "结果 会1 议1 通过 到会4 赞成4 反对0",
    ):
        for person in (resident, delegate):
            person.says(words)
            assert person.heard()[-1].startswith("这一步由文书、居（村）委、书记来做")
    assert world.rows("SELECT state, starts_at FROM meetings") == [("called", "2026-11-14 11:00:00.000000")]


def test_wrong_dates_names_and_numbers_are_answered_and_write_nothing(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_the_representatives(world)
    for words, says in (
        ("开会 居民代表会议 11月1日8:00 议事厅 议题 1", "“居民代表会议”"),  # the next such day, in a year
        ("开会 居民代表会议 昨天19:00 议事厅 议题 1", "2026年11月1日（周日）19:00 已经过去了"),
        ("开会 居民代表会议 2026-11-01 19:00 议事厅 议题 1", "已经过去了"),
        ("开会 居民代表会议 2月30日19:00 议事厅 议题 1", "没有“2月30日”这一天"),
        ("开会 居民代表会议 11月28日周五19:00 议事厅 议题 1", "11月28日（周六）不是周五"),
        ("开会 茶话会 11月28日19:00 议事厅 议题 1", "不知道“茶话会”是哪个会"),
        ("开会 居民代表会议 11月28日19:00 议事厅 议题 9", "没有找到 议9。最近的是 议1"),
        ("开会 两委会 11月28日19:00 二楼 议题 1", "名册上还没有两委的人"),
        ("开会 居民代表会议 11月28日19:00 议事厅 议题 电梯", "议题请写编号"),
        ("改期 会3 11月28日19:00", "没有找到 会3"),
        ("取消 表决1 不办了", "请写明取消哪个会和理由"),
        ("会议 7", "没有找到 会7"),
    ):
        before = world.rows("SELECT count(*) FROM meetings")
        secretary.says(words, to="两委群")
        if "11月1日8:00" in words:
            assert "请核对年份：2027年11月1日（周一）08:00" in world.last("两委群")
            secretary.says("取消 会1 写错了", to="两委群")
            continue
        assert says in world.last("两委群"), words
        assert world.rows("SELECT count(*) FROM meetings") == before
    assert world.rows("SELECT count(*) FROM inbox WHERE state = 'parked'") == [(0,)]


def test_the_same_call_typed_again_is_no_second_meeting(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_members_and_representatives(world)
    for _ in range(2):
        secretary.says("开会 党员群众代表会 明天19:00 议事厅", to="两委群")
    assert "这个会已经叫过了，是 会1" in world.last("两委群")
    assert world.rows("SELECT count(*) FROM meetings") == [(1,)]


def test_a_button_of_another_community_and_forged_ones_do_nothing(any_world: World) -> None:
    from storage.messages import Pressed

    world = any_world
    called(world)
    world.group("居民群@枫林里", OTHER)
    other = world.stranger("外社区居民")
    other.says("/start nothing")
    for press in (
        "meeting.coming:1",
        "meeting.leave:1",
        "meeting.coming:99",
        "meeting.coming:",
        "meeting.coming",
        "meeting.coming:一",
        "meeting.coming:²",
        "meeting.coming:99999999999999999999",
        "meeting.reason:1:ill",
        "meeting.reason:1:whatever",
    ):
        world.arrive(world.groups["枫林里"], Pressed(press, "m1", f"q{press}"), other.sender)
        assert other.told()[-1] == "这个按钮已失效。请看最新的那张卡片，或直接发一句话。", press
    assert world.rows("SELECT count(*) FROM invitations WHERE reply != 'none'") == [(0,)]
    assert world.rows("SELECT count(*) FROM inbox WHERE state = 'parked'") == [(0,)]


def test_coming_meetings_are_listed_and_shown(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    before_the_representatives(world, "小广场停车")
    world.people["代表1"].says("请假 生病")
    world.people["代表2"].says("会议")
    assert "会1 居民代表会议 · 11月14日（周六）19:00 · 议事厅（议1）" in world.people["代表2"].heard()[-1]
    assert "议2" not in world.people["代表2"].heard()[-1]
    secretary.says("会议", to="两委群")
    assert "还没有叫会的议题：议2（居民代表会议）" in world.last("两委群")
    secretary.says("会议 1")
    assert "请假：代表1（生病）" in secretary.heard()[-1]
    world.people["代表2"].says("会议 1")
    assert "生病" not in world.people["代表2"].heard()[-1]


def test_plain_talk_that_begins_with_our_words_is_left_alone(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    before = world.heard("两委群")
    for talk in ("开会，大家快来", "结果，他没来", "取消吧", "会议 先这样", "改期 再说", "参加 的人呢"):
        secretary.says(talk, to="两委群")
    assert world.heard("两委群") == before
