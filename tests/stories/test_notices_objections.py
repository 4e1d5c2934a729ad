from tests.stories.afterwards import outcomes_of, stage_of
from tests.stories.test_notices import STAGE, town
from tests.world import World


def test_an_objection_is_told_to_staff_only_and_counted_for_everybody(any_world: World) -> None:
    world = any_world
    town(world)
    world.people["文书小周"].presses("公示", "两委群")
    world.people["张三"].presses("提异议", "公示群")
    assert "提异议 1" in world.people["张三"].told()[-1]
    world.people["张三"].says("提异议 1 分摊办法不公平，我是3号楼2单元502的")
    assert "11月9日（周一）前答复您" in world.people["张三"].heard()[-1]
    assert "分摊办法不公平" in world.last("两委群")
    assert "502" not in world.last("两委群")
    for group in ("居民群", "公示群", "网格员群"):
        assert not any("分摊" in said for said in world.heard(group))
    assert "收到异议 1 件，已答复 0 件。" in world.cards("公示群")[-1].text
    world.people["张三"].says("提异议 公示1 再补一句：一楼不该出钱")
    assert "已补充" in world.people["张三"].heard()[-1]
    assert "收到异议 1 件" in world.cards("公示群")[-1].text
    assert world.rows("SELECT count(*) FROM objections") == [(1,)]
    assert "分摊" not in str(world.rows("SELECT detail FROM journal"))


def test_an_objection_said_in_a_group_is_neither_taken_nor_repeated(any_world: World) -> None:
    world = any_world
    town(world)
    world.people["文书小周"].presses("公示", "两委群")
    before = len(world.heard("居民群"))
    world.people["张三"].says("提异议 1 楼下小李家漏水不处理", to="居民群")
    assert len(world.heard("居民群")) == before
    assert "提异议 1 您的理由" in world.people["张三"].heard()[-1]
    world.stranger("过路人").says("提异议 1 我不同意", to="居民群")
    assert world.last("居民群") == "异议请私下跟我说，只有工作人员看得到。"
    assert world.rows("SELECT count(*) FROM objections") == [(0,)]


def test_a_dismissed_objection_is_answered_to_whoever_made_it_and_the_notice_runs_on(
    any_world: World,
) -> None:
    world = any_world
    topic = town(world)
    world.people["文书小周"].presses("公示", "两委群")
    world.people["张三"].says("提异议 1 分摊办法不公平")
    world.people["文书小周"].says("答复异议 1 不成立 按面积分摊是业主大会定的", to="两委群")
    told = world.people["张三"].heard()[-1]
    assert "不成立" in told
    assert "按面积分摊是业主大会定的" in told
    assert "街道" in told
    assert "收到异议 1 件，已答复 1 件。" in world.cards("公示群")[-1].text
    assert outcomes_of(world) == []
    world.people["文书小周"].says("答复异议 1 成立 又想了想", to="两委群")
    assert "已经答复过了" in world.last("两委群")
    world.later(days=16)
    assert outcomes_of(world) == ["clear"]
    assert stage_of(world, topic)[0] == "implement"
    assert world.rows("SELECT note FROM steps WHERE outcome = 'clear'") == [("收到异议 1 件，已答复 1 件。",)]


def test_an_upheld_objection_decides_the_stage_at_once(any_world: World) -> None:
    world = any_world
    topic = town(world)
    world.people["文书小周"].presses("公示", "两委群")
    world.people["张三"].says("提异议 1 名册漏了三户")
    world.people["监督员老钱"].says("答复异议 1 成立 名册确实漏了三户", to="两委群")
    assert outcomes_of(world) == ["objection"]
    assert stage_of(world, topic)[0] == "objection"
    assert "提前结束" in world.cards("公示群")[-1].text
    world.later(days=30)
    assert outcomes_of(world) == ["objection"]
    world.people["王五"].says("提异议 1 我也有意见")
    assert "不能再提异议" in world.people["王五"].heard()[-1]


def test_an_unanswered_objection_keeps_the_case_waiting_until_it_is_answered(any_world: World) -> None:
    world = any_world
    topic = town(world)
    world.people["文书小周"].presses("公示", "两委群")
    world.people["张三"].says("提异议 1 分摊办法不公平")
    world.later(days=16)
    assert outcomes_of(world) == []
    assert stage_of(world, topic)[0] == STAGE
    assert sum("还有 1 件异议没有答复" in said for said in world.heard("两委群")) == 1
    reminded = [
        said for said in world.heard("两委群") if "异议1" in said and ("还没有答复" in said or "过期" in said)
    ]
    assert len(reminded) >= 3
    assert "已经过期" in reminded[-1]
    world.people["文书小周"].replies("答复异议 不成立 分摊办法是业主大会定的", "异议1（对公示1", "两委群")
    assert outcomes_of(world) == ["clear"]
    count = len(world.heard("两委群"))
    world.later(days=20)
    assert not any("异议1" in said for said in world.heard("两委群")[count:])
