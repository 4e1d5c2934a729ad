"""What becomes of an issue after others have had their say: surveys, topics, mediators, and people who ask."""

from handlers.events import CaseEnded, Event, IssueMoved
from handlers.issues.progress import progress
from handlers.work import Work, write_down
from storage import issues, topics
from storage.database import Transaction
from storage.messages import Address, Due, Inbound, Said
from storage.records import IssueState, Topic, TopicState
from tests.people import Person
from tests.stories.issues_cast import LIFT, Cast
from tests.world import World


def happens(world: World, *events: Event) -> None:
    """Another slice records what happened."""

    async def job(tx: Transaction) -> None:
        moment = Due("nothing", 0, world.clock.now())
        inbound = Inbound("clock", "x", Address("clock", "x"), world.clock.now(), moment)
        work = Work(tx, world.app.dispatch.house, inbound, world.clock.now())
        for event in events:
            await work.record(event)
        await write_down(tx, [work], world.clock.now())

    world.run(world.app.database.write(job))
    world.deliver()


def topic_of_the_first_issue(world: World) -> None:
    """The issue became a topic, as the topics' slice does it."""

    async def job(tx: Transaction) -> None:
        issue = await issues.get(tx, 1)
        made = Topic(0, issue.community_id, 2026, 1, "电梯", LIFT, TopicState.OPEN, None, world.clock.now())
        topic = await topics.add(tx, made)
        await topics.join(tx, topic.id, issue.id)
        await issues.change(tx, issue.id, state=IssueState.CONSULT, due_at=None)

    world.run(world.app.database.write(job))
    happens(world, IssueMoved(1, IssueState.CONSULT, "议1"))


def asked(world: World, person: Person, number: int = 1, *, private: bool = True) -> str:
    """What somebody reads who asks how far an issue has come."""

    async def job(tx: Transaction) -> str:
        where = person.private if private else world.where("居民群")
        said = Said("m", f"进度 {number}")
        inbound = Inbound(where.platform, "x", where, world.clock.now(), said, person.sender, private)
        work = Work(tx, world.app.dispatch.house, inbound, world.clock.now())
        await world.app.dispatch._find_out_who(work)
        return await progress(work, await issues.get(tx, number))

    return world.run(world.app.database.read(job))


def closed(cast: Cast) -> None:
    cast.accepted()
    cast.grid.says("办结 1 已解决 换了门机", "网格员群")
    cast.second.says("核查 1", "网格员群")


def test_what_is_not_solved_after_all_is_open_again_before_the_grid(any_world: World) -> None:
    cast = Cast(any_world)
    closed(cast)
    cards = len(any_world.heard("网格员群"))
    any_world.later(days=14, hours=1)
    cast.zhang.presses("还没好")
    any_world.later(days=15)
    assert cast.state() == "reported"
    assert cast.column("closed_at") is None
    again = any_world.heard("网格员群")[cards:]
    assert any(said.startswith("🏷 待分拣 〔2026〕1号") for said in again)
    cast.grid.says("受理 1", "网格员群")
    cast.grid.says("办结 1 已解决 换了整台", "网格员群")
    cast.second.says("核查 1", "网格员群")
    assert any_world.last("居民群") == "✅ 〔2026〕1号 已办结。已解决：换了整台"


