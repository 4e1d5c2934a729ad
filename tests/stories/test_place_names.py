"""What a community calls its places is taught in a word, and means nothing next door."""

from tests.stories.issues_cast import Cast
from tests.world import World


def test_a_name_that_was_taught_is_understood_from_then_on_and_after_a_restart(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("老煤场的电梯坏了")
    assert "3号楼" not in str(cast.column("place", 1))
    cast.grid.says("别名 老煤场 3号楼", "网格员群")
    assert "老煤场 就是 3号楼" in any_world.last("网格员群")
    cast.reported("老煤场停水了", cast.li)
    assert cast.column("place", 2) == "3号楼"
    any_world.restart()
    any_world.later(minutes=5)
    cast.reported("老煤场的水管爆了", cast.li)
    assert cast.column("place", 3) == "3号楼"
    cast.grid.says("取消别名 老煤场", "网格员群")
    any_world.later(minutes=5)
    cast.reported("老煤场那里停电了", cast.zhang)
    assert "3号楼" not in str(cast.column("place", 4))


def test_names_are_listed_and_bad_ones_refused_in_a_sentence(any_world: World) -> None:
    cast = Cast(any_world)
    for words, heard in (
        ("别名", "还没有别名"),
        ("别名 老煤场", "这样教"),
        ("别名 3号楼 5号楼", "本来就是一个地方"),
        ("别名 老煤场 火星", "没看懂“火星”"),
        ("别名 场 3号楼", "2 到 20 个字"),
        ("取消别名 老煤场", "没有“老煤场”"),
        ("取消别名", "这样说"),
        ("别名 老煤场=3号楼东侧", "记住了"),
        ("别名", "老煤场 = 3号楼东侧"),
    ):
        cast.grid.says(words, "网格员群")
        assert heard in any_world.last("网格员群"), words


def test_only_those_who_sort_name_places(any_world: World) -> None:
    cast = Cast(any_world)
    cast.li.says("别名 老煤场 3号楼")
    assert "网格员" in any_world.last(cast.li)
    assert any_world.rows("SELECT count(*) FROM place_names") == [(0,)]


def test_a_name_means_nothing_in_the_community_next_door(any_world: World) -> None:
    cast = Cast(any_world)
    any_world.group("居民群@邻", "梅园社区")
    other = any_world.member("外人", "居民", unit="梅园社区")
    cast.grid.says("别名 老煤场 3号楼", "网格员群")
    other.says("#报事 老煤场的楼道灯坏了", "邻")
    ((place,),) = any_world.rows("SELECT place FROM issues")
    assert "3号楼" not in place
