"""What is said in passing, in pieces, changed and taken back."""

from pathlib import Path

from handlers.settings import Settings
from storage.messages import File, FileKind
from tests.stories.issues_cast import Cast
from tests.world import COMMUNITY, Manner, World


def test_what_is_said_in_passing_bothers_nobody_until_a_person_accepts_it(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("3号楼2单元电梯又坏了", "居民群")
    assert cast.state() == "candidate"
    assert len(any_world.heard("居民群")) == 1
    assert any_world.heard("网格员群")[-1].startswith("🏷 待确认 〔2026〕1号")
    cast.grid.presses("受理", "网格员群")
    assert cast.state() == "filed"
    assert len(any_world.heard("居民群")) == 2
    assert any_world.last("居民群").startswith("📝 已记下 〔2026〕1号")
    assert "网格员已受理" in any_world.last("居民群")


def test_chatter_thanks_questions_and_advertisements_are_nobodys_issue(any_world: World) -> None:
    cast = Cast(any_world)
    for words in ("晚上吃什么", "谢谢师傅", "几点来水", "加微信刷单日结", "猫走丢了", "好的收到", "电梯好了"):
        cast.zhang.says(words, "居民群")
    assert any_world.rows("SELECT count(*) FROM issues") == [(0,)]
    assert len(any_world.heard("居民群")) == 1
    assert len(any_world.heard("网格员群")) == 1


def test_without_listening_only_what_is_meant_for_us_counts(tmp_path: Path) -> None:
    world = World(
        tmp_path, Manner.CALM, Settings(COMMUNITY, operators=frozenset({"console:operator"}), passive="off")
    )
    cast = Cast(world)
    cast.zhang.says("3号楼2单元电梯又坏了", "居民群")
    assert world.rows("SELECT count(*) FROM issues") == [(0,)]
    cast.reported()
    assert cast.state() == "reported"
    world.close()


def test_short_messages_within_two_minutes_are_one_issue(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("3号楼2单元电梯坏了", "居民群")
    any_world.later(seconds=40)
    cast.zhang.says("按哪层都没反应", "居民群")
    cast.zhang.says("", "居民群", files=(File(FileKind.PHOTO, "photo-1"),))
    cast.zhang.says("晚上吃什么", "居民群")
    assert any_world.rows("SELECT number, text FROM issues") == [(1, "3号楼2单元电梯坏了\n按哪层都没反应")]
    assert any_world.rows("SELECT subject, ref FROM attachments") == [("issue:1", "photo-1")]
    assert "按哪层都没反应" in cast.grids()
    assert any("又有照片" in card.text and card.files for card in any_world.cards("网格员群"))


def test_after_two_minutes_or_about_something_else_it_is_another_issue(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.zhang.says("东门垃圾没人收", "居民群")
    any_world.later(minutes=3)
    cast.zhang.says("5号楼水管漏水", "居民群")
    assert [row[0] for row in any_world.rows("SELECT number FROM issues")] == [1, 2, 3]


def test_an_explicit_word_raises_the_candidate_of_a_moment_ago(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("3号楼2单元电梯坏了", "居民群")
    cast.zhang.says("#报事 3号楼2单元电梯坏了", "居民群")
    assert any_world.rows("SELECT number, state FROM issues") == [(1, "reported")]
    assert any_world.last("居民群").startswith("📝 已记下 〔2026〕1号")


def test_a_changed_message_changes_the_issue_while_untouched_and_is_noted_afterwards(
    any_world: World,
) -> None:
    cast = Cast(any_world)
    message = cast.reported()
    cast.zhang.edits(message, "#报事 3号楼3单元电梯停在8楼不动", "居民群")
    assert cast.column("place") == "3号楼3单元"
    assert "3号楼3单元" in cast.card_of("网格员群", "〔2026〕1号")
    cast.grid.presses("受理", "网格员群")
    cast.zhang.edits(message, "#报事 3号楼4单元电梯停在8楼不动", "居民群")
    assert cast.column("place") == "3号楼3单元"
    assert "原话改为：3号楼4单元电梯停在8楼不动" in cast.grids()


def test_a_withdrawn_message_takes_the_issue_back_while_untouched(any_world: World) -> None:
    cast = Cast(any_world)
    message = cast.reported()
    cast.zhang.withdraws(message, "居民群")
    assert cast.state() == "cancelled"
    assert "已撤销" in cast.residents()
    assert "电梯" not in cast.residents().splitlines()[-1]
    again = cast.accepted("东门垃圾没人收")
    cast.zhang.withdraws(again, "居民群")
    assert cast.state(2) == "filed"
    assert "反映的人想撤回" in cast.grids()


def test_a_word_that_it_is_well_again_reaches_the_grid_and_opens_nothing(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    any_world.later(hours=1)
    cast.li.says("3号楼2单元电梯好了", "居民群")
    assert any_world.rows("SELECT count(*) FROM issues") == [(1,)]
    assert "有邻居说好了：3号楼2单元电梯好了" in cast.grids()
    assert cast.state() == "reported"


def test_of_two_like_troubles_the_one_at_the_place_that_is_named_is_well_again(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted("三角地的路灯灭了三盏")
    cast.accepted("上坳的路灯全不亮，走夜路害怕")
    any_world.later(hours=1)
    cast.li.says("三角地的灯亮了，谢谢师傅", "居民群")
    remarks = any_world.rows("SELECT issue_id FROM remarks WHERE text LIKE '%三角地的灯亮了%'")
    assert remarks == [(1,)]
