from datetime import UTC, datetime

from handlers.events import StageLeft
from storage.messages import Pressed
from tests.stories.afterwards import happens, issue_in, outcomes_of, reaches, stage_of, topic_of
from tests.world import World

PROCEDURE, STAGE = "four_deliberations_two_publications", "publish_decision"


def town(world: World) -> int:
    """A topic whose decision is to be published; its id."""
    world.group("居民群")
    world.group("公示群")
    world.group("两委群")
    world.group("网格员群")
    world.member("文书小周", "文书")
    world.member("书记老李", "书记")
    world.member("监督员老钱", "监督委员")
    zhang = world.member("张三", "居民")
    world.member("王五", "居民")
    issue = issue_in(world, "3号楼2单元电梯老停", zhang)
    topic = topic_of(
        world, "3号楼2单元电梯更换", "电梯老停，住3号楼2单元502的老人下不来，电话13812345678", issue
    )
    reaches(world, topic, PROCEDURE, STAGE)
    return topic


def test_nothing_is_public_before_a_person_of_the_desk_has_said_so(any_world: World) -> None:
    world = any_world
    town(world)
    world.later(days=20)
    assert len(world.heard("公示群")) == 1  # only that the group was bound
    assert not any("📢" in said for said in world.heard("居民群"))
    draft = world.last("两委群")
    assert "待批准 公示1" in draft
    assert "3号楼2单元电梯更换（决议公开）" in draft
    assert "村民委员会组织法 35" in draft
    world.people["张三"].says("公示 1")
    assert "没有找到公示1" in world.people["张三"].heard()[-1]
    assert world.rows("SELECT state, approved_by FROM notices") == [("draft", None)]


def test_a_draft_is_masked_and_posted_word_for_word_once_in_each_group(any_world: World) -> None:
    world = any_world
    town(world)
    draft = world.last("两委群")
    assert "13812345678" not in draft
    assert "502" not in draft
    world.people["文书小周"].presses("公示", "两委群")
    public = draft.split("────\n")[1]
    assert [said for said in world.heard("公示群") if "📢" in said] == [public]
    assert [said for said in world.heard("居民群") if "📢 公示1" in said] == [public]
    assert "公示1 已公示" in world.cards("两委群")[-1].text
    approver = world.people["文书小周"].id
    assert world.rows("SELECT state, approved_by, days FROM notices") == [("posted", approver, 15)]
    # 2 November and fifteen days, the first not counted: to 24:00 on the 17th.
    ends = world.rows("SELECT ends_at FROM notices")[0][0]
    assert str(ends).startswith("2026-11-17 15:59:59")


def test_a_notice_without_objections_clears_its_stage_at_the_end_of_its_last_day(any_world: World) -> None:
    world = any_world
    topic = town(world)
    world.people["书记老李"].says("公示 1", to="两委群")
    world.later(until=datetime(2026, 11, 17, 15, 59, tzinfo=UTC))
    assert outcomes_of(world) == []
    world.later(days=2)
    assert outcomes_of(world) == ["clear"]
    assert stage_of(world, topic)[0] == "implement"
    assert "公示期已满。没有收到异议。" in world.cards("公示群")[-1].text
    assert not world.cards("公示群")[-1].buttons


def test_a_program_that_was_down_over_the_last_day_still_closes_the_notice_once(any_world: World) -> None:
    world = any_world
    town(world)
    world.people["文书小周"].says("公示 1", to="两委群")
    world.asleep(days=30)
    world.later(days=1)
    assert outcomes_of(world) == ["clear"]


def test_the_desk_may_change_the_words_before_and_never_after(any_world: World) -> None:
    world = any_world
    town(world)
    zhou = world.people["文书小周"]
    zhou.presses("改文字", "两委群")
    assert "改公示 1" in zhou.told()[-1]
    zhou.says("改公示 1 更换电梯 18.6 万元，联系人电话13812345678", to="两委群")
    zhou.presses("公示", "两委群")
    assert "更换电梯 18.6 万元" in world.last("公示群")
    assert "13812345678" not in world.last("公示群")
    zhou.says("改公示 1 换个说法", to="两委群")
    assert "已经公示，不能改" in world.last("两委群")
    assert "换个说法" not in str(world.cards("公示群"))


def test_holding_back_keeps_the_draft_and_a_number_posts_it_later(any_world: World) -> None:
    world = any_world
    town(world)
    zhou = world.people["文书小周"]
    zhou.says("3", to="两委群")
    assert "草稿留着" in world.last("两委群")
    zhou.says("公示 1 10天", to="两委群")
    assert "至少要公示 15 天" in world.last("两委群")
    zhou.says("公示 1 30天", to="两委群")
    assert world.rows("SELECT state, days FROM notices") == [("posted", 30)]
    zhou.says("公示 1", to="两委群")
    assert world.rows("SELECT count(*) FROM outbox WHERE once LIKE 'notice:1:posted:%'") == [(2,)]


