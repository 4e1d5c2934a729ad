"""Messages one after another: the first of a matter, what goes on about it, and what says that it is over."""

from datetime import UTC, datetime, timedelta

from handlers.intake.aliases import Aliases
from handlers.intake.following import Followed, Follower, Heard
from storage.records import Category, Kind

AT = datetime(2026, 3, 5, 1, tzinfo=UTC)


def heard(*texts: str, apart: timedelta = timedelta(minutes=10), sender: str = "") -> list[Followed]:
    follower = Follower()
    return [follower.hear(Heard(at, words, sender, AT + at * apart)) for at, words in enumerate(texts)]


def test_every_one_alike_names_the_first_and_never_another() -> None:
    found = heard("3号楼2单元电梯坏了", "三栋二单元电梯又不动了", "3-2电梯坏了没人修")
    assert [one.duplicate_of for one in found] == [None, 0, 0]


def test_chatter_and_questions_are_about_no_matter() -> None:
    found = heard("3号楼2单元电梯坏了", "早上好", "谢谢师傅")
    assert [one.duplicate_of for one in found] == [None, None, None]
    assert found[1].category is Category.NONE


def test_a_person_s_messages_in_a_row_are_one_matter() -> None:
    found = heard(
        "东门垃圾堆成山没人清", "臭得不行", "苍蝇到处都是", sender="丁", apart=timedelta(seconds=90)
    )
    assert [one.duplicate_of for one in found] == [None, 0, 0]
    assert found[1].kind is Kind.ISSUE
    assert found[1].place == found[0].place


def test_somebody_else_or_somewhat_later_goes_on_about_nothing() -> None:
    later = heard("东门垃圾堆成山没人清", "臭得不行", sender="丁", apart=timedelta(minutes=3))
    nameless = heard("东门垃圾堆成山没人清", "臭得不行", apart=timedelta(seconds=30))
    assert [one.duplicate_of for one in (later[1], nameless[1])] == [None, None]


def test_another_matter_at_another_place_is_not_gone_on_about() -> None:
    found = heard("3号楼2单元电梯坏了", "东门垃圾没人清", sender="丁", apart=timedelta(seconds=30))
    assert [one.duplicate_of for one in found] == [None, None]


def test_a_matter_is_forgotten_after_a_month() -> None:
    found = heard("3号楼2单元电梯坏了", "3号楼2单元电梯坏了", apart=timedelta(days=31))
    assert found[1].duplicate_of is None
    assert heard(*["3号楼2单元电梯坏了"] * 2, apart=timedelta(days=29))[1].duplicate_of == 0


def test_messages_without_a_time_are_compared_all_the_same() -> None:
    follower = Follower()
    found = [follower.hear(Heard(at, "3号楼2单元电梯坏了")) for at in range(2)]
    assert found[1].duplicate_of == 0
    assert "前" not in found[1].why


def test_the_end_of_a_matter_is_told_of_the_nearest_one() -> None:
    found = heard("3号楼电梯坏了", "5号楼电梯坏了", "3号楼电梯修好了，不用报了", "8号楼电梯修好了")
    assert [one.resolves for one in found] == [None, None, 0, None]
    assert found[2].duplicate_of is None


def test_what_is_over_is_known_by_its_place_and_sense_where_no_word_is_the_same() -> None:
    found = heard("三角地的路灯灭了三盏", "3号楼2单元电梯停了", "三角地的灯亮了，谢谢师傅", "晚饭做好了")
    assert [one.resolves for one in found] == [None, None, 0, None]


def test_a_child_that_was_found_was_missing() -> None:
    found = heard("我家孩子走丢了，5岁，穿红衣服", "3号楼电梯坏了", "孩子找到了！谢谢各位邻居")
    assert found[2].resolves == 0


def test_a_wish_is_not_over_because_something_was_mended() -> None:
    found = heard("建议给3号楼电梯装个空调", "3号楼电梯修好了，不用报了")
    assert found[1].resolves is None


def test_the_community_s_own_names_are_understood() -> None:
    follower = Follower(Aliases({"老煤场": "3号楼"}))
    first = follower.hear(Heard(0, "老煤场停水了"))
    assert first.place.name == "3号楼"
    assert follower.hear(Heard(1, "3号楼停水了没人管")).duplicate_of == 0
