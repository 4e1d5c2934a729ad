from tests.stories.owning import owners_vote
from tests.stories.voting import at_the_vote, change, make_secret
from tests.world import World

ORDER = "委托 议1 代表1 由 代表2 凭 书面委托书"


def ballots(world: World) -> list[tuple[object, ...]]:
    return world.rows("SELECT member_id, choice, cast_by FROM ballots ORDER BY member_id")


def grid_says(world: World, words: str) -> str:
    world.people["网格员小王"].says(words, to="网格员群")
    return world.last("网格员群")


def test_a_holder_casts_the_ballot_and_the_giver_hears_what_was_cast(any_world: World) -> None:
    world = any_world
    owners_vote(world)
    one, two = world.people["代表1"], world.people["代表2"]
    assert "代表1委托代表2代投" in grid_says(world, ORDER)
    assert "撤销委托 议1" in one.heard()[-1]
    assert world.rows("SELECT member_id, holder_id, paper FROM proxies") == [(one.id, two.id, "书面委托书")]
    two.says("代投 议1 代表1 反对")
    assert "投票码" in two.heard()[-1]
    assert ballots(world) == [(one.id, "against", two.id)]
    assert "代表2已受您委托代投：反对" in one.heard()[-1]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]
    world.later(days=3)
    one.says("唱票 议1")
    assert "代表1：反对（代表2代）" in one.heard()[-1]


def test_the_holder_presses_a_button_or_leaves_the_only_name_out(any_world: World) -> None:
    world = any_world
    owners_vote(world)
    one, two = world.people["代表1"], world.people["代表2"]
    grid_says(world, ORDER)
    two.presses("赞成")
    assert ballots(world) == [(one.id, "for", two.id)]
    grid_says(world, "委托 议1 代表3 给 代表4 凭委托书一份")
    world.people["代表4"].says("代投 议1 弃权")
    assert ballots(world)[-1] == (world.people["代表3"].id, "abstain", world.people["代表4"].id)
    two.presses("赞成", on="代表决议群")
    assert ballots(world)[1] == (two.id, "for", None)


def test_owners_vote_once_so_the_first_ballot_counts_and_the_second_is_told(any_world: World) -> None:
    world = any_world
    owners_vote(world)
    one, two, three = (world.people[f"代表{number}"] for number in (1, 2, 3))
    grid_says(world, ORDER)
    two.says("代投 议1 代表1 赞成")
    one.presses("反对", on="代表决议群")
    assert ballots(world) == [(one.id, "for", two.id)]
    assert "代表2" in one.told()[-1]
    grid_says(world, "委托 议1 代表3 由 代表4 凭 书面委托书")
    three.presses("反对", on="代表决议群")
    world.people["代表4"].says("代投 议1 代表3 赞成")
    assert "已经自己投了" in world.people["代表4"].heard()[-1]
    assert ballots(world)[-1] == (three.id, "against", None)
    assert world.rows("SELECT heads FROM turnouts") == [(2,)]