def test_a_notice_taken_back_says_why_and_a_fresh_draft_takes_its_place(any_world: World) -> None:
    world = any_world
    topic = town(world)
    zhou = world.people["文书小周"]
    zhou.presses("公示", "两委群")
    zhou.says("撤回公示 1 金额写错了", to="两委群")
    assert "公示1 撤回：金额写错了" in world.last("公示群")
    assert "待批准 公示2" in "".join(world.heard("两委群")[-2:])
    zhou.says("公示 2", to="两委群")
    world.later(days=16)
    assert outcomes_of(world) == ["clear"]
    assert stage_of(world, topic)[0] == "implement"


def test_only_the_desk_posts_and_a_forged_or_foreign_button_does_nothing(any_world: World) -> None:
    world = any_world
    town(world)
    world.group("两委群@邻社区", "梧桐里社区")
    wang, zhou = world.people["王五"], world.people["文书小周"]
    wang.says("公示 1", to="两委群")
    wang.presses("公示", "两委群")
    assert "文书" in wang.told()[-1]
    for forged in ("notice.post:99", "notice.post:", "notice.post", "notice.post:１", "notice.object:x"):
        world.arrive(world.where("两委群"), Pressed(forged, "m0", "q"), zhou.sender)
        assert "按钮已失效" in zhou.told()[-1]
    world.arrive(world.where("邻社区"), Pressed("notice.post:1", "m0", "q"), zhou.sender)
    assert "按钮已失效" in zhou.told()[-1]
    assert world.rows("SELECT state FROM notices") == [("draft",)]
    zhou.says("公示 9", to="两委群")
    assert "没有找到公示9。最近的是公示1。" in world.last("两委群")
    zhou.says("答复异议 7 成立 好", to="两委群")
    assert "没有找到异议7" in world.last("两委群")


def test_the_desk_writes_a_notice_of_its_own_about_a_topic(any_world: World) -> None:
    world = any_world
    town(world)
    zhou = world.people["文书小周"]
    zhou.presses("公示", "两委群")
    zhou.says("公示 议1 施工队名单如下", to="两委群")
    assert "待批准 公示2" in world.last("两委群")
    zhou.presses("公示", "两委群")
    assert "施工队名单如下" in world.last("公示群")
    zhou.says("公示 议8 没有的事", to="两委群")
    assert "没有找到议8" in world.last("两委群")
    zhou.says("公示", to="两委群")
    assert "公示2" in world.last("两委群")
    assert "公示1" in world.last("两委群")


def test_a_notice_approved_at_night_counts_its_days_from_the_morning(any_world: World) -> None:
    world = any_world
    town(world)
    world.later(until=datetime(2026, 11, 2, 15, 30, tzinfo=UTC))  # 23:30
    world.people["文书小周"].presses("公示", "两委群")
    assert not any("📢 公示1" in said for said in world.heard("公示群"))
    world.later(hours=8)
    assert sum("📢 公示1" in said for said in world.heard("公示群")) == 1
    assert str(world.rows("SELECT ends_at FROM notices")[0][0]).startswith("2026-11-18 15:59:59")


def test_of_a_mediation_nothing_can_be_published(any_world: World) -> None:
    world = any_world
    for group in ("居民群", "公示群", "两委群"):
        world.group(group)
    zhou = world.member("文书小周", "文书")
    topic = topic_of(world, "楼上漏水", "漏水", issue_in(world, "楼上漏水"))
    reaches(world, topic, "peoples_mediation", "follow_up")
    zhou.says("公示 议1 两家和好了", to="两委群")
    assert "不能公示" in world.last("两委群")
    assert world.rows("SELECT count(*) FROM notices") == [(0,)]


def test_without_a_committee_group_each_officer_is_asked_alone(any_world: World) -> None:
    world = any_world
    world.group("居民群")
    world.group("公示群")
    zhou, li = world.member("文书小周", "文书"), world.member("书记老李", "书记")
    topic = topic_of(world, "电梯更换", "电梯老停", issue_in(world, "电梯老停"))
    reaches(world, topic, PROCEDURE, STAGE)
    assert "待批准 公示1" in zhou.heard()[-1]
    li.presses("公示")
    assert any("📢 公示1" in said for said in world.heard("公示群"))
    assert "公示1 已公示" in world.cards(zhou)[-1].text


def test_a_notice_lapses_when_its_case_goes_another_way(any_world: World) -> None:
    world = any_world
    town(world)
    world.people["文书小周"].presses("公示", "两委群")
    step = world.rows("SELECT step_id FROM notices")[0][0]
    assert isinstance(step, int)
    happens(world, StageLeft(step))
    assert "提前结束" in world.cards("公示群")[-1].text
    world.later(days=30)
    assert outcomes_of(world) == []


def test_nothing_is_posted_where_there_is_no_group_to_post_in(any_world: World) -> None:
    world = any_world
    world.group("两委群")
    zhou = world.member("文书小周", "文书")
    topic = topic_of(world, "电梯更换", "电梯老停")
    reaches(world, topic, PROCEDURE, STAGE)
    zhou.presses("公示", "两委群")
    assert "还没有能发公示的群" in zhou.told()[-1]
    assert world.rows("SELECT state FROM notices") == [("draft",)]
