from storage.standing import held
from tests.bot.cli.desk import Desk


def test_somebody_of_the_roll_is_recognised_and_reports(desk: Desk) -> None:
    desk.has_a_roll()
    out = desk.talks("#报事 3号楼2单元电梯坏了")
    assert "宋保田，已经认识您了" in out
    assert "已记下" in out
    (reporter,) = desk.rows("SELECT members.name FROM issues JOIN members ON members.id = reporter_id")[0]
    assert reporter == "宋保田"
    assert "已经认识您了" not in desk.talks("你好")


def test_a_button_is_pressed_by_its_number(desk: Desk) -> None:
    desk.has_a_roll()
    desk.talks("#报事 3号楼2单元电梯坏了")
    out = desk.talks("#报事 2号楼楼道灯不亮", "1", words=("--as", "吴雅琴", "--in", "居民群"))
    assert "[1] 附议" in out
    assert "只有您看到" in out


def test_a_number_that_no_button_has_is_answered(desk: Desk) -> None:
    desk.has_a_roll()
    out = desk.talks("#报事 3号楼2单元电梯坏了", "9")
    assert "9" in out.split("[1] 附议")[-1]
    assert len(out.split("╭")) > 3


def test_chatter_is_answered_by_nobody(desk: Desk) -> None:
    desk.has_a_roll()
    desk.talks("早上好")
    before = len(desk.rows("SELECT 1 FROM inbox"))
    out = desk.talks("早上好", "吃了吗")
    assert out.count("╭") == 0
    assert len(desk.rows("SELECT 1 FROM inbox")) == before


def test_a_stranger_and_an_empty_house_are_fine(desk: Desk) -> None:
    out = desk.talks(
        "#报事 1号楼漏水",
        ":quit",
        "#报事 听不到了",
        words=("--as", "路人", "--in", "居民群", "--unit", "桂花里社区", "--db", "try.db"),
    )
    assert "已记下" in out
    assert "听不到了" not in out
    assert (desk.folder / "try.db").exists()
    assert not desk.database.exists()


def test_in_private_one_talks_to_the_house_alone(desk: Desk) -> None:
    desk.has_a_roll()
    out = desk.talks("我的诉求", words=("--as", "宋保田"))
    assert "私聊" in out


def test_what_is_written_wrongly_is_refused(desk: Desk) -> None:
    desk.has_a_roll()
    assert "没有“牌友群”这种群" in desk.refused("chat", "--as", "宋保田", "--in", "牌友群", code=2)
    assert "是要写“桂花里社区”吗" in desk.refused(
        "chat", "--as", "宋保田", "--in", "居民群", "--unit", "桂花理社区"
    )
    assert "nowhere" in desk.refused("chat", "--as", "宋保田", "--db", "nowhere/try.db")
    assert "请用 --as" in desk.refused("chat", "--as", " ", code=2)
    desk.refused("chat", code=2)


def test_two_of_one_name_are_told_apart_by_their_code(desk: Desk) -> None:
    desk.has_a_roll()
    desk.changes(
        "INSERT INTO members SELECT 99, community_id, name, unit_id, '9-9-999', area, '', 'CODE2345', joined_at, NULL FROM members WHERE name = '宋保田'"
    )
    assert "个人码" in desk.refused("chat", "--as", "宋保田", "--in", "居民群")
    assert "宋保田，已经认识您了" in desk.talks("你好", words=("--as", "code2345", "--in", "居民群"))


def test_the_console_s_group_is_the_same_one_next_time(desk: Desk) -> None:
    desk.has_a_roll()
    desk.talks("#报事 3号楼2单元电梯坏了")
    desk.talks("#报事 2号楼楼道灯不亮", words=("--as", "路人", "--in", "居民群"))
    (group,) = desk.objects("groups", "list")
    assert (group["platform"], group["role"]) == ("console", "residents")


def test_a_stranger_of_yesterday_is_the_same_person_today(desk: Desk) -> None:
    words = ("--as", "路人", "--in", "居民群", "--unit", "桂花里社区")
    desk.talks("#报事 1号楼漏水了", words=words)
    desk.talks("#报事 东门垃圾没人清", words=words)
    assert len(desk.rows("SELECT DISTINCT reporter_id FROM issues")) == 1


def test_nobody_talks_to_a_house_that_is_already_at_work(desk: Desk) -> None:
    desk.has_a_roll()
    with held(desk.database):
        assert "另一个 yishi" in desk.refused("chat", "--as", "宋保田", "--in", "居民群")
        assert "另一个 yishi" in desk.refused("migrate")


def test_the_process_answers_what_comes_through_a_pipe(desk: Desk) -> None:
    desk.has_a_roll()
    program = desk.starts("chat", "--as", "宋保田", "--in", "居民群")
    out, err = program.communicate("#报事 3号楼2单元电梯坏了\n", timeout=60)
    assert (program.returncode, err) == (0, "")
    assert "宋保田> #报事 3号楼2单元电梯坏了" in out
    assert "已记下" in out
