"""Residents raise matters: at once, in passing, in pieces, twice, and take them back."""

from storage.messages import File, FileKind, Location, Sender
from tests.stories.issues_cast import LIFT, Cast
from tests.world import World


def test_a_report_is_answered_once_in_its_thread_and_shown_to_the_grid(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    answer = any_world.heard("居民群")[1:]
    assert len(answer) == 1
    assert answer[0].startswith("📝 已记下 〔2026〕1号\n3号楼2单元电梯停在8楼不动")
    card = any_world.heard("网格员群")[1:]
    assert len(card) == 1
    assert card[0].startswith("🏷 待分拣 〔2026〕1号   房屋设施 · 3号楼2单元 · 紧急")
    assert cast.state() == "reported"


def test_every_way_of_reporting_makes_an_issue(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("/report 东门垃圾房堆满了没人收", "居民群")
    cast.zhang.says("报事 5号楼1单元楼道灯不亮", "居民群")
    cast.zhang.says("7号楼3单元防盗门关不上了", "居民群", addressed=True)
    cast.zhang.says("#报事9号楼4单元屋顶漏雨", "居民群")
    cast.zhang.says("报事 健身器材螺丝松了")
    cast.zhang.says("小区西门的窨井盖破了，有个坑")
    assert [row[0] for row in any_world.rows("SELECT state FROM issues")] == ["reported"] * 6
    texts = [row[0] for row in any_world.rows("SELECT text FROM issues ORDER BY id")]
    assert texts[3] == "9号楼4单元屋顶漏雨"
    assert sum("已记下" in said for said in any_world.heard("居民群")) == 4
    assert sum("已记下" in said for said in cast.zhang.heard()) == 2


def test_a_reply_that_says_so_makes_the_quoted_words_an_issue_of_who_said_them(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says(
        "报事", "居民群", reply_to="q7", quoted="6号楼1单元水管爆了", quoted_sender=Sender("n9", "周大妈")
    )
    assert cast.column("text") == "6号楼1单元水管爆了"
    assert cast.column("message_id") == "q7"
    name = any_world.rows("SELECT m.name FROM issues i JOIN members m ON m.id = i.reporter_id")
    assert name == [("周大妈",)]


def test_a_report_without_words_says_how_it_is_done(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("#报事", "居民群")
    assert "请写上哪里、什么事" in any_world.last("居民群")
    assert any_world.rows("SELECT count(*) FROM issues") == [(0,)]


def test_photos_and_a_place_are_shown_to_the_grid(any_world: World) -> None:
    cast = Cast(any_world)
    photo = File(FileKind.PHOTO, "photo-7")
    cast.zhang.says(
        "#报事 东门垃圾房满了没人收", "居民群", files=(photo,), location=Location("31.2", "121.4")
    )
    card = any_world.cards("网格员群")[-1]
    assert card.files == (photo,)
    assert card.location == Location("31.2", "121.4")
    cast.grid.presses("受理", "网格员群")
    assert any_world.cards("网格员群")[-1].files == (photo,)


def test_the_same_matter_is_offered_before_it_counts_twice(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    any_world.later(minutes=10)
    cast.li.says("#报事 三栋二单元电梯又停在8楼不动了", "居民群")
    offer = any_world.last("居民群")
    assert "和这一件可能是一件事" in offer
    assert "〔2026〕1号" in offer
    cast.zhang.presses("是，附议", "居民群")
    assert cast.state(2) == "reported"
    cast.li.presses("是，附议", "居民群")
    assert cast.state(2) == "merged"
    assert any_world.rows("SELECT issue_id, member_id FROM supports") == [(1, cast.li.id)]
    assert "已并入 〔2026〕1号" in cast.residents()
    assert "附议 1" in cast.card_of("网格员群", "〔2026〕1号   ")


def test_another_matter_keeps_its_own_number_when_its_reporter_says_so(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.li.says("#报事 三栋二单元电梯又停在8楼不动了", "居民群")
    cast.li.presses("不是，另记", "居民群")
    assert cast.state(2) == "reported"
    assert any_world.last("居民群").startswith("📝 已记下 〔2026〕2号")
    assert "好，另记为 〔2026〕2号。" in cast.residents()
    assert "是一件吗" not in cast.residents()


def test_supports_count_people_and_a_second_tap_withdraws(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.li.presses("附议", "居民群")
    assert "现在共 1 位" in cast.li.told()[-1]
    assert any_world.cards("居民群")[-1].buttons[0].label == "附议 1"
    cast.grid.presses("附议", "居民群")
    assert any_world.rows("SELECT count(*) FROM supports") == [(2,)]
    cast.li.presses("附议", "居民群")
    assert any_world.rows("SELECT member_id FROM supports") == [(cast.grid.id,)]
    cast.zhang.presses("附议", "居民群")
    assert "已经算上了" in cast.zhang.told()[-1]
    assert any_world.rows("SELECT count(*) FROM supports") == [(1,)]


def test_a_numbered_reply_supports_like_the_button(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.li.replies("1", "〔2026〕1号", "居民群")
    assert any_world.rows("SELECT issue_id, member_id FROM supports") == [(1, cast.li.id)]


def test_a_number_that_names_us_is_an_answer_and_one_in_passing_is_not(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.li.says("1", "居民群")
    assert any_world.rows("SELECT member_id FROM supports") == []
    cast.li.says("1", "居民群", addressed=True)
    assert any_world.rows("SELECT member_id FROM supports") == [(cast.li.id,)]


def test_a_neighbour_on_no_roll_can_report_and_support(any_world: World) -> None:
    cast = Cast(any_world)
    stranger = any_world.stranger("小陈")
    stranger.says("#报事 5号楼水管漏水", "居民群")
    assert cast.state() == "reported"
    other = any_world.stranger("小林")
    other.presses("附议", "居民群")
    assert any_world.rows("SELECT count(*) FROM supports") == [(1,)]


def test_its_reporter_may_take_it_back_but_not_the_neighbours_who_stand_behind_it(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.li.says("撤回 1")
    assert "由反映 〔2026〕1号 的人来做" in cast.li.heard()[-1]
    cast.li.presses("附议", "居民群")
    cast.zhang.says("撤回 1")
    assert "还有 1 位邻居附议" in cast.zhang.heard()[-1]
    assert (cast.state(), cast.column("reporter_id")) == ("reported", None)
    cast.reported("东门垃圾没人收")
    cast.zhang.says("撤回 2号")
    assert cast.zhang.heard()[-1] == "〔2026〕2号 已撤回。"
    assert cast.state(2) == "cancelled"


def test_words_are_added_by_number_and_by_reply(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.zhang.says("补充 1 门也关不上", "居民群")
    assert cast.column("text") == f"{LIFT}\n门也关不上"
    cast.li.replies("我家也看到了，门一直开着关不上", "〔2026〕1号", "居民群")
    assert cast.column("text") == f"{LIFT}\n门也关不上"
    assert any_world.rows("SELECT text FROM remarks") == [("我家也看到了，门一直开着关不上",)]
    before = len(any_world.heard("居民群"))
    cast.li.replies("谢谢", "〔2026〕1号", "居民群")
    assert len(any_world.heard("居民群")) == before
    cast.li.replies("什么时候能修好", "〔2026〕1号", "居民群")
    assert any_world.last("居民群").startswith("〔2026〕1号：网格员会在")


def test_one_hears_of_ones_own_issues_alone(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.reported("东门垃圾没人收", cast.li)
    cast.zhang.presses("附议", "居民群")
    cast.zhang.says("我的诉求")
    listed = cast.zhang.heard()[-1]
    assert "您反映的：\n〔2026〕1号 已上报 3号楼2单元电梯停在8楼不动" in listed
    assert "您附议的：\n〔2026〕2号 已上报 东门垃圾没人收" in listed
    cast.zhang.says("/mine", "居民群")
    assert any_world.last("居民群") == "已私下发给您。"
    assert cast.zhang.heard()[-1] == listed
    quiet = any_world.member("吴九", "居民", private=False)
    cast.reported("5号楼水管漏水", quiet)
    quiet.says("我的诉求", "居民群")
    assert any_world.last("居民群") == "您反映的：\n〔2026〕3号 已上报"


def test_a_number_that_is_not_there_is_answered_with_ones_latest(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says("撤回 12")
    assert cast.zhang.heard()[-1] == "没有找到 12号，这里还没有诉求。"
    cast.reported()
    cast.zhang.says("撤回 12")
    assert cast.zhang.heard()[-1] == "没有找到 12号。您最近的是 〔2026〕1号。"
    cast.grid.says("受理 12", "网格员群")
    assert any_world.last("网格员群") == "没有找到 12号。最近的是 〔2026〕1号。"


def test_five_thousand_characters_html_and_emoji_are_taken_as_they_are(any_world: World) -> None:
    cast = Cast(any_world)
    words = "3号楼2单元电梯坏了 <b>&amp;</b> {count} 😀" + "快来修" * 1660
    cast.reported(words)
    assert cast.column("text") == words
    answer = any_world.last("居民群")
    assert "<b>&amp;</b> {count} 😀" in answer
    assert f"（共 {len(words)} 字）" in answer
    assert len(answer) < 400


def test_phones_and_door_numbers_are_never_shown_to_neighbours(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("3-2-1502漏水到楼下，我电话13812345678")
    assert "13812345678" not in cast.residents()
    assert "1502" not in cast.residents()
    assert "13812345678" in cast.grids()


def test_a_quarrel_is_written_down_without_a_word_of_it_in_the_group(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("楼上邻居天天吵架还骂我，我们两家闹了半年了")
    if cast.column("kind") != "dispute":
        cast.grid.says("标记 1 邻里纠纷", "网格员群")
    answer = cast.card_of("居民群", "〔2026〕1号")
    assert "骂" not in answer
    assert "私下联系您" in answer


def test_a_report_in_the_grids_own_group_is_answered_by_its_card_alone(any_world: World) -> None:
    cast = Cast(any_world)
    cast.grid.says("报事 东门垃圾没人收", "网格员群")
    assert len(any_world.heard("网格员群")) == 2
    assert any_world.last("网格员群").startswith("🏷 待分拣 〔2026〕1号")
