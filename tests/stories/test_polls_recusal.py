from tests.stories.voting import at_the_vote, make_secret, vote
from tests.world import World

REASON = "他是中标公司的股东"


def told_publicly(world: World) -> str:
    return "\n".join(said for group in ("居民群", "代表决议群", "公示群") for said in world.heard(group))


def test_whoever_stands_back_may_not_vote_and_still_counts_in_the_roll(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=6)
    world.people["文书小周"].says(f"回避 议1 代表6 {REASON}", to="两委群")
    assert "已登记：代表6回避 议1" in world.last("两委群")
    assert "不参加" in world.people["代表6"].heard()[-1]
    assert "回避 1 人，不投票，仍计入应到" in world.cards("代表决议群")[-1].text
    assert "/ 6" in world.cards("代表决议群")[-1].text
    world.people["代表6"].presses("反对", on="代表决议群")
    assert "已登记回避这件事" in world.people["代表6"].told()[-1]
    assert world.rows("SELECT * FROM ballots") == []
    vote(world, yes=3)
    world.later(days=3)
    assert world.rows("SELECT outcome FROM polls") == [("invalid_quorum",)]
    verdict = next(said for said in world.heard("代表决议群") if "议1 未成立" in said)
    assert "回避 1 人，不投票，仍计入应到" in verdict


def test_the_reason_is_kept_with_the_recusal_and_told_nowhere(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    world.people["文书小周"].says(f"回避 议1 代表3 {REASON}", to="两委群")
    assert world.rows("SELECT reason FROM recusals") == [(REASON,)]
    vote(world, yes=2)
    world.later(days=3)
    assert REASON not in told_publicly(world)
    assert "代表3" not in told_publicly(world)
    kept = str([world.rows(f"SELECT * FROM {table}") for table in ("journal", "outbox", "electors", "polls")])
    assert REASON not in kept
    assert world.rows("SELECT detail FROM journal WHERE event = 'Recused'") == [
        (f'{{"member_id": {world.people["代表3"].id}}}',)
    ]


def test_one_may_stand_back_oneself_in_private_with_a_reason(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    one = world.people["代表1"]
    one.says("回避 议1")
    assert "请写上理由" in one.heard()[-1]
    one.says("回避 议1 我家亲戚参加投标")
    assert "已登记：代表1回避 议1" in one.heard()[-1]
    one.says("回避 议1 本人 再说一遍")
    assert "已经登记回避" in one.heard()[-1]
    one.says("表决 议1 赞成")
    assert "已登记回避这件事" in one.heard()[-1]
    assert world.rows("SELECT barred <> '' FROM electors WHERE member_id = ?", one.id) == [(1,)]


def test_nobody_but_the_office_may_name_another(world: World) -> None:
    at_the_vote(world, voters=3)
    world.people["代表1"].says("回避 议1 代表2 他收了好处", to="代表决议群")
    assert "要由社区办公室来办" in world.last("代表决议群")
    world.people["文书小周"].says("回避 议1 不在册的人 有利害关系", to="两委群")
    assert "请这样发：回避" in world.last("两委群")
    world.people["代表1"].says("撤销回避 议1 代表2", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    assert world.rows("SELECT * FROM recusals") == []


def test_standing_back_comes_before_the_ballot(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    vote(world, yes=1)
    world.people["代表1"].says("回避 议1 本人 刚想起来有关系")
    assert "回避要在投票之前" in world.people["代表1"].heard()[-1]
    make_secret(world)
    world.people["代表2"].presses("反对", on="代表决议群")
    world.people["文书小周"].says("回避 议1 代表2 有关系", to="两委群")
    assert "回避要在投票之前" in world.last("两委群")
    assert world.rows("SELECT * FROM recusals") == []


def test_a_recusal_lasts_for_later_polls_about_the_topic_until_it_is_lifted(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    office, one = world.people["文书小周"], world.people["代表1"]
    office.says(f"回避 议1 代表1 {REASON}", to="两委群")
    office.says("取消表决 议1 方案要改", to="两委群")
    office.says("发起表决 议1 3天 依据 本社区议事规则第5条", to="两委群")
    assert world.rows(
        "SELECT poll_id, barred <> '' FROM electors WHERE member_id = ? ORDER BY 1", one.id
    ) == [
        (1, 1),
        (2, 1),
    ]
    one.presses("赞成", on="代表决议群")
    assert world.rows("SELECT * FROM ballots") == []
    office.says("撤销回避 议1 代表1", to="两委群")
    assert "不再回避" in world.last("两委群")
    office.says("撤销回避 议1 代表1", to="两委群")
    assert "没有登记回避" in world.last("两委群")
    one.presses("赞成", on="代表决议群")
    assert world.rows("SELECT poll_id, member_id, choice FROM ballots") == [(2, one.id, "for")]
    assert "回避" not in world.cards("代表决议群")[-1].text


def test_whoever_stands_back_is_not_reminded(world: World) -> None:
    at_the_vote(world, voters=3)
    world.people["文书小周"].says(f"回避 议1 代表1 {REASON}", to="两委群")
    world.later(days=2, hours=23)
    assert [said for said in world.people["代表2"].heard() if "截止" in said]
    assert not [said for said in world.people["代表1"].heard() if "截止 " in said]


def test_a_recusal_holds_in_a_poll_that_is_only_announced(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    office, one = world.people["文书小周"], world.people["代表1"]
    office.says("取消表决 议1 改期", to="两委群")
    office.says(f"回避 议1 代表1 {REASON}", to="两委群")
    office.says("发起表决 议1 3天 11月4日9:00起 依据 本社区议事规则第5条", to="两委群")
    barred = "SELECT member_id FROM electors WHERE poll_id = 2 AND barred <> ''"
    assert world.rows(barred) == [(one.id,)]
    office.says("回避 议1 代表2 有利害关系", to="两委群")
    assert world.rows(f"{barred} ORDER BY 1") == [(one.id,), (world.people["代表2"].id,)]
    world.later(days=3)
    for number in (1, 2, 3):
        world.people[f"代表{number}"].says("表决 议1 赞成")
    assert world.rows("SELECT poll_id, member_id FROM ballots") == [(2, world.people["代表3"].id)]
