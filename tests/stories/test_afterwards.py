from storage import issues
from storage.database import Transaction
from storage.records import IssueState
from tests.stories.afterwards import issue_in, outcomes_of, reaches, stage_of, topic_of
from tests.world import World


def test_from_the_published_decision_to_the_answer_whether_it_is_solved(any_world: World) -> None:
    world = any_world
    for group in ("居民群", "公示群", "两委群", "网格员群"):
        world.group(group)
    zhou, li = world.member("文书小周", "文书"), world.member("李四", "居（村）委")
    zhang, wang = world.member("张三", "居民"), world.member("王五", "居民")
    issue = issue_in(world, "3号楼2单元电梯老停", zhang, (wang,))
    topic = topic_of(world, "3号楼2单元电梯更换", "电梯老停", issue)

    async def consult(tx: Transaction) -> None:
        await issues.change(tx, issue, state=IssueState.CONSULT)

    world.run(world.app.database.write(consult))
    reaches(world, topic, "four_deliberations_two_publications", "publish_decision")
    zhou.presses("公示", "两委群")
    zhang.says("提异议 1 一楼不该出钱")
    zhou.says("答复异议 1 不成立 一楼只出三成，见方案第二条", to="两委群")
    world.later(days=16)
    assert stage_of(world, topic)[0] == "implement"
    zhou.says("指派 任务1 李四 12月20日 18.6万", to="两委群")
    li.says("进展 任务1 60% 已付5万 合同已签")
    world.later(days=10)
    li.says("进展 100% 已付18.6万 验收合格")
    li.presses("完成")
    zhou.presses("确认完成", "两委群")
    assert stage_of(world, topic)[0] == "publish_result"
    assert "已付 18.6 / 18.6 万元，已完成" in world.last("两委群")
    zhou.presses("公示", "两委群")
    # Posted on 28 November: fifteen days end on a Sunday, and so a day later.
    world.later(days=16)
    assert stage_of(world, topic)[2] == ""
    world.later(days=1)
    assert stage_of(world, topic)[2] == "archived"
    assert outcomes_of(world) == ["clear", "done", "clear"]
    assert world.rows("SELECT state FROM issues") == [("closed",)]
    world.later(days=15)
    for person in (zhang, wang):
        assert "现在好了吗" in person.heard()[-1]
        person.presses("好了")
    world.later(days=15)
    assert world.rows("SELECT state FROM issues") == [("closed",)]
    assert "回访 2 人，回答 2 人：好了 2" in world.last("网格员群")
    public = "\n".join(world.heard("居民群") + world.heard("公示群"))
    for private in ("李四", "张三", "王五", "一楼不该出钱", "一楼只出三成"):
        assert private not in public
    assert (
        world.rows("SELECT once FROM outbox WHERE once IS NOT NULL GROUP BY once HAVING count(*) > 1") == []
    )
    assert world.rows("SELECT event_id, error FROM inbox WHERE state = 'parked'") == []
