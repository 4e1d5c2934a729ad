"""What stands against a meeting: the law's notice, a room that is taken, the same people twice, an unknown chair."""

from tests.stories.gatherings import called, community, november
from tests.world import World


def villagers(world: World) -> None:
    """Grown-up villagers and the secretary."""
    community(world)
    for number in range(1, 4):
        world.member(f"村民{number}", "居民")


def test_where_the_law_asks_for_notice_a_meeting_without_a_stage_keeps_it_too(any_world: World) -> None:
    world = any_world
    villagers(world)
    secretary = world.people["小周"]
    secretary.says("开会 村民会议 11月11日19:00 晒谷场", to="两委群")
    assert "要提前 10 天通知（村民委员会组织法 25" in world.last("两委群")
    assert "最早 11月12日（周四）" in world.last("两委群")
    assert world.rows("SELECT count(*) FROM meetings") == [(0,)]
    secretary.says("开会 村民会议 11月12日19:00 晒谷场", to="两委群")
    assert "已通知 会1" in world.last("两委群")
    secretary.says("改期 会1 11月11日19:00", to="两委群")
    assert "要提前 10 天通知" in world.last("两委群")


def test_the_lawful_exception_is_printed_with_its_article_and_its_reason(any_world: World) -> None:
    world = any_world
    villagers(world)
    secretary = world.people["小周"]
    secretary.says("开会 村民会议 明天19:00 晒谷场 紧急理由 台风后天到", to="两委群")
    assert "⚠️ 紧急召开：台风后天到（村民委员会组织法 25：紧急情形例外）" in world.people["村民1"].heard()[-1]


def test_where_the_law_knows_no_exception_urgency_does_not_help(any_world: World) -> None:
    world = any_world
    community(world)
    world.member("业主甲", "业主")
    secretary = world.people["小周"]
    secretary.says("开会 业主大会 明天19:00 大厅 紧急理由 水管爆了", to="两委群")
    assert "要提前 15 天通知（物业管理条例 14" in world.last("两委群")
    assert "法律没有写例外" in world.last("两委群")
    assert world.rows("SELECT count(*) FROM meetings") == [(0,)]


def test_a_notice_that_is_only_proposed_is_a_word_to_the_caller(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    secretary.says("开会 居民代表会议 明天19:00 议事厅", to="两委群")
    assert "已通知 会1" in world.last("两委群")
    assert "一般提前 10 天通知" in world.last("两委群")


def test_a_room_is_given_to_one_meeting_at_a_time_unless_it_is_wanted_anyway(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.member("党员甲", "党员")
    secretary.says("开会 党员大会 11月14日20:00 议事厅", to="两委群")
    assert "“议事厅”11月14日（周六）19:00 到 11月14日（周六）20:30 已经有 会1 居民代表会议" in world.last(
        "两委群"
    )
    secretary.says("开会 党员大会 11月14日20:30 议事厅", to="两委群")
    assert "已通知 会2" in world.last("两委群")
    secretary.says("改期 会2 11月14日17:30", to="两委群")
    assert "已改" in world.last("两委群")
    secretary.says("改期 会2 11月14日18:30", to="两委群")
    assert "已经有 会1" in world.last("两委群")
    secretary.says("改期 会2 11月14日18:30 仍要", to="两委群")
    assert "11月14日（周六）18:30 · 议事厅" in world.last("两委群")


def test_the_same_people_are_not_called_to_two_meetings_at_once(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    secretary.says("开会 居民代表会议 11月14日20:00 二楼 议程 学习", to="两委群")
    assert "要开 会1 居民代表会议。请换时间" in world.last("两委群")
    secretary.says("开会 居民代表会议 11月14日20:00 二楼 议程 学习 仍要", to="两委群")
    assert "已通知 会2" in world.last("两委群")


def test_a_cancelled_meeting_leaves_its_room(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.member("党员甲", "党员")
    secretary.says("取消 会1 换届", to="两委群")
    secretary.says("开会 党员大会 11月14日19:00 议事厅", to="两委群")
    assert "已通知 会2" in world.last("两委群")


def test_a_chair_nobody_knows_calls_no_meeting(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    secretary.says("开会 居民代表会议 11月14日19:00 议事厅 主持 王五", to="两委群")
    assert world.last("两委群") == "名册上没有“王五”。请写名册上的全名。"
    world.member("代表1", "居民", door="3-2-502")
    secretary.says("开会 居民代表会议 11月14日19:00 议事厅 主持 代表1", to="两委群")
    assert "名册上有 2 个“代表1”" in world.last("两委群")
    secretary.says("开会 居民代表会议 11月14日19:00 议事厅 主持 代表1@3-2-502", to="两委群")
    assert "已通知 会1" in world.last("两委群")
    assert world.rows("SELECT chair_id FROM meetings") == [(world.people["代表1"].id,)]


def test_who_calls_a_meeting_chairs_it_where_nobody_is_named(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    assert world.rows("SELECT chair_id, recorder_id FROM meetings") == [(secretary.id, None)]


def test_when_the_chair_never_comes_the_caller_and_the_office_are_asked_what_to_do(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=november(14, 19, 14))
    assert not any("一刻钟" in said for said in secretary.heard())
    world.later(until=november(14, 19, 16))
    for heard in (secretary.heard(), world.heard("两委群")):
        assert len([said for said in heard if "到点一刻钟了" in said]) == 1
    asked = secretary.heard()[-1]
    assert "开始 会1" in asked
    assert "会1 主持 某某" in asked
    secretary.says("会1 主持 代表2", to="两委群")
    assert "主持：代表2" in world.last("两委群")
    secretary.says("改期 会1 11月28日19:00", to="两委群")
    assert "11月28日（周六）19:00" in world.people["代表1"].heard()[-1]
    world.later(until=november(28, 19, 16))
    assert len([said for said in secretary.heard() if "到点一刻钟了" in said]) == 2


def test_a_meeting_that_was_opened_is_asked_about_by_nobody(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(until=november(14, 19, 1))
    secretary.says("开始 会1")
    world.later(until=november(14, 19, 30))
    assert not any("一刻钟" in said for said in secretary.heard())
    secretary.says("改期 会1 11月28日19:00")
    assert secretary.heard()[-1] == "会1 已经开始了。"


def test_a_meeting_that_did_not_come_about_is_written_down_as_such_and_everybody_hears_it(
    any_world: World,
) -> None:
    world = any_world
    secretary = called(world)
    secretary.says("流会 会1 主持人没到")
    assert "会1 还没到时间" in secretary.heard()[-1]
    world.later(until=november(14, 19, 20))
    secretary.says("流会 会1 主持人没到")
    assert "会1 已取消，不再提醒。议1 还在等下一次会。" in secretary.heard()[-1]
    assert "取消：主持人没到" in world.people["代表1"].heard()[-1]
    assert "取消：主持人没到" in world.last("代表决议群")
    world.later(days=1)
    assert not any("开完了吗" in said for said in secretary.heard())


def test_plain_talk_that_begins_like_a_meetings_number_is_left_alone(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    before = world.heard("两委群")
    for talk in ("会3点开始", "会 2 人参加", "会议程定了吗", "议程 有点长"):
        secretary.says(talk, to="两委群")
    assert world.heard("两委群") == before
