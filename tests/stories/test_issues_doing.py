"""Issues are given to those who carry them out, watched, checked, closed and handed up."""

from datetime import timedelta

from storage.messages import File, FileKind
from tests.stories.issues_cast import Cast
from tests.world import World


def with_property(world: World) -> Cast:
    cast = Cast(world)
    world.group("责任单位群")
    world.member("冯物", "物业")
    return cast


def test_an_assignment_is_shown_taken_fed_back_checked_and_answered(any_world: World) -> None:
    cast = with_property(any_world)
    property_man = any_world.people["冯物"]
    cast.accepted()
    cast.grid.says("派单 1 物业", "网格员群")
    assert cast.state() == "dispatched"
    assert any_world.last("居民群").startswith("🔧 〔2026〕1号 已派给物业，应在")
    order = any_world.last("责任单位群")
    assert order.startswith("🔧 派单 〔2026〕1号   房屋设施 · 3号楼2单元 · 紧急")
    assert "张三" not in order
    property_man.presses("接单", "责任单位群")
    assert cast.state() == "processing"
    photo = File(FileKind.PHOTO, "after-1")
    where = any_world.where("责任单位群")
    shown = next(one for one in any_world.shown(where) if "派单 〔2026〕1号" in one.card.text)
    property_man.says("换了门机", "责任单位群", addressed=True, reply_to=shown.message_id, files=(photo,))
    assert (cast.state(), cast.column("result")) == ("fed_back", "resolved:换了门机")
    assert "已办好：换了门机" in cast.zhang.heard()[-1]
    assert any_world.rows("SELECT ref FROM attachments") == [("after-1",)]
    cast.zhang.presses("好了")
    assert cast.state() == "closed"
    assert any_world.last("居民群") == "✅ 〔2026〕1号 已办结。已解决：换了门机"
    assert any_world.rows("SELECT issue_id, state FROM surveys") == [(1, "planned")]