def test_where_ballots_may_change_ones_own_takes_the_place_of_the_holders(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    change(world, "UPDATE polls SET body = 'collective_members'")
    change(world, "UPDATE members SET door = '1组5号' WHERE name IN ('代表1', '代表2')")
    one, two = world.people["代表1"], world.people["代表2"]
    assert "不同" in grid_says(world, "委托 议1 代表1 由 代表3 凭 书面委托书")
    grid_says(world, ORDER)
    two.says("代投 议1 代表1 赞成")
    two.says("代投 议1 代表1 弃权")
    assert ballots(world) == [(one.id, "abstain", two.id)]
    one.presses("反对", on="代表决议群")
    assert ballots(world) == [(one.id, "against", None)]
    two.says("代投 议1 代表1 赞成")
    assert "已经自己投了" in two.heard()[-1]
    assert ballots(world) == [(one.id, "against", None)]
    assert world.rows("SELECT heads FROM turnouts") == [(1,)]


def test_only_on_paper_and_only_by_those_who_saw_it(world: World) -> None:
    owners_vote(world)
    world.people["代表2"].says(ORDER, to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    assert "要有书面的" in grid_says(world, "委托 议1 代表1 由 代表2")
    assert "请这样发：委托" in grid_says(world, "委托 议1 代表1")
    assert "名册上没有王五" in grid_says(world, "委托 议1 王五 由 代表2 凭 委托书")
    assert "不能是同一个人" in grid_says(world, "委托 议1 代表1 由 代表1 凭 委托书")
    assert "不在这次表决的名册上" in grid_says(world, "委托 议1 文书小周 由 代表2 凭 委托书")
    assert "请另一位工作人员" in grid_says(world, "委托 议1 代表1 由 网格员小王 凭 委托书")
    assert world.rows("SELECT * FROM proxies") == []


def test_a_body_that_takes_no_proxies_and_a_secret_poll_refuse_them(world: World) -> None:
    at_the_vote(world, voters=3)
    assert "不接受委托" in grid_says(world, ORDER)
    change(world, "UPDATE polls SET body = 'owners_committee'")
    assert "杭州市物业管理条例 29" in grid_says(world, ORDER)
    change(world, "UPDATE polls SET body = 'owners'")
    make_secret(world)
    assert "无记名表决不接受委托" in grid_says(world, ORDER)
    assert world.rows("SELECT * FROM proxies") == []


def test_papers_are_counted_per_holder_and_a_cited_rule_lifts_the_limit(world: World) -> None:
    owners_vote(world)
    grid_says(world, ORDER)
    assert "已经受托 1 份" in grid_says(world, "委托 议1 代表3 由 代表2 凭 委托书")
    cited = "依据 议事规则第8条至多2份"
    assert "已登记" in grid_says(world, f"委托 议1 代表3 由 代表2 凭 委托书 {cited}")
    assert "已经受托 2 份" in grid_says(world, f"委托 议1 代表4 由 代表2 凭 委托书 {cited}")
    two = world.people["代表2"]
    two.says("代投 议1 赞成")
    assert "请写明代谁投" in two.heard()[-1]
    two.says("代投 议1 代表3 赞成")
    assert ballots(world) == [(world.people["代表3"].id, "for", two.id)]


def test_nobody_hands_a_proxy_on(world: World) -> None:
    owners_vote(world)
    grid_says(world, ORDER)
    assert "已经有委托了" in grid_says(world, "委托 议1 代表1 由 代表3 凭 委托书")
    assert "自己受了别人的委托" in grid_says(world, "委托 议1 代表2 由 代表3 凭 委托书")
    assert "已经把自己的票委托给了别人" in grid_says(world, "委托 议1 代表3 由 代表1 凭 委托书")
    world.people["代表3"].says("代投 议1 代表1 赞成")
    assert "没有受人委托" in world.people["代表3"].heard()[-1]
    assert ballots(world) == []


def test_a_minor_and_somebody_who_stands_back_hold_no_proxy(world: World) -> None:
    owners_vote(world)
    world.member("小明", "居民", adult_at=world.clock.now().replace(year=2030))
    assert "未满十八周岁" in grid_says(world, "委托 议1 代表1 由 小明 凭 委托书")
    world.people["文书小周"].says("回避 议1 代表2 是投标公司的人", to="两委群")
    assert "不能替别人投" in grid_says(world, ORDER)
    assert "也不能委托" in grid_says(world, "委托 议1 代表2 由 代表3 凭 委托书")
    assert world.rows("SELECT * FROM proxies") == []


def test_whoever_has_voted_gives_no_proxy(world: World) -> None:
    owners_vote(world)
    world.people["代表1"].presses("赞成", on="代表决议群")
    assert "已经投了" in grid_says(world, ORDER)
    assert world.rows("SELECT * FROM proxies") == []


def test_a_proxy_is_withdrawn_by_its_giver_or_the_office_until_it_was_used(any_world: World) -> None:
    world = any_world
    owners_vote(world)
    one, two = world.people["代表1"], world.people["代表2"]
    grid_says(world, ORDER)
    two.says("撤销委托 议1 代表1")
    assert "这一步由" in two.heard()[-1]
    one.says("撤销委托 议1")
    assert "已撤销" in one.heard()[-1]
    assert "不要再代投" in two.heard()[-1]
    two.says("代投 议1 代表1 赞成")
    assert "没有受人委托" in two.heard()[-1]
    grid_says(world, ORDER)
    two.says("代投 议1 代表1 赞成")
    assert "不能再撤销" in grid_says(world, "撤销委托 议1 代表1")
    assert ballots(world) == [(one.id, "for", two.id)]


def test_a_recusal_takes_unused_proxies_with_it(any_world: World) -> None:
    world = any_world
    owners_vote(world)
    grid_says(world, ORDER)
    grid_says(world, "委托 议1 代表3 由 代表4 凭 委托书")
    office = world.people["文书小周"]
    office.says("回避 议1 代表1 有利害关系", to="两委群")
    office.says("回避 议1 代表4 有利害关系", to="两委群")
    assert world.rows("SELECT * FROM proxies") == []
    assert "委托因回避失效" in world.people["代表2"].heard()[-1]
    assert "委托因回避失效" in world.people["代表3"].heard()[-1]
    world.people["代表2"].says("代投 议1 代表1 赞成")
    world.people["代表4"].says("代投 议1 代表3 赞成")
    assert ballots(world) == []


def test_no_proxy_is_given_or_used_after_the_close(any_world: World) -> None:
    world = any_world
    owners_vote(world)
    grid_says(world, ORDER)
    world.later(days=3)
    world.people["代表2"].says("代投 议1 代表1 赞成")
    grid_says(world, "委托 议1 代表3 由 代表4 凭 委托书")
    grid_says(world, "撤销委托 议1 代表1")
    assert ballots(world) == []
    assert len(world.rows("SELECT * FROM proxies")) == 1


def test_the_press_of_a_stranger_on_a_forged_button_casts_nothing(world: World) -> None:
    owners_vote(world)
    grid_says(world, ORDER)
    from storage.messages import Pressed

    one, three = world.people["代表1"], world.people["代表3"]
    for forged in (
        f"poll.proxy:1:{one.id}:for",
        "poll.proxy:9:1:for",
        "poll.proxy:x",
        f"poll.proxy:1:{one.id}",
    ):
        world.arrive(three.private, Pressed(forged, "", "q1"), three.sender, private=True)
    two = world.people["代表2"]
    for forged in (f"poll.proxy:1:{three.id}:for", f"poll.proxy:1:{one.id}:everything"):
        world.arrive(two.private, Pressed(forged, "", "q2"), two.sender, private=True)
    assert ballots(world) == []
    assert world.parked() == []