def test_a_candidate_that_becomes_a_topic_answers_its_thread_once(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("3号楼2单元电梯又坏了", "居民群")
    topic_of_the_first_issue(any_world)
    assert any_world.last("居民群").startswith("📝 已记下 〔2026〕1号")
    assert "已转为议题" in any_world.last("居民群")
    assert len(any_world.heard("居民群")) == 2


def test_a_reported_issue_that_becomes_a_topic_changes_its_card_only(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    topic_of_the_first_issue(any_world)
    assert len(any_world.heard("居民群")) == 2
    assert "已转为议题" in cast.residents()


def test_an_issue_is_settled_with_its_case(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    topic_of_the_first_issue(any_world)
    happens(any_world, CaseEnded(1, 1, "done", "settled"))
    assert (cast.state(), cast.column("result")) == ("closed", "resolved:")
    assert "✅ 已办结：已解决" in cast.residents()


def test_an_issue_whose_case_came_to_nothing_goes_back_to_the_grid(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    topic_of_the_first_issue(any_world)
    happens(any_world, CaseEnded(1, 1, "refused", "declined"))
    assert cast.state() == "filed"
    assert "的议题没有办成" in any_world.last("网格员群")


def test_anybody_may_ask_how_far_it_is(any_world: World) -> None:
    cast = Cast(any_world)
    closed(cast)
    assert asked(any_world, cast.li, private=False).splitlines() == [
        f"〔2026〕1号 {LIFT}",
        "今天 09:00 已上报",
        "今天 09:00 已立案",
        "今天 09:00 已反馈",
        "今天 09:00 已结案",
        "✅ 已办结：已解决：换了门机",
    ]


def test_a_private_matter_is_told_to_those_it_concerns_alone(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("楼上502天天跳绳，跟他说还骂人")
    cast.grid.says("标记 1 邻里纠纷", "网格员群")
    hidden = "〔2026〕1号 在私下处理，只告诉当事人。"
    assert asked(any_world, cast.li) == hidden
    assert asked(any_world, cast.zhang, private=False) == hidden
    assert "跳绳" in asked(any_world, cast.zhang)
    assert "跳绳" in asked(any_world, cast.grid)


def test_what_was_merged_goes_private_with_its_root(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("楼道里堆了旧家具没人管")
    cast.reported("东门垃圾没人收", cast.li)
    cast.grid.says("并入 2 1", "网格员群")
    cast.grid.says("转调解 1", "网格员群")
    assert "旧家具" not in cast.residents() + cast.grids()
    assert "东门垃圾" not in cast.residents() + cast.grids()


def test_an_alarm_goes_over_to_what_it_is_merged_into(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("5号楼2单元有烟味")
    cast.reported("5号楼2单元着火了，楼道里全是烟", cast.li)
    cast.grid.says("并入 2 1", "网格员群")
    assert (cast.column("level", 1), cast.column("alert_at", 2)) == ("u0", None)
    assert cast.column("alert_at", 1) is not None
    rung = len(cast.lead.heard())
    any_world.later(minutes=6)
    assert cast.lead.heard()[-1].startswith("⚠️ 危急 〔2026〕1号")
    assert len(cast.lead.heard()) == rung + 1


def test_messages_that_arrive_together_are_still_one_issue(any_world: World) -> None:
    cast = Cast(any_world)
    group = any_world.where("居民群")
    said = ("#报事 3号楼2单元电梯坏了", "按哪层都没反应")
    events = [
        any_world.event(group, Said(f"t{at}", words), cast.zhang.sender) for at, words in enumerate(said)
    ]
    any_world.arrive_together(events)
    assert any_world.rows("SELECT text FROM issues") == [("3号楼2单元电梯坏了\n按哪层都没反应",)]
    assert len(any_world.heard("居民群")) == 2


def test_two_workers_who_accept_at_once_are_told_apart(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    group = any_world.where("网格员群")
    events = [
        any_world.event(group, Said(f"t{person.id}", "受理 1"), person.sender)
        for person in (cast.grid, cast.second)
    ]
    any_world.arrive_together(events)
    assert cast.column("handler_id") == cast.grid.id
    assert any_world.heard("网格员群")[-2:] == [
        "〔2026〕1号 已受理，由您跟进。",
        "〔2026〕1号 现在是“已立案”，不能再做这一步。",
    ]


def test_a_report_made_alone_is_answered_alone_to_the_end(any_world: World) -> None:
    cast = Cast(any_world)
    message = cast.zhang.says("报事 健身器材螺丝松了")
    any_world.arrive(cast.zhang.private, Said("again", "补充 1 在西门那边"), cast.zhang.sender, private=True)
    cast.grid.says("派单 1 物业", "网格员群")
    assert cast.zhang.heard()[-1].startswith("🔧 〔2026〕1号 已派给物业")
    cast.grid.says("办结 1 不属职责 归街道文体站", "网格员群")
    assert cast.zhang.heard()[-1] == "✅ 〔2026〕1号 已办结。不属职责：归街道文体站"
    assert message
    assert len(any_world.heard("居民群")) == 1


def test_a_number_of_something_else_is_not_taken_for_an_issue(any_world: World) -> None:
    cast = Cast(any_world)
    for words in ("电梯坏了", "东门垃圾没人收", "5号楼水管漏水"):
        cast.reported(words)
    cast.zhang.says("补充 3号楼的电梯也坏了")
    assert "请写上号码和要补充的话" in cast.zhang.heard()[-1]
    cast.grid.replies("地点 3号楼2单元", "🏷 待分拣 〔2026〕1号", "网格员群")
    assert cast.column("place", 1) == "3号楼2单元"
    cast.grid.replies("受理 2", "🏷 待分拣 〔2026〕1号", "网格员群")
    assert (cast.state(1), cast.state(2)) == ("reported", "filed")
    cast.grid.replies("并入 3", "🏷 待分拣 〔2026〕1号", "网格员群")
    assert cast.column("merged_into", 1) == 3


def test_an_operators_word_counts_in_every_community(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    operator = any_world.stranger("管理员", account="operator")
    operator.says("受理 1", "网格员群")
    assert cast.state() == "filed"
