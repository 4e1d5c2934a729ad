from datetime import timedelta
from fractions import Fraction

import pytest

from handlers.settings import Settings
from storage import issues, surveys
from storage.database import Transaction
from storage.messages import Pressed
from storage.records import IssueState, Survey, SurveyState
from tests.people import Person
from tests.stories.afterwards import issue_in
from tests.world import COMMUNITY, World


def people(world: World, count: int) -> tuple[Person, ...]:
    return tuple(world.member(f"邻居{number}", "居民") for number in range(1, count + 1))


def town(world: World) -> None:
    for group in ("居民群", "公示群", "两委群", "网格员群"):
        world.group(group)
    world.member("文书小周", "文书")


def closed_issue(world: World, text: str, raised: Person, *supporters: Person) -> int:
    """An issue that was closed just now and is to be asked about in two weeks, as the closing of issues plans it."""
    issue_id = issue_in(world, text, raised, supporters)

    async def job(tx: Transaction) -> None:
        now = world.clock.now()
        await issues.change(tx, issue_id, state=IssueState.CLOSED, result="resolved:", closed_at=now)
        ask = now + timedelta(days=14)
        planned = Survey(0, issue_id, None, None, ask, ask + timedelta(days=14), SurveyState.PLANNED)
        await surveys.add(tx, planned)

    world.run(world.app.database.write(job))
    return issue_id


def state_of(world: World, issue_id: int) -> object:
    return world.rows("SELECT state FROM issues WHERE id = ?", issue_id)[0][0]


def closings(world: World) -> list[object]:
    return [
        row[0] for row in world.rows("SELECT detail FROM journal WHERE event = 'SurveyClosed' ORDER BY id")
    ]


def test_two_weeks_after_the_end_everyone_behind_a_matter_is_asked_alone_and_once(any_world: World) -> None:
    world = any_world
    town(world)
    zhang, wang, other = people(world, 3)
    closed_issue(world, "3号楼2单元502门口电梯停在8楼", zhang, wang)
    world.later(days=13)
    assert zhang.heard() == []
    world.later(days=2)
    assert len(zhang.heard()) == len(wang.heard()) == 1
    assert "您 11月2日（周一）反映的" in zhang.heard()[0]
    assert "已办结 14 天" in zhang.heard()[0]
    assert "您附议的" in wang.heard()[0]
    assert "502" not in wang.heard()[0]
    assert other.heard() == []
    assert [button.label for button in world.cards(zhang)[0].buttons] == ["好了", "还没好", "好了一部分"]
    assert not any("现在好了吗" in said for said in world.heard("居民群"))


def test_yes_keeps_a_matter_closed_and_an_answer_can_be_changed_until_the_end(any_world: World) -> None:
    world = any_world
    town(world)
    zhang, wang, li = people(world, 3)
    issue = closed_issue(world, "电梯停在8楼", zhang, wang, li)
    world.later(days=15)
    zhang.presses("还没好")
    assert "已记：还没好" in zhang.told()[-1]
    zhang.presses("好了")
    wang.says("1")
    li.says("好了一部分，门还响")
    assert "已记：好了一部分" in li.heard()[-1]
    assert world.rows("SELECT answer FROM followups ORDER BY member_id") == [("yes",), ("yes",), ("partly",)]
    world.later(days=15)
    assert closings(world) == ['{"outcome": "ok"}']
    assert state_of(world, issue) == "closed"
    assert "回访 3 人，回答 3 人：好了 2，好了一部分 1，还没好 0" in world.last("网格员群")
    zhang.presses("还没好")
    assert "已经结束" in zhang.told()[-1]
    assert state_of(world, issue) == "closed"


def test_enough_no_reopens_a_matter_with_its_history_and_says_so_once_where_it_was_raised(
    any_world: World,
) -> None:
    world = any_world
    town(world)
    zhang, wang, li, zhao = people(world, 4)
    issue = closed_issue(world, "电梯停在8楼", zhang, wang, li, zhao)
    world.later(days=15)
    zhang.presses("还没好")
    wang.presses("好了")
    assert state_of(world, issue) == "closed"
    world.later(days=15)
    # Of two answers one says no: exactly the half from which the house reopens.
    assert closings(world) == ['{"outcome": "reopen"}']
    assert state_of(world, issue) == "reported"
    told = [said for said in world.heard("居民群") if "回访后重新办理" in said]
    assert told == ["📝 〔2026〕1号 回访后重新办理：回访 4 人，回答 2 人：好了 1，好了一部分 0，还没好 1。"]
    moved = world.rows("SELECT detail FROM journal WHERE event = 'IssueMoved'")
    assert len(moved) == 1
    assert '"state": "reported"' in str(moved[0][0])
    assert any("〔2026〕1号" in said for said in world.heard("网格员群"))


