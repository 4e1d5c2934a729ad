from datetime import date

from handlers.events import Promise, PromisesMade, StageLeft
from storage.messages import File, FileKind, Pressed
from tests.people import Person
from tests.stories.afterwards import happens, issue_in, outcomes_of, reaches, stage_of, topic_of
from tests.world import World

PROCEDURE, STAGE = "four_deliberations_two_publications", "implement"


def town(world: World) -> int:
    """A topic that is to be carried out; its id."""
    world.group("居民群")
    world.group("公示群")
    world.group("两委群")
    world.group("网格员群")
    world.member("文书小周", "文书")
    world.member("监督员老钱", "监督委员")
    world.member("李四", "居（村）委")
    world.member("王五", "居民")
    issue = issue_in(world, "3号楼2单元电梯老停", world.member("张三", "居民"))
    topic = topic_of(world, "3号楼2单元电梯更换", "电梯老停", issue)
    reaches(world, topic, PROCEDURE, STAGE)
    return topic


def assigned(world: World) -> tuple[int, Person, Person]:
    """The topic, its owner and the secretary, once the task has been given to 李四."""
    topic = town(world)
    zhou, li = world.people["文书小周"], world.people["李四"]
    zhou.says("指派 任务1 李四 12月20日 18.6万", to="两委群")
    return topic, li, zhou


def test_a_stage_becomes_a_task_that_the_desk_gives_to_somebody_with_a_day_and_money(
    any_world: World,
) -> None:
    world = any_world
    town(world)
    assert "任务1（议1）" in world.last("两委群")
    assert "指派 任务1 责任人" in world.last("两委群")
    zhou, li = world.people["文书小周"], world.people["李四"]
    zhou.says("指派 任务1 李四 12月20日 18.6万", to="两委群")
    assert world.last("两委群") == "任务1 已交给李四 · 12月20日（周日）前 · 资金 18.6 万元。"
    assert "任务1 交给您 · 12月20日（周日）前 · 资金 18.6 万元" in li.heard()[-1]
    assert world.rows("SELECT owner_id, due_on, budget FROM tasks") == [(li.id, "2026-12-20", "186000.00")]
    assert "责任：李四" in world.cards("两委群")[1].text
    for group in ("居民群", "公示群", "网格员群"):
        assert not any("李四" in said for said in world.heard(group))


def test_an_owner_reports_with_numbers_words_and_photos(any_world: World) -> None:
    world = any_world
    _, li, _ = assigned(world)
    li.says(
        "进展 任务1 60% 已付5万 合同已签，材料到场",
        files=(File(FileKind.PHOTO, "p1"), File(FileKind.PHOTO, "p2")),
    )
    assert li.heard()[-1] == "已记下 任务1：完成 60% · 已付 5.0 / 18.6 万元，照片 2 张。"
    assert world.rows("SELECT percent, spent FROM tasks") == [(60, "50000.00")]
    assert world.rows("SELECT percent, spent, text FROM task_reports") == [
        (60, "50000.00", "合同已签，材料到场")
    ]
    assert world.rows("SELECT subject, ref FROM attachments") == [("report:1", "p1"), ("report:1", "p2")]
    assert "完成 60%" in world.cards("两委群")[1].text
    assert "合同已签" in world.cards("两委群")[1].text
    li.says("进展 70%")
    assert world.rows("SELECT percent, spent FROM tasks") == [(70, "50000.00")]
    li.says("进展 100% 已付20万")
    assert "超过了资金 18.6 万元" in li.heard()[-1]
    assert sum("超过资金" in said for said in world.heard("两委群")) == 1


def test_done_needs_the_word_of_somebody_else_and_then_moves_the_case_on(any_world: World) -> None:
    world = any_world
    topic, li, zhou = assigned(world)
    li.presses("完成")
    li.presses("完成")
    assert sum("报告完成" in said for said in world.heard("两委群")) == 1
    assert stage_of(world, topic)[0] == STAGE
    li.presses("确认完成", "两委群")
    assert "另一位同事" in li.told()[-1]
    zhou.presses("还没完成", "两委群")
    assert "还没算完成" in li.heard()[-1]
    assert outcomes_of(world) == []
    li.says("完成 任务1")
    assert sum("报告完成" in said for said in world.heard("两委群")) == 2
    world.people["监督员老钱"].presses("确认完成", "两委群")
    assert outcomes_of(world) == ["done"]
    assert stage_of(world, topic)[0] == "publish_result"
    assert world.rows("SELECT state, percent, remind_at, report_at FROM tasks") == [("done", 100, None, None)]
    assert "任务1 已确认完成" in li.heard()[-1]
    zhou.presses("确认完成", "两委群")
    assert "已完成，不用再办" in zhou.told()[-1]
    assert outcomes_of(world) == ["done"]


