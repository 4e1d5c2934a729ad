"""A whole evening: opened, signed in to, noted, voted on and closed with the room's own words; the minutes know it all."""

from tests.stories.minuting import STARTS
from tests.stories.papers import printed
from tests.stories.sitting import minutes as pass_minutes
from tests.stories.sitting import sitting, waiting
from tests.world import World


def evening(world: World) -> None:
    """Five of six are there, say something, vote 3:1:1; somebody is to find out the cost; the meeting is closed."""
    secretary = sitting(world, present=5)
    secretary.says("会1 主持 代表1")
    secretary.says("进入 议1")
    secretary.says("记 代表2: 电梯太旧")
    secretary.says("动议 代表3: 先换一部")
    secretary.says("保留意见 代表4: 费用没有讲清")
    secretary.says("交办 议1 代表5 12月1日 查明费用")
    secretary.says("付表决 议1 10分钟")
    for number, choice in enumerate(("赞成", "赞成", "赞成", "反对", "弃权"), start=1):
        world.people[f"代表{number}"].presses(choice, on="代表决议群")
    pass_minutes(world, 11)
    secretary.says("散会 会1")


def test_what_happened_in_the_room_is_in_the_minutes_with_its_arithmetic(any_world: World) -> None:
    world = any_world
    evening(world)
    secretary = world.people["小周"]
    secretary.says("纪要 会1")
    draft = secretary.heard()[-1]
    assert "还缺" not in draft
    for line in (
        "应到：6 人",
        "实到：5 人",
        "法定人数：议1：实到 5 ≥ 法定 4，达到",
        "主持人：代表1",
        "代表2 ｜  ｜ 电梯太旧",
        "代表3 ｜ 动议 ｜ 先换一部",
        "少数意见：代表4：费用没有讲清",
        "人数（人） ｜ 6 ｜ 5 ｜ 3 ｜ 1 ｜ 1 ｜ 0",
        "表决方式：记名投票",
        "查明费用 ｜ 代表5 ｜ 2026年12月1日",
    ):
        assert line in draft, line
    assert "算式：到会达标：5×3=15 ≥ 6×2=12" in draft
    assert "19:00—19:11" in draft


def test_the_paper_that_is_printed_is_the_one_that_was_approved(any_world: World) -> None:
    world = any_world
    evening(world)
    secretary, chair, owner = world.people["小周"], world.people["代表1"], world.people["代表5"]
    secretary.says("纪要 会1")
    draft = printed(world, secretary)
    assert "会1纪要第1稿（未批准）" in draft
    secretary.says("纪要 会1 核对")
    owner.presses("属实")
    chair.says("纪要 会1 批准")
    paper = printed(world, chair)
    assert "桂花里社区" in paper
    assert "未批准" not in paper
    assert "2026年11月14日（周六）19:11批准人：代表1" in paper
    assert "费用没有讲清" in paper
    before = world.clock.now()
    secretary.says("出文 会议纪要 会1")
    assert printed(world, secretary) == paper
    assert world.clock.now() == before > STARTS


def test_a_meeting_nobody_signed_in_to_says_how_many_came_in_a_persons_words(any_world: World) -> None:
    world = any_world
    secretary = waiting(world)
    pass_minutes(world, 60)
    secretary.says("结果 会1 议1 通过 到会5 赞成4 反对1 弃权0")
    secretary.says("纪要 会1")
    assert "还缺：结束时间、实到" in secretary.heard()[-1]
    secretary.says("纪要 会1 补 实到：5")
    secretary.says("纪要 会1 补 结束时间：晚8点半")
    secretary.says("纪要 会1")
    draft = secretary.heard()[-1]
    assert "还缺" not in draft
    assert "实到：5 人" in draft
    assert "19:00—20:30" in draft
    assert "结果：通过" in draft
    assert "赞成 4" in draft