def test_more_than_half_of_all_asked_saying_no_does_not_wait_for_the_end(any_world: World) -> None:
    world = any_world
    town(world)
    zhang, wang, li = people(world, 3)
    issue = closed_issue(world, "电梯停在8楼", zhang, wang, li)
    world.later(days=15)
    zhang.presses("还没好")
    assert state_of(world, issue) == "closed"
    wang.says("还没好")
    assert state_of(world, issue) == "reported"
    li.presses("好了")
    assert "已经结束" in li.told()[-1]
    world.later(days=20)
    assert closings(world) == ['{"outcome": "reopen"}']


def test_silence_reopens_nothing(any_world: World) -> None:
    world = any_world
    town(world)
    issue = closed_issue(world, "电梯停在8楼", *people(world, 2))
    world.later(days=40)
    assert closings(world) == ['{"outcome": "ok"}']
    assert state_of(world, issue) == "closed"


def test_those_who_cannot_be_asked_alone_are_asked_in_their_group_without_a_name(any_world: World) -> None:
    world = any_world
    town(world)
    zhang = world.member("张三", "居民", private=False)
    wang = world.member("王五", "居民")
    issue = closed_issue(world, "电梯停在8楼", zhang, wang)
    world.later(days=15)
    asked = [said for said in world.heard("居民群") if "现在好了吗" in said]
    assert len(asked) == 1
    assert "〔2026〕1号“电梯停在8楼”" in asked[0]
    assert "张" not in asked[0]
    zhang.replies("2", "现在好了吗", "居民群")
    assert world.rows("SELECT answer FROM followups WHERE member_id = ?", zhang.id) == [("no",)]
    world.member("路人", "居民").presses("好了", "居民群")
    assert world.rows("SELECT count(*) FROM followups") == [(2,)]
    world.later(days=15)
    assert state_of(world, issue) == "reported"
    assert "回访已结束" in next(card.text for card in world.cards("居民群") if "回访已" in card.text)


def test_a_matter_that_is_under_way_again_is_not_asked_about(any_world: World) -> None:
    world = any_world
    town(world)
    zhang = people(world, 1)[0]
    issue = closed_issue(world, "电梯停在8楼", zhang)

    async def again(tx: Transaction) -> None:
        await issues.change(tx, issue, state=IssueState.PROCESSING, closed_at=None)

    world.run(world.app.database.write(again))
    world.later(days=40)
    assert zhang.heard() == []
    assert world.rows("SELECT state FROM surveys") == [("done",)]


def test_a_program_that_was_down_for_a_month_still_leaves_people_time_to_answer(any_world: World) -> None:
    world = any_world
    town(world)
    zhang = people(world, 1)[0]
    closed_issue(world, "电梯停在8楼", zhang)
    world.asleep(days=40)
    world.later(hours=1)
    assert len(zhang.heard()) == 1
    zhang.presses("好了")
    assert "已记：好了" in zhang.told()[-1]


def test_forged_buttons_and_people_who_were_not_asked_change_nothing(any_world: World) -> None:
    world = any_world
    town(world)
    zhang, wang = people(world, 2)
    closed_issue(world, "电梯停在8楼", zhang)
    world.later(days=15)
    for forged in ("survey.answer:9:yes", "survey.answer:1:none", "survey.answer:1", "survey.answer"):
        world.arrive(zhang.private, Pressed(forged, "m0", "q"), zhang.sender, private=True)
        assert "按钮已失效" in zhang.told()[-1]
    world.arrive(wang.private, Pressed("survey.answer:1:no", "m0", "q"), wang.sender, private=True)
    assert "只问反映、附议过的" in wang.told()[-1]
    world.arrive(
        wang.private, Pressed("survey.answer:1:no", "m0", "q"), world.stranger("某人").sender, private=True
    )
    assert world.rows("SELECT answer FROM followups") == [("none",)]


@pytest.mark.parametrize(("share", "state"), [(Fraction(1, 2), "closed"), (Fraction(1, 3), "reported")])
def test_partly_counts_half_and_the_operator_sets_the_share(
    tmp_path: object, share: Fraction, state: str
) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    settings = Settings(community=COMMUNITY, operators=frozenset({"console:operator"}), reopen=share)
    world = World(tmp_path, settings=settings)
    town(world)
    zhang, wang, li = people(world, 3)
    issue = closed_issue(world, "电梯停在8楼", zhang, wang, li)
    world.later(days=15)
    zhang.presses("好了一部分")
    wang.presses("好了一部分")
    li.presses("好了")
    world.later(days=15)
    assert state_of(world, issue) == state
    world.close()