def test_promises_become_tasks_and_what_was_agreed_is_what_the_stage_carries_out(any_world: World) -> None:
    world = any_world
    world.group("居民群")
    world.group("两委群")
    world.member("文书小周", "文书")
    li = world.member("李四", "居（村）委")
    topic = topic_of(world, "小广场灯", "灯不亮", issue_in(world, "灯不亮"))
    reaches(world, topic, PROCEDURE, "resolve")
    step = world.rows("SELECT max(id) FROM steps")[0][0]
    assert isinstance(step, int)
    agreed = Promise("换灯", "李四", date(2026, 12, 1))
    happens(world, PromisesMade(topic, step, "carry", (agreed, Promise("立牌子", "物业", None))))
    happens(world, PromisesMade(topic, step, "refine", (Promise("算电费", "没这个人", None),)))
    assert "任务1 交给您 · 12月1日（周二）前" in li.heard()[-1]
    reaches(world, topic, PROCEDURE, STAGE)
    assert world.rows("SELECT title, party FROM tasks") == [
        ("换灯", ""),
        ("立牌子", "物业"),
        ("算电费", "没这个人"),
    ]
    world.people["文书小周"].says("确认完成 1", to="两委群")
    assert outcomes_of(world) == []
    world.people["文书小周"].says("确认完成 任务2", to="两委群")
    assert outcomes_of(world) == ["done"]
    assert world.rows("SELECT state FROM tasks WHERE title = '算电费'") == [("open",)]


def test_wrong_words_wrong_people_and_forged_buttons_change_nothing(any_world: World) -> None:
    world = any_world
    _, li, zhou = assigned(world)
    wang = world.people["王五"]
    before = world.rows("SELECT * FROM tasks")
    wang.says("进展 任务1 90%")
    assert "不是您负责的" in wang.heard()[-1]
    wang.says("进展 90%")
    assert "现在没有要报进展的任务" in wang.heard()[-1]
    wang.says("指派 任务1 王五")
    assert "文书" in wang.heard()[-1]
    wang.presses("完成", "两委群")
    assert "不是您负责的" in wang.told()[-1]
    li.says("进展 任务1 160%")
    assert "0% 到 100%" in li.heard()[-1]
    li.says("进展 任务1")
    assert "请这样说：进展" in li.heard()[-1]
    li.says("进展 任务8 10%")
    assert "没有找到任务8。最近的是任务1。" in li.heard()[-1]
    zhou.says("指派 任务1", to="两委群")
    assert "请这样说：指派" in world.last("两委群")
    zhou.says("指派 任务1 李四 2月30日", to="两委群")
    zhou.says("取消任务 1 不办了", to="两委群")
    assert "唯一要办的事" in world.last("两委群")
    for forged in ("task.done:99", "task.confirm:", "task.redo:abc", "task.done:-1"):
        world.arrive(world.where("两委群"), Pressed(forged, "m0", "q"), zhou.sender)
        assert "按钮已失效" in zhou.told()[-1]
    world.group("两委群@邻社区", "梧桐里社区")
    world.arrive(world.where("邻社区"), Pressed("task.confirm:1", "m0", "q"), zhou.sender)
    assert "按钮已失效" in zhou.told()[-1]
    assert world.rows("SELECT * FROM tasks") == before


def test_who_is_responsible_is_not_told_in_front_of_everybody(any_world: World) -> None:
    world = any_world
    _, _, zhou = assigned(world)
    zhou.says("任务 1", to="居民群", addressed=True)
    assert "完成 0%" in world.last("居民群")
    assert "李四" not in world.last("居民群")
    zhou.says("指派 任务1 王五", to="居民群", addressed=True)
    assert "工作群" in world.last("居民群")
    zhou.says("任务", to="居民群", addressed=True)
    assert "工作群" in world.last("居民群")
    world.people["王五"].says("任务 1")
    assert "李四" not in world.people["王五"].heard()[-1]


