"""Grid workers take on, tag, place, split, merge and refuse."""

import pytest

from storage.messages import Pressed
from tests.stories.issues_cast import LIFT, Cast
from tests.world import World


def test_accepting_is_told_to_the_reporter_and_shown_on_every_card(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    assert (cast.state(), cast.column("handler_id")) == ("filed", cast.grid.id)
    assert "网格员已受理" in cast.residents()
    assert "网格员已受理" in cast.zhang.heard()[-1]
    assert len(any_world.heard("居民群")) == 2
    assert any_world.cards("网格员群")[-1].buttons[0].label == "派单"


def test_what_staff_read_is_not_talked_about_before_everybody(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    for words in ("/待办", "#受理 1", "/退回 1 广告", "/反馈 1 好了"):
        cast.grid.says(words, "居民群")
        assert "工作群" in any_world.last("居民群") or "私聊" in any_world.last("居民群")
    assert cast.state() == "reported"


def test_a_step_that_does_not_follow_is_refused_with_the_state(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    cast.grid.says("受理 1", "网格员群")
    assert any_world.last("网格员群") == "〔2026〕1号 现在是“已立案”，不能再做这一步。"


def test_only_grid_workers_of_the_place_may_sort(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    for person in (cast.zhang, cast.li):
        for words in (
            "受理 1",
            "标记 1 噪声污染",
            "退回 1 广告",
            "派单 1 物业",
            "转调解 1",
            "上报 1",
            "办结 1 已解决",
        ):
            person.says(words)
            assert "这一步由" in person.heard()[-1]
    abroad = any_world.member("外格", "网格员", unit="梧桐里社区")
    abroad.presses("受理", "网格员群")
    assert "这一步由" in abroad.told()[-1]
    assert cast.state() == "reported"


@pytest.mark.parametrize(
    "forged",
    [
        "issue.accept:99",
        "issue.accept:-1",
        "issue.accept:1:2",
        "issue.accept",
        "issue.accept:１",
        "issue.accept:99999999999999999999999",
        "issue.level:1:u9",
        "issue.category:1:cats",
        "issue.giveto:1:9",
        "issue.refuse:1:because",
        "issue.refuse:1:other:3",
        "issue.merge:1:99",
        "issue.merge:1:x",
        "issue.nothing:1",
        "issue.same:1:99",
        "issue.keep:1",
        "issue.done:1",
        "issue.leave:",
    ],
)
def test_a_forged_button_changes_nothing(world: World, forged: str) -> None:
    cast = Cast(world)
    cast.reported()
    before = world.rows("SELECT * FROM issues")
    world.arrive(world.where("网格员群"), Pressed(forged, "m0", "q0"), cast.grid.sender)
    assert world.rows("SELECT * FROM issues") == before
    assert world.rows("SELECT count(*) FROM inbox WHERE state = 'parked'") == [(0,)]
    assert cast.grid.told()[-1]


def test_a_button_of_another_community_does_nothing_here(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    there = any_world.group("居民群@邻社区", "梧桐里社区")
    visitor = any_world.stranger("路过")
    any_world.arrive(there, Pressed("issue.support:1", "m0", "q1"), visitor.sender)
    assert "不在这个社区" in visitor.told()[-1]
    assert any_world.rows("SELECT count(*) FROM supports") == [(0,)]


def test_numbers_count_in_each_community_by_itself(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    any_world.group("居民群@邻社区", "梧桐里社区")
    any_world.group("网格员群@邻格", "梧桐里社区")
    other = any_world.member("钱格", "网格员", unit="梧桐里社区")
    any_world.stranger("邻人").says("#报事 东门垃圾没人收", "邻社区")
    assert any_world.rows("SELECT number FROM issues") == [(1,), (1,)]
    other.says("受理 1", "邻格")
    assert [row[0] for row in any_world.rows("SELECT state FROM issues ORDER BY id")] == ["reported", "filed"]


def test_tagging_by_words_and_by_buttons(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("5号楼下面有点不对劲")
    cast.grid.says("标记 1 房屋设施 紧急", "网格员群")
    assert (cast.column("category"), cast.column("level")) == ("building", "u1")
    assert any_world.last("网格员群") == "〔2026〕1号 已标记：房屋设施 · 紧急"
    cast.grid.says("标记 1 停车", "网格员群")
    assert cast.column("category") == "traffic"
    cast.grid.says("标记 1 火星", "网格员群")
    assert "没看懂“火星”。类别有：环境卫生" in any_world.last("网格员群")
    cast.grid.presses("更多", "网格员群")
    cast.grid.presses("改类别", "网格员群")
    cast.grid.presses("噪声污染", "网格员群")
    assert cast.column("category") == "noise"


def test_a_word_in_reply_to_the_card_needs_no_number(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.reported("东门垃圾没人收")
    cast.grid.replies("受理", "〔2026〕1号", "网格员群")
    assert (cast.state(1), cast.state(2)) == ("filed", "reported")
    cast.grid.replies("延期 3天 等配件", "〔2026〕1号", "网格员群")
    assert "〔2026〕1号 延期到" in any_world.last("网格员群")


def test_the_place_is_put_right_and_the_nearer_grid_gets_its_card(any_world: World) -> None:
    cast = Cast(any_world)
    any_world.group("网格员群@二格群", "桂花里社区/第二网格")
    any_world.member("周格", "网格员", unit="桂花里社区/第二网格/3号楼")
    cast.reported("楼道灯不亮了")
    cast.grid.says("地点 1 三栋二单元", "网格员群")
    assert cast.column("place") == "3号楼2单元"
    assert any_world.last("二格群").startswith("🏷 待分拣 〔2026〕1号")


def test_a_report_from_a_building_goes_to_its_own_grid(any_world: World) -> None:
    cast = Cast(any_world)
    any_world.group("网格员群@二格群", "桂花里社区/第二网格")
    any_world.member("周格", "网格员", unit="桂花里社区/第二网格/3号楼")
    cast.reported()
    assert any_world.last("二格群").startswith("🏷 待分拣 〔2026〕1号")
    assert len(any_world.heard("网格员群")) == 1


def test_without_a_grid_group_each_worker_is_told_alone(any_world: World) -> None:
    any_world.group("居民群")
    worker = any_world.member("王格", "网格员")
    any_world.member("张三", "居民").says(f"#报事 {LIFT}", "居民群")
    assert worker.heard()[-1].startswith("🏷 待分拣 〔2026〕1号")
    worker.presses("受理")
    assert any_world.rows("SELECT state FROM issues") == [("filed",)]


def test_a_refusal_carries_its_reason_and_says_where_else_to_turn(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.grid.says("退回 1", "网格员群")
    assert "为什么不受理" in any_world.last("网格员群")
    cast.grid.presses("不是本社区的事", "网格员群")
    assert cast.state() == "refused"
    assert (
        any_world.last("居民群")
        == "〔2026〕1号 没有受理：不是本社区的事\n可以拨 12345，会转到管这件事的地方。"
    )
    cast.reported("东门垃圾没人收")
    cast.grid.says("退回 2 6 已经起诉", "网格员群")
    assert "没有受理：法院正在处理：已经起诉" in any_world.last("居民群")
    cast.reported("西门窨井盖破了")
    cast.grid.says("退回 3 和市政说过了不修", "网格员群")
    assert "没有受理：和市政说过了不修\n不同意可以找社区居委会" in any_world.last("居民群")


def test_asking_for_more_ends_nothing(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.grid.says("退回 1 情况不清楚 是哪一部电梯", "网格员群")
    assert cast.state() == "reported"
    assert "请发：补充 1" in any_world.last("居民群")


def test_a_candidate_that_is_none_goes_away_without_a_word(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("3号楼2单元电梯又坏了", "居民群")
    cast.grid.says("退回 1 广告", "网格员群")
    assert cast.state() == "cancelled"
    assert len(any_world.heard("居民群")) == 1


def test_what_is_still_to_be_done_can_be_listed(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says("待办", "网格员群")
    assert any_world.last("网格员群") == "没有没办完的事。"
    cast.accepted()
    cast.zhang.says("东门垃圾没人收", "居民群")
    cast.grid.says("待办", "网格员群")
    assert any_world.last("网格员群").splitlines()[:2] == [
        "还有 2 件没办完：",
        f"〔2026〕1号 已立案 房屋设施 {LIFT}",
    ]


def test_mediation_leaves_every_public_place_at_once_and_stays_private(any_world: World) -> None:
    cast = Cast(any_world)
    mediator = any_world.member("何调", "调解员")
    cast.reported("楼上502天天跳绳，跟他说还骂人")
    cast.grid.says("受理 1", "网格员群")
    cast.grid.presses("更多", "网格员群")
    cast.grid.presses("转调解", "网格员群")
    assert cast.state() == "filed"
    cast.grid.presses("转调解", "网格员群")
    assert cast.state() == "mediate"
    assert "这件事已转入私下处理。" in cast.residents()
    assert "跳绳" not in cast.residents() + cast.grids()
    assert "楼上502天天跳绳" in mediator.heard()[-1]
    assert "私下调解" in cast.zhang.heard()[-1]
    cast.zhang.says("我的诉求")
    for words in ("受理 1", "派单 1 物业", "办结 1 不属职责 x", "并入 1 1"):
        cast.grid.says(words, "网格员群")
    assert cast.state() == "mediate"
    assert "跳绳" not in cast.residents() + cast.grids()
