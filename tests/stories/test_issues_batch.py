"""A grid worker passes on what was said in a WeChat group, which no bot may listen to."""

from storage.messages import Sender
from tests.stories.issues_cast import Cast
from tests.world import World

COPIED = """—— 2026-11-21 09:10 ——
张大妈 2026-11-21 09:12
3号楼2单元电梯又坏了
按哪层都没反应
钱阿姨:
谢谢，早上好
6-1-402老周：东门垃圾没人收
王五：
[图片]
@老周 东门垃圾房满了没人收
7号楼3单元防盗门关不上了"""
CHATTER = ("谢谢", "早上好", "张大妈", "钱阿姨", "老周", "王五", "402", "图片")


def texts(world: World) -> list[object]:
    return [row[0] for row in world.rows("SELECT text FROM issues ORDER BY number")]


def everything_kept(world: World) -> str:
    """Every word of every row, as the disk has it."""
    tables = [row[0] for row in world.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(str(row) for table in tables for row in world.rows(f'SELECT * FROM "{table}"'))


def test_a_copied_chat_becomes_a_numbered_list_and_what_is_chosen_becomes_issues(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says(f"登记\n{COPIED}", "网格员群", addressed=True)
    shown = any_world.last("网格员群")
    assert "像诉求的有 3 条" in shown
    assert "1. 3号楼2单元电梯又坏了 按哪层都没反应" in shown
    assert "2. 东门垃圾没人收（2 人说到）" in shown
    assert texts(any_world) == []
    cast.grid.says("登记 1 3", "网格员群")
    assert texts(any_world) == ["3号楼2单元电梯又坏了\n按哪层都没反应", "7号楼3单元防盗门关不上了"]
    assert [cast.state(1), cast.state(2)] == ["reported", "reported"]
    told = cast.card_of("网格员群", "已登记：")
    assert told.startswith("已登记：\n〔2026〕1号 3号楼2单元电梯又坏了 按哪层都没反应\n〔2026〕2号")
    assert "转自居民微信群" in cast.card_of("网格员群", "🏷 待分拣 〔2026〕1号")
    assert len(any_world.heard("居民群")) == 1


def test_names_and_chatter_are_neither_shown_nor_kept(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says(f"登记\n{COPIED}", "网格员群", addressed=True)
    cast.grid.says("登记 全部", "网格员群")
    assert len(texts(any_world)) == 3
    kept = everything_kept(any_world)
    heard = "\n".join([*any_world.heard("网格员群"), *cast.grid.heard()])
    assert "东门垃圾没人收" in kept
    for word in CHATTER:
        assert word not in kept, word
        assert word not in heard, word


def test_what_is_not_chosen_is_gone_after_a_day(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says(f"登记\n{COPIED}", "网格员群", addressed=True)
    any_world.later(hours=25)
    cast.grid.says("登记 2", "网格员群")
    assert "没有等着选的清单" in any_world.last("网格员群")
    assert texts(any_world) == []


def test_a_single_matter_is_registered_at_once_from_a_quotation(any_world: World) -> None:
    cast = Cast(any_world)
    forwarded = "周大妈: 6号楼1单元楼道灯不亮\n好的收到"
    cast.grid.says(
        "登记",
        "网格员群",
        addressed=True,
        reply_to="q7",
        quoted=forwarded,
        quoted_sender=Sender("n9", "周大妈"),
    )
    assert texts(any_world) == ["6号楼1单元楼道灯不亮"]
    assert "〔2026〕1号 6号楼1单元楼道灯不亮" in cast.card_of("网格员群", "已登记：")
    reporter = any_world.rows("SELECT m.name FROM issues i JOIN members m ON m.id = i.reporter_id")
    assert reporter == [("王格",)]


def test_it_works_alone_with_the_bot_and_by_bare_numbers(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says("登记\n张三: 3号楼电梯坏了\n李四: 5号楼2单元楼道灯不亮")
    cast.grid.says("2")
    assert texts(any_world) == ["5号楼2单元楼道灯不亮"]
    cast.grid.presses("全部登记")
    assert texts(any_world) == ["5号楼2单元楼道灯不亮", "3号楼电梯坏了"]
    cast.grid.presses("登记1")
    assert len(texts(any_world)) == 2


def test_a_line_is_registered_once_however_often_it_is_chosen(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says(f"登记\n{COPIED}", "网格员群", addressed=True)
    cast.grid.presses("登记2", "网格员群")
    cast.second.presses("登记2", "网格员群")
    cast.grid.says("登记 1-2", "网格员群")
    assert len(texts(any_world)) == 2
    assert "〔2026〕1号 东门垃圾没人收" in cast.card_of("网格员群", "已登记：")
    cast.grid.says("登记 9", "网格员群")
    assert "只有 1 到 3" in any_world.last("网格员群")


def test_danger_is_rung_before_anybody_chooses(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says("登记\n张三：东门垃圾没人收\n李四：3号楼2单元有人困在电梯里了", "网格员群", addressed=True)
    assert texts(any_world) == ["3号楼2单元有人困在电梯里了"]
    assert cast.column("level") == "u0"
    assert "已登记为 〔2026〕1号" in cast.card_of("网格员群", "像诉求的")
    assert any("〔2026〕1号" in said for said in cast.lead.heard())
    cast.grid.replies("2", "像诉求的", "网格员群")
    assert texts(any_world) == ["3号楼2单元有人困在电梯里了", "东门垃圾没人收"]


def test_of_a_long_chat_the_beginning_is_listed_and_no_danger_is_left_out(any_world: World) -> None:
    cast = Cast(any_world)
    lines = [f"甲{number}：{number}号楼1单元楼道灯不亮" for number in range(1, 25)]
    cast.grid.says("\n".join(["登记", *lines, "乙：26号楼2单元有人困在电梯里了"]), "网格员群", addressed=True)
    assert texts(any_world) == ["26号楼2单元有人困在电梯里了"]
    shown = cast.card_of("网格员群", "像诉求的")
    assert "像诉求的有 25 条" in shown
    assert "还有 7 条没列出" in shown


def test_a_matter_that_is_open_already_is_pointed_out(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("3号楼2单元电梯停在8楼不动")
    cast.grid.says(
        "登记\n张三：三栋二单元电梯又停在8楼不动了\n李四：东门垃圾没人收", "网格员群", addressed=True
    )
    assert "（像 〔2026〕1号" in any_world.last("网格员群")


def test_what_holds_no_matter_leaves_nothing_behind(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says("登记\n张三：晚上吃什么\n李四：好的收到", "网格员群", addressed=True)
    assert "没看出哪一句是诉求" in any_world.last("网格员群")
    cast.grid.says("登记", "网格员群", addressed=True)
    assert "跟在“登记”后面" in any_world.last("网格员群")
    assert texts(any_world) == []
    assert "晚上吃什么" not in everything_kept(any_world)


def test_only_grid_workers_register_and_never_in_front_of_everybody(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says(f"登记\n{COPIED}")
    assert texts(any_world) == []
    cast.grid.says(f"登记\n{COPIED}", "居民群", addressed=True)
    assert texts(any_world) == []
    assert "像诉求的" not in "\n".join(any_world.heard("居民群"))
    assert "老周" not in everything_kept(any_world)
