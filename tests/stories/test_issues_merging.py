"""Issues that are one: merged with their lineage, and supports that move only with consent."""

from storage.messages import Presence, Pressed
from tests.stories.issues_cast import Cast
from tests.world import World


def test_merging_tells_every_group_once_and_keeps_the_lineage(any_world: World) -> None:
    cast = Cast(any_world)
    any_world.group("居民群@二群")
    cast.reported()
    cast.li.says("3栋2单元电梯又停在8楼", "二群")
    cast.grid.presses("并入1号", "网格员群")
    assert (cast.state(2), cast.column("merged_into", 2)) == ("merged", 1)
    assert (
        any_world.last("二群")
        == "〔2026〕2号 和 〔2026〕1号 是一件事，已并入 〔2026〕1号，以后看 〔2026〕1号 的进展。"
    )
    assert len(any_world.heard("二群")) == 2
    assert any_world.rows("SELECT event, subject FROM journal WHERE event = 'IssueMerged'") == [
        ("IssueMerged", "issue:2")
    ]
    cast.grid.says("办结 1 无法解决 要等大修", "网格员群")
    assert any_world.last("二群") == "✅ 〔2026〕1号 已办结。无法解决：要等大修"
    assert any_world.last("居民群") == "✅ 〔2026〕1号 已办结。无法解决：要等大修"


def test_what_was_merged_leads_to_its_root_and_never_round_in_a_circle(any_world: World) -> None:
    cast = Cast(any_world)
    for words in ("3号楼电梯坏了", "东门垃圾没人收", "5号楼水管漏水"):
        cast.reported(words)
    cast.grid.says("并入 1 2", "网格员群")
    cast.grid.says("并入 3 1", "网格员群")
    assert cast.column("merged_into", 3) == 2
    for words, heard in (
        ("并入 2 3", "不能并入自己"),
        ("并入 2 2", "不能并入自己"),
        ("并入 1 2", "已经并入别的一件了"),
        ("并入 2 9", "没有找到 9号"),
        ("并入 2", "请写两个号码"),
    ):
        cast.grid.says(words, "网格员群")
        assert heard in any_world.last("网格员群")
    assert cast.state(2) == "reported"


def test_what_others_said_of_it_in_words_of_their_own_is_known_too(any_world: World) -> None:
    cast = Cast(any_world)
    words = "3号楼2单元一楼全是苍蝇"
    for said, by in (("东门垃圾房满得溢出来了", cast.zhang), (words, cast.li)):
        cast.reported(said, by)
        assert "可能是一件事" not in any_world.last("居民群")
    cast.grid.says("并入 2 1", "网格员群")
    any_world.later(days=25)
    cast.reported(f"{words}，没法开窗", any_world.member("钱六", "居民"))
    offer = any_world.last("居民群")
    assert "和这一件可能是一件事" in offer
    assert "〔2026〕1号" in offer
    any_world.later(days=25)
    cast.reported(f"{words}，谁管管", any_world.member("周七", "居民"))
    assert "〔2026〕3号" in any_world.last("居民群")


def test_supports_move_only_when_each_supporter_says_yes(any_world: World) -> None:
    cast = Cast(any_world)
    people = [any_world.member(name, "居民") for name in ("甲一", "乙二", "丙三")]
    cast.reported("3号楼电梯坏了")
    cast.reported("5号楼水管漏水", cast.li)
    for person in people:
        person.presses("附议", "居民群")
    cast.grid.says("并入 2 1", "网格员群")
    assert any_world.rows("SELECT DISTINCT issue_id FROM supports") == [(2,)]
    assert all("已并入 〔2026〕1号" in person.heard()[-1] for person in people)
    people[0].presses("支持继续有效")
    people[1].presses("撤回")
    held = any_world.rows("SELECT issue_id, member_id FROM supports ORDER BY member_id")
    assert held == [(1, people[0].id), (2, people[2].id)]
    people[0].presses("支持继续有效")
    assert "没有您的附议" in people[0].told()[-1]


def test_a_support_after_the_merger_counts_for_the_root(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("3号楼电梯坏了")
    cast.reported("5号楼水管漏水", cast.li)
    button = any_world.cards("居民群")[-1].buttons[0]
    cast.grid.says("并入 2 1", "网格员群")
    any_world.arrive(any_world.where("居民群"), Pressed(button.press, "m0", "q9"), cast.second.sender)
    assert any_world.rows("SELECT issue_id FROM supports") == [(1,)]


def test_two_matters_in_one_message_are_split(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("3号楼的电梯坏了，还有东门垃圾没人收")
    cast.grid.says("拆分 1 东门垃圾没人收", "网格员群")
    assert any_world.rows("SELECT number, state, reporter_id FROM issues") == [
        (1, "reported", cast.zhang.id),
        (2, "reported", cast.zhang.id),
    ]
    assert any_world.last("居民群").startswith("📝 已记下 〔2026〕2号\n东门垃圾没人收")


def test_what_is_added_to_a_merged_issue_reaches_its_root(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("3号楼电梯坏了")
    message = cast.reported("5号楼水管漏水", cast.li)
    cast.grid.says("并入 2 1", "网格员群")
    cast.li.says("补充 2 水已经流到楼道里了")
    cast.li.edits(message, "#报事 5号楼和6号楼水管漏水", "居民群")
    assert any_world.rows("SELECT issue_id, text FROM remarks") == [
        (1, "水已经流到楼道里了"),
        (1, "原话改为：5号楼和6号楼水管漏水"),
    ]


def test_a_group_we_were_put_out_of_is_not_spoken_to(any_world: World) -> None:
    cast = Cast(any_world)
    cast.accepted()
    any_world.arrive(any_world.where("居民群"), Presence("outside"), cast.zhang.sender)
    cast.grid.says("办结 1 不属职责 归市政", "网格员群")
    assert cast.state() == "closed"
    assert any_world.rows("SELECT count(*) FROM outbox WHERE body LIKE '%已办结。%' AND chat = '-100'") == [
        (0,)
    ]