def test_nobody_checks_their_own_work(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    cast.grid.says("办结 1 已解决 自己换了灯泡", "网格员群")
    assert cast.state() == "fed_back"
    cast.grid.says("核查 1", "网格员群")
    assert "请换一个人核查" in any_world.last("网格员群")
    assert cast.state() == "fed_back"
    cast.second.says("核查 1", "网格员群")
    assert cast.state() == "closed"
    assert any_world.last("居民群") == "✅ 〔2026〕1号 已办结。已解决：自己换了灯泡"


def test_what_is_not_done_goes_back(any_world: World) -> None:
    cast = with_property(any_world)
    cast.accepted()
    cast.grid.says("派单 1 物业", "网格员群")
    any_world.people["冯物"].says("反馈 1 修好了", "责任单位群")
    cast.li.says("撤回 1")
    cast.zhang.presses("还没好")
    assert cast.state() == "processing"
    assert "〔2026〕1号 还没好：反映的人说还没好。" in any_world.last("责任单位群")
    any_world.people["冯物"].says("反馈 1 这回修好了", "责任单位群")
    cast.second.says("核查 1 没好 门还是关不上", "网格员群")
    assert cast.state() == "processing"
    any_world.people["冯物"].says("反馈 1 换了整扇门", "责任单位群")
    cast.second.presses("核查通过", "网格员群")
    assert any_world.last("居民群") == "✅ 〔2026〕1号 已办结。已解决：换了整扇门"
    assert sum("已办结" in said for said in any_world.heard("居民群")) == 1


def test_a_reporter_without_a_private_chat_is_asked_in_the_thread(any_world: World) -> None:
    cast = Cast(any_world)
    stranger = any_world.stranger("小陈")
    stranger.says("#报事 5号楼水管漏水", "居民群")
    cast.grid.says("办结 1 已解决 换了水管", "网格员群")
    assert "请反映的邻居看一下" in any_world.last("居民群")
    cast.li.presses("好了", "居民群")
    assert cast.state() == "fed_back"
    stranger.presses("好了", "居民群")
    assert cast.state() == "closed"


def test_a_no_is_closed_with_its_own_word_and_needs_a_reason(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    cast.grid.says("办结 1 不属职责", "网格员群")
    assert "要写明原因" in any_world.last("网格员群")
    cast.grid.says("办结 1 不属职责 这是市政的路，已转 12345", "网格员群")
    assert (cast.state(), cast.column("result")) == ("closed", "not_ours:这是市政的路，已转 12345")
    assert any_world.rows("SELECT count(*) FROM surveys") == [(0,)]


def test_a_party_that_is_not_here_is_noted_by_name(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    cast.grid.presses("派单", "网格员群")
    cast.grid.presses("业委会", "网格员群")
    assert (cast.state(), cast.column("party")) == ("dispatched", "业委会")
    assert "请用电话告诉他们" in cast.grid.told()[-1]


def test_a_returned_assignment_needs_a_reason_and_goes_to_somebody_else(any_world: World) -> None:
    cast = with_property(any_world)
    cast.accepted()
    cast.grid.says("派单 1 物业", "网格员群")
    firm = any_world.people["冯物"]
    firm.says("退单 1", "责任单位群")
    assert "退单要写理由" in any_world.last("责任单位群")
    assert cast.state() == "dispatched"
    firm.says("退单 1 电梯由厂家保修", "责任单位群")
    assert (cast.state(), cast.column("party")) == ("filed", "")
    assert "被物业退单：电梯由厂家保修" in any_world.last("网格员群")
    cast.zhang.says("接单 1")
    assert "这一步由" in cast.zhang.heard()[-1]


def test_a_limit_is_extended_once_with_a_reason(any_world: World) -> None:
    cast = with_property(any_world)
    cast.accepted()
    cast.grid.says("派单 1 物业", "网格员群")
    before = any_world.rows("SELECT due_at FROM issues")[0][0]
    firm = any_world.people["冯物"]
    for words in ("延期 1", "延期 1 3天", "延期 1 很久 等配件", "延期 1 99天 等配件"):
        firm.says(words, "责任单位群")
        assert any_world.rows("SELECT due_at FROM issues")[0][0] == before
    firm.says("延期 1 3天 等配件", "责任单位群")
    assert "只能延这一次" in any_world.last("责任单位群")
    after = any_world.rows("SELECT due_at FROM issues")[0][0]
    assert str(after) > str(before)
    firm.says("延期 1 3天 还没到", "责任单位群")
    assert "不能再延" in any_world.last("责任单位群")
    assert any_world.rows("SELECT due_at FROM issues")[0][0] == after


def test_a_late_assignment_is_reminded_once_and_then_handed_up(any_world: World) -> None:
    cast = with_property(any_world)
    any_world.group("两委群")
    any_world.group("网格员群@一格群", "桂花里社区/第一网格")
    any_world.member("周格", "网格员", unit="桂花里社区/第一网格/3号楼")
    cast.reported()
    worker = any_world.people["周格"]
    worker.says("派单 1 物业", "一格群")
    any_world.later(hours=24, minutes=1)
    reminded = [said for said in any_world.heard("责任单位群") if "到时限了" in said]
    assert len(reminded) == 1
    assert sum("物业还没有反馈" in said for said in cast.lead.heard()) == 1
    assert cast.state() == "dispatched"
    any_world.later(hours=5)
    assert cast.state() == "escalated"
    assert any(said.startswith("🏷 已转上级 〔2026〕1号") for said in any_world.heard("两委群"))
    assert any_world.last("居民群") == "🔧 〔2026〕1号 已转桂花里社区办。"
    any_world.later(days=30)
    assert sum("到时限了，物业" in said for said in any_world.heard("一格群")) == 1


def test_a_limit_that_passed_while_the_house_slept_is_told_once(any_world: World) -> None:
    cast = with_property(any_world)
    cast.accepted()
    cast.grid.says("派单 1 物业", "网格员群")
    any_world.asleep(days=3)
    any_world.later(minutes=1)
    assert sum("到时限了" in said for said in any_world.heard("责任单位群")) == 1


def test_an_issue_that_nobody_takes_is_brought_to_mind_once(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    any_world.later(hours=3)
    assert sum("还没有人受理" in said for said in any_world.heard("网格员群")) == 1
    any_world.later(days=3)
    assert sum("还没有人受理" in said for said in any_world.heard("网格员群")) == 1


def test_escalation_keeps_number_and_origin_and_the_street_can_finish(any_world: World) -> None:
    any_world.group("街道群", "桂苑街道")
    any_world.group("居民群@甲群", "桂苑街道/甲社区")
    any_world.group("网格员群@甲格", "桂苑街道/甲社区")
    worker = any_world.member("甲格员", "网格员", unit="桂苑街道/甲社区")
    street = any_world.member("街道员", "街道", unit="桂苑街道")
    any_world.stranger("小陈").says("#报事 东门垃圾房满了没人收", "甲群")
    worker.says("上报 1", "甲格")
    assert any_world.last("甲格") == "〔2026〕1号 已上报桂苑街道。"
    assert any_world.last("街道群").startswith("🏷 已转上级 〔2026〕1号")
    assert any_world.last("甲群") == "🔧 〔2026〕1号 已转桂苑街道办。"
    worker.says("办结 1 不属职责 试试", "甲格")
    assert "这一步由" in any_world.last("甲格")
    street.says("办结 1 暂不办理 今年没有预算", "街道群")
    assert any_world.last("甲群") == "✅ 〔2026〕1号 已办结。暂不办理：今年没有预算"


def test_a_grid_worker_next_door_has_no_say_in_what_the_street_has(any_world: World) -> None:
    any_world.group("街道群", "桂苑街道")
    any_world.group("居民群@甲群", "桂苑街道/甲社区")
    any_world.group("网格员群@乙格", "桂苑街道/乙社区")
    worker = any_world.member("甲格员", "网格员", unit="桂苑街道/甲社区")
    next_door = any_world.member("乙格员", "网格员", "物业", unit="桂苑街道/乙社区")
    any_world.stranger("小陈").says("#报事 东门垃圾房满了没人收", "甲群")
    worker.says("上报 1")
    for words in ("办结 1 不属职责 试试", "反馈 1 试试", "退回 1 试试"):
        next_door.says(words, "乙格")
        assert "没有找到 1号" in any_world.last("乙格")
    next_door.presses("办结", "街道群")
    assert "这一步由街道" in next_door.told()[-1]
    assert any_world.rows("SELECT state FROM issues") == [("escalated",)]


def test_with_nobody_above_an_issue_stays_where_it_is(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.grid.says("上报 1", "网格员群")
    assert "再往上还没有群也没有人" in any_world.last("网格员群")
    assert cast.state() == "reported"


def test_everybody_is_asked_after_the_time_the_house_has_set(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    cast.grid.says("办结 1 已解决 好了", "网格员群")
    cast.second.says("核查 1", "网格员群")
    (row,) = any_world.rows("SELECT ask_at, ends_at FROM surveys")
    asked = any_world.clock.now() + timedelta(days=14)
    assert str(row[0]).startswith(asked.strftime("%Y-%m-%d %H:%M"))
