"""A unit is sold while owners vote: the written rule, in the chat."""

from tests.stories.estates import asks, estate, whole
from tests.world import World

ZHANG = "张三,业主,,3-2-201,90,19900001111,,,,"
COUPLE = ("陈一,业主,,3-2-201,80,19900001111,,,,", "杜二,业主,,3-2-201,80,19900001112,,,,")


def test_sold_before_it_was_cast_the_new_owner_votes_and_the_roll_stays(any_world: World) -> None:
    world = any_world
    estate(world, ZHANG, "李四,业主,,3-2-202,70,19900001112,,,,")
    asks(world, "业主")
    before = whole(world)
    world.people["李四"].says("过户 3-2-201 王五")
    assert "这一步由" in world.people["李四"].heard()[-1]
    world.people["文书小周"].says("过户 3-2-201 王五 手机19900002222", to="两委群")
    said = "\n".join(world.heard("两委群")[-2:])
    assert "新业主 王五" in said
    assert "改由现在的业主投" in said
    (code,) = world.rows("SELECT code FROM members WHERE name = '王五'")[0]
    assert str(code) in said
    world.people["张三"].says("表决 议1 赞成")
    assert "已经过户" in world.people["张三"].heard()[-1]
    wang = world.stranger("王五", account="w5")
    wang.says(f"/start {code}")
    wang.says("表决 议1 反对")
    assert "已记：反对" in wang.heard()[-1]
    assert world.rows("SELECT choice FROM ballots") == [("against",)]
    assert whole(world) == before
    roles = "SELECT name FROM members JOIN holdings ON member_id = members.id WHERE role = 'owner'"
    assert world.rows(f"{roles} ORDER BY name") == [("李四",), ("王五",)]


def test_sold_after_it_was_cast_the_ballot_stands(world: World) -> None:
    estate(world, ZHANG)
    asks(world, "业主")
    world.people["张三"].says("表决 议1 赞成")
    world.people["文书小周"].says("过户 3-2-201 王五 19900002222", to="两委群")
    assert any("仍然有效" in said for said in world.heard("两委群"))
    assert world.rows("SELECT choice FROM ballots") == [("for",)]
    assert world.rows("SELECT COUNT(*) FROM electors") == [(1,)]


def test_one_of_several_units_sold_leaves_the_frozen_entry_with_its_owner(world: World) -> None:
    estate(world, ZHANG, "张三,业主,,3-2-202,90,19900001111,,,,")
    asks(world, "业主")
    world.people["文书小周"].says("过户 3-2-201 王五 19900002222", to="两委群")
    assert any("仍由原业主投" in said for said in world.heard("两委群"))
    world.people["张三"].says("表决 议1 赞成")
    assert "已记：赞成" in world.people["张三"].heard()[-1]
    assert whole(world)[0] == 1


def test_a_buyer_who_has_an_entry_already_signs_on_paper_for_the_other(world: World) -> None:
    estate(world, ZHANG, "李四,业主,,3-2-202,70,19900001112,,,,")
    asks(world, "业主")
    world.people["文书小周"].says("过户 3-2-201 李四 19900001112", to="两委群")
    assert any("代录 议1 3-2-201" in said for said in world.heard("两委群"))
    world.people["李四"].says("表决 议1 赞成")
    world.people["网格员小王"].says("代录 议1 3-2-201 反对 见证 老李", to="网格员群")
    assert "已代录：3-2-201，反对" in world.last("网格员群")
    assert world.rows("SELECT choice FROM ballots ORDER BY member_id") == [("against",), ("for",)]


def test_a_name_alone_is_no_buyer_where_it_is_on_the_roll(world: World) -> None:
    estate(world, ZHANG, "李四,业主,,3-2-202,70,19900001112,,,,")
    office = world.people["文书小周"]
    for words, answer in (
        ("过户 3-2-201 李四", "只凭姓名不能认人"),
        ("过户 9-9-999 王五", "没有 9-9-999"),
        ("过户 3-2-201", "请这样发"),
        ("过户 3-2-201 张三 19900001111", "本来就是"),
        ("过户 3-2-201 王五 由 李四", "不是 3-2-201 的业主"),
    ):
        office.says(words, to="两委群")
        assert answer in world.last("两委群")
    assert len(world.rows("SELECT * FROM ownerships")) == 2


def test_a_co_owner_may_sell_alone(world: World) -> None:
    estate(world, *COUPLE)
    asks(world, "业主")
    world.people["文书小周"].says("过户 3-2-201 王五 19900002222 由 陈一", to="两委群")
    owners = "SELECT name FROM ownerships JOIN members ON members.id = member_id ORDER BY name"
    assert world.rows(owners) == [("杜二",), ("王五",)]
    world.people["杜二"].says("表决 议1 赞成")
    assert "已记：赞成" in world.people["杜二"].heard()[-1]
    world.people["陈一"].says("表决 议1 反对")
    assert "已经过户" in world.people["陈一"].heard()[-1]
