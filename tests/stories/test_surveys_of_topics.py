from handlers.events import CaseEnded, StageLeft
from storage import issues
from storage.database import Transaction
from storage.records import IssueState
from tests.stories.afterwards import happens, issue_in, outcomes_of, reaches, stage_of, topic_of
from tests.stories.test_surveys import people, state_of, town
from tests.world import World

PROCEDURE, STAGE = "community_consultation", "ask"


def test_a_stage_that_asks_moves_its_case_by_the_answers(any_world: World) -> None:
    world = any_world
    town(world)
    zhang, wang = people(world, 2)
    topic = topic_of(world, "电梯更换", "电梯老停", issue_in(world, "电梯老停", zhang, (wang,)))
    reaches(world, topic, PROCEDURE, STAGE)
    world.later(hours=1)
    assert "议1“电梯更换”" in zhang.heard()[-1]
    zhang.presses("还没好")
    assert outcomes_of(world) == []
    wang.presses("还没好")
    assert outcomes_of(world) == ["reopen"]
    assert stage_of(world, topic)[0] == "carry"
    reaches(world, topic, PROCEDURE, STAGE)
    world.later(hours=1)
    zhang.presses("好了")
    wang.presses("好了")
    world.later(days=29)
    assert outcomes_of(world) == ["reopen", "ok"]
    assert stage_of(world, topic)[2] == "archived"
    assert world.rows("SELECT note FROM steps WHERE outcome = 'ok'") == [
        ("回访 2 人，回答 2 人：好了 2，好了一部分 0，还没好 0",)
    ]
    # The stage has asked already: nobody is asked a second time because the case has ended.
    assert world.rows("SELECT count(*) FROM surveys WHERE step_id IS NULL") == [(0,)]


def test_a_topic_settled_by_a_procedure_that_asks_nobody_is_asked_about_all_the_same(
    any_world: World,
) -> None:
    world = any_world
    town(world)
    zhang = people(world, 1)[0]
    issue = issue_in(world, "电梯老停", zhang)
    topic = topic_of(world, "电梯更换", "电梯老停", issue)
    reaches(world, topic, "stairwell_council", "post")
    case = world.rows("SELECT id FROM cases")[0][0]
    assert isinstance(case, int)
    happens(world, CaseEnded(case, topic, "archived", "settled"))

    async def close(tx: Transaction) -> None:
        await issues.change(tx, issue, state=IssueState.CLOSED, closed_at=world.clock.now())

    world.run(world.app.database.write(close))
    world.later(days=15)
    assert "议1“电梯更换”已经办完" in zhang.heard()[-1]
    zhang.presses("还没好")
    assert state_of(world, issue) == "reported"


def test_a_mediated_matter_is_asked_about_alone_and_in_no_group(any_world: World) -> None:
    world = any_world
    town(world)
    zhang = people(world, 1)[0]
    silent = world.member("李四", "居民", private=False)
    topic = topic_of(world, "楼上漏水", "漏水", issue_in(world, "楼上漏水", zhang, (silent,)))
    before = {group: len(world.heard(group)) for group in world.groups}
    reaches(world, topic, "peoples_mediation", "follow_up")
    world.later(hours=1)
    assert "议1" in zhang.heard()[-1]
    zhang.presses("还没好")
    world.later(days=40)
    assert outcomes_of(world)[0] == "reopen"
    assert {group: len(world.heard(group)) for group in world.groups} == before


def test_nobody_is_asked_any_more_when_the_case_has_gone_another_way(any_world: World) -> None:
    world = any_world
    town(world)
    zhang = people(world, 1)[0]
    topic = topic_of(world, "电梯更换", "电梯老停", issue_in(world, "电梯老停", zhang))
    reaches(world, topic, PROCEDURE, STAGE)
    world.later(hours=1)
    step = world.rows("SELECT step_id FROM surveys")[0][0]
    assert isinstance(step, int)
    happens(world, StageLeft(step))
    zhang.presses("还没好")
    assert "已经结束" in zhang.told()[-1]
    world.later(days=40)
    assert outcomes_of(world) == []
