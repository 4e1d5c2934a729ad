"""Each body has a roll of its own, and nobody stands on one for another's reason."""

from datetime import UTC, datetime

import pytest

from tests.stories.estates import asks, estate, imports, roll, whole
from tests.stories.voting import change, push, town
from tests.world import World

TOWN = (
    "赵书记,书记、党员,,1-1-101,,19900000001,,,,",
    "钱支委,支委、党员,,1-1-102,,19900000002,,,,",
    "孙居委,居委,,1-1-103,,19900000003,,,,",
    "李代表,居民、居民代表,第一网格,2-1-101,,19900000004,,,,",
    "周代表,居民、居民代表、居委,第二网格,2-1-102,,19900000005,,,,",
    "吴户主,居民、户代表,,3-1-101,,19900000006,,,,",
    "郑家人,居民、户代表,,3-1-101,,19900000007,,,,",
    "王户主,居民、户代表、业主,,3-1-102,88.5,19900000008,,,,",
    "冯预备,居民、预备党员,,3-1-103,,19900000009,,,,",
    "陈小小,居民、户代表,,3-1-104,,19900000010,,,2010-05-01,",
    "卫村民代表,村民代表,,4-1-101,,19900000011,,,,",
)


def names(world: World) -> list[str]:
    """Everybody in the newest poll's electorate."""
    query = (
        "SELECT name FROM electors JOIN members ON members.id = member_id"
        " WHERE poll_id = (SELECT MAX(id) FROM polls) ORDER BY members.id"
    )
    return [name for (name,) in world.rows(query)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "居民代表会议",
            [
                "居（村）委（桂花里社区）",
                "居民代表（第一网格）",
                "居民代表（第二网格）、居（村）委（第二网格）",
            ],
        ),
        (
            "有表决权的党员",
            ["党员（桂花里社区）、书记（桂花里社区）", "党员（桂花里社区）、支委（桂花里社区）"],
        ),
        ("村民代表会议", ["居（村）委（桂花里社区）", "居（村）委（第二网格）", "村民代表（桂花里社区）"]),
        ("业主", ["3-1-102 业主，88.5 ㎡"]),
        ("居民户代表", ["3-1-101 户代表", "3-1-102 户代表"]),
        (
            "两委",
            [
                "书记（桂花里社区）",
                "支委（桂花里社区）",
                "居（村）委（桂花里社区）",
                "居（村）委（第二网格）",
            ],
        ),
    ],
)
def test_a_body_s_roll_is_its_own_with_the_reason_of_each(
    world: World, body: str, expected: list[str]
) -> None:
    estate(world, *TOWN)
    asks(world, body)
    assert any("已发起表决" in said for said in world.heard("两委群"))
    assert [reason for reason, _ in roll(world)] == expected
    assert whole(world)[0] == len(expected)


def test_a_household_has_one_vote_whoever_of_it_casts(any_world: World) -> None:
    world = any_world
    estate(world, *TOWN)
    asks(world, "居民户代表")
    assert names(world) == ["吴户主", "郑家人", "王户主"]
    world.people["郑家人"].says("表决 议1 反对")
    world.people["吴户主"].says("表决 议1 赞成")
    assert "反对" in world.people["吴户主"].heard()[-1]
    assert world.rows("SELECT choice FROM ballots") == [("against",)]


def test_minors_stand_on_no_roll_until_they_are_eighteen(world: World) -> None:
    estate(
        world, *TOWN, "今天成年,居民,,5-1-1,,19900000012,,,2008-11-02,", "大人,居民,,5-1-2,,,,,1960-01-01,70"
    )
    adult = dict(world.rows("SELECT name, adult_at FROM members WHERE adult_at IS NOT NULL"))
    assert adult == {"陈小小": "2028-04-30 16:00:00.000000"}
    asks(world, "年满十八周岁的居民")
    assert "陈小小" not in names(world)
    assert {"今天成年", "大人", "李代表"} <= set(names(world))


def test_an_age_alone_is_taken_at_its_latest_and_only_ever_brought_forward(world: World) -> None:
    estate(world, "小明,居民,,5-1-1,,19900000012,,,,15")
    query = "SELECT adult_at FROM members WHERE name = '小明'"
    assert world.rows(query) == [("2029-11-01 16:00:00.000000",)]
    world.clock.move(datetime(2027, 12, 1, tzinfo=UTC))
    imports(world, "小明,居民,,5-1-1,,19900000012,,,,16")
    assert world.rows(query) == [("2029-11-01 16:00:00.000000",)]
    imports(world, "小明,居民,,5-1-1,,19900000012,,,,17")
    assert world.rows(query) == [("2028-11-30 16:00:00.000000",)]
    imports(world, "小明,居民,,5-1-1,,19900000012,,,2009-12-01,")
    assert world.rows(query) == [(None,)]


def test_a_leap_day_s_child_comes_of_age_on_the_first_of_march(world: World) -> None:
    estate(world, "闰生,居民,,5-1-1,,19900000012,,,2012-02-29,")
    assert world.rows("SELECT adult_at FROM members WHERE name = '闰生'") == [("2030-02-28 16:00:00.000000",)]


def test_the_collective_s_members_are_on_no_roll_of_ours(world: World) -> None:
    estate(world, *TOWN)
    assert "不能用别的名册代替" in asks(world, "农村集体经济组织成年成员")
    assert world.rows("SELECT * FROM polls") == []


def test_interested_owners_are_those_behind_the_matter_who_own(world: World) -> None:
    town(world, voters=0)
    imports(world, *TOWN)
    for name in ("王户主", "吴户主"):
        supporter = world.people[name].id
        change(world, f"INSERT INTO supports VALUES (1, {supporter}, '2026-11-02 01:00:00.000000')")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    push(world, "accept")
    asks(world, "有利害关系的业主")
    assert roll(world) == [("3-1-102 业主，88.5 ㎡", "88.5")]


def test_a_roll_without_anybody_opens_nothing(world: World) -> None:
    estate(world, "张三,居民,,1-1-1,,,,,,")
    assert "名册是空的" in asks(world, "业主")
    assert world.rows("SELECT * FROM polls") == []