def test_two_people_of_one_name_are_told_apart_by_their_door(any_world: World) -> None:
    world = any_world
    _, _, zhou = assigned(world)
    world.member("赵六", "居民", door="3-2-502")
    second = world.member("赵六", "居民", door="1-1-101")
    zhou.says("指派 任务1 赵六", to="两委群")
    assert "名册上有 2 位赵六" in world.last("两委群")
    zhou.says("指派 任务1 赵六@1-1-101", to="两委群")
    assert world.rows("SELECT owner_id FROM tasks") == [(second.id,)]
    assert "改由别人负责" in world.people["李四"].heard()[-1]


def test_of_a_mediation_no_group_hears_anything(any_world: World) -> None:
    world = any_world
    for group in ("居民群", "公示群", "两委群", "网格员群"):
        world.group(group)
    world.member("文书小周", "文书")
    mediator, other = world.member("调解员老孙", "调解员"), world.member("调解员老吴", "调解员")
    topic = topic_of(world, "楼上漏水", "两家为漏水吵架", issue_in(world, "楼上漏水"))
    before = {group: len(world.heard(group)) for group in world.groups}
    reaches(world, topic, "peoples_mediation", "agreement")
    assert "签调解协议" in mediator.heard()[-1]
    world.people["文书小周"].says("任务 1")
    assert "没有找到任务1" in world.people["文书小周"].heard()[-1]
    world.people["文书小周"].says("任务")
    assert "没有在办的任务" in world.people["文书小周"].heard()[-1]
    other.says("指派 任务1 调解员老孙 11月20日")
    world.later(days=60)
    mediator.says("完成 任务1")
    assert outcomes_of(world)[0] == "overdue"
    assert {group: len(world.heard(group)) for group in world.groups} == before


def test_talk_about_progress_in_a_group_is_no_report(any_world: World) -> None:
    world = any_world
    _, li, _ = assigned(world)
    li.says("进展 怎么样了", to="两委群")
    assert world.rows("SELECT count(*) FROM task_reports") == [(0,)]
    li.says("进展 30%", to="两委群")
    li.replies("进展 电梯到货", "任务1（议1）", "两委群")
    assert world.rows("SELECT percent, text FROM task_reports ORDER BY id") == [(30, ""), (30, "电梯到货")]


def test_a_late_task_whose_stage_leads_elsewhere_moves_the_case_and_goes_on_when_it_comes_back(
    any_world: World,
) -> None:
    world = any_world
    for group in ("居民群", "两委群", "专题群"):
        world.group(group)
    world.member("文书小周", "文书")
    world.member("楼门长老何", "楼门长")
    zhang = world.member("张三", "居民")
    topic = topic_of(world, "楼道堆物", "堆满了", issue_in(world, "楼道堆物", zhang))
    reaches(world, topic, "stairwell_council", "refine")
    # The only person behind the matter is the one it was left to: nobody has to be named.
    assert "任务1 交给您 · 11月16日（周一）前" in zhang.heard()[-1]
    world.later(days=16)
    assert outcomes_of(world) == ["overdue"]
    assert stage_of(world, topic)[0] == "call"
    reaches(world, topic, "stairwell_council", "refine")
    assert world.rows("SELECT state, due_on FROM tasks") == [("open", "2026-12-02")]
    world.people["文书小周"].says("确认完成 任务1", to="两委群")
    assert outcomes_of(world) == ["overdue", "done"]
    assert not any("每月" in said for said in world.heard("居民群"))


def test_what_a_stage_asked_for_lapses_when_its_case_goes_another_way(any_world: World) -> None:
    world = any_world
    _, li, _ = assigned(world)
    step = world.rows("SELECT step_id FROM tasks")[0][0]
    assert isinstance(step, int)
    happens(world, StageLeft(step))
    assert world.rows("SELECT state, remind_at, report_at FROM tasks") == [("dropped", None, None)]
    assert "已取消" in world.cards("两委群")[1].text
    before = len(li.heard())
    world.later(days=90)
    assert len(li.heard()) == before
    assert outcomes_of(world) == []
