from datetime import UTC, datetime

from storage.messages import Pressed
from tests.people import Person
from tests.stories.gatherings import before_the_representatives, community
from tests.world import World

ASK = "找时间 两委会 11月9日19:00 11月10日9:00 11月11日19:00 地点 议事厅 截止 11月6日18:00"
END = datetime(2026, 11, 6, 10, 1, tzinfo=UTC)


def office(world: World) -> tuple[Person, Person, Person, Person]:
    """The secretary, and three people of the committee of whom the last has no private chat."""
    secretary = community(world)
    return (
        secretary,
        world.member("老刘", "居（村）委"),
        world.member("老孙", "居（村）委"),
        world.member("老吴", "居（村）委", private=False),
    )


def test_everybody_of_the_body_is_asked_with_a_button_for_each_answer_to_each_time(any_world: World) -> None:
    world = any_world
    secretary, liu, sun, _ = office(world)
    secretary.says(ASK)
    for person in (liu, sun):
        card = world.cards(person)[-1]
        assert card.text.splitlines() == [
            "📅 找时间1 两委会：几个时间，您哪几个能来？",
            "1. 11月9日（周一）19:00",
            "2. 11月10日（周二）09:00",
            "3. 11月11日（周三）19:00",
            "地点：议事厅",
            "按按钮，或者发：1可以 2不行。11月6日（周五）18:00 前可改。您怎么选，只有约会的人看到。",
        ]
        assert [[button.label for button in row] for row in card.rows] == [
            ["1可以", "2可以", "3可以"],
            ["1勉强", "2勉强", "3勉强"],
            ["1不行", "2不行", "3不行"],
        ]
    assert "已回 0 / 3" in world.cards("两委群")[-1].text
    assert "应到 3 人，私聊问了 2 人。" in secretary.heard()[-1]
    assert "1 人没有私聊，请打电话问。" in secretary.heard()[-1]
    assert not any("找时间" in said for said in world.people["代表1"].heard())


def test_answers_are_taps_numbers_or_words_and_change_until_the_end(any_world: World) -> None:
    world = any_world
    secretary, liu, sun, wu = office(world)
    secretary.says(ASK)
    liu.presses("2可以")
    liu.presses("1不行")
    liu.presses("2勉强")
    sun.says("1")
    assert sun.heard()[-1] == "已记 找时间1：1 可以。时间2、3 还没说。"
    sun.says("1不行 2、3可以")
    assert sun.heard()[-1] == "已记 找时间1：1 不行，2 可以，3 可以。"
    wu.presses("3可以", on="两委群")
    rows = world.rows("SELECT member_id, position, answer FROM slot_answers ORDER BY member_id, position")
    assert rows == [
        (liu.id, 1, "cannot"),
        (liu.id, 2, "hardly"),
        (sun.id, 1, "cannot"),
        (sun.id, 2, "can"),
        (sun.id, 3, "can"),
        (wu.id, 3, "can"),
    ]
    assert "已回 3 / 3" in world.cards("两委群")[-1].text
    assert not any("不行，" in said or "老刘：" in said for said in world.heard("两委群"))
    world.later(until=END)
    sun.says("都可以")
    assert world.rows("SELECT count(*) FROM slot_answers WHERE answer = 'can'") == [(3,)]
    assert world.cards(liu)[-1].rows == ()


def test_a_reply_to_the_card_in_the_group_is_an_answer_and_plain_talk_is_none(any_world: World) -> None:
    world = any_world
    secretary, liu, *_ = office(world)
    secretary.says(ASK)
    liu.replies("都可以", "找时间1", on="两委群")
    assert world.rows("SELECT count(*) FROM slot_answers WHERE answer = 'can'") == [(3,)]
    before = world.heard("两委群")
    for talk in ("1可以 2不行", "我看都可以", "找时间聊聊"):
        liu.says(talk, to="两委群")
    assert world.heard("两委群") == before
    assert world.rows("SELECT count(*) FROM slot_answers WHERE answer = 'can'") == [(3,)]


def test_in_the_end_whoever_asked_sees_the_order_and_chooses_and_the_meeting_is_called(
    any_world: World,
) -> None:
    world = any_world
    secretary, liu, sun, wu = office(world)
    secretary.says(ASK)
    liu.says("1不行 2可以 3可以")
    sun.says("1可以 2勉强 3可以")
    world.later(until=END)
    told = secretary.heard()[-1].splitlines()
    assert told == [
        "📅 找时间1 两委会：截止了。合适的在前：",
        "第1：时间3，11月11日（周三）19:00。可以 2，勉强 0，不行 0，没回 1，应到 3。",
        "第2：时间2，11月10日（周二）09:00。可以 1，勉强 1，不行 0，没回 1，应到 3。",
        "第3：时间1，11月9日（周一）19:00。可以 1，勉强 0，不行 1，没回 1，应到 3。",
        "各人的回答（只给您看）：",
        "老刘：1 不行，2 可以，3 可以",
        "老孙：1 可以，2 勉强，3 可以",
        "没回：老吴",
    ]
    assert len([said for said in secretary.heard() if "截止了" in said]) == 1
    assert not any("截止了" in said for said in world.heard("两委群"))
    secretary.presses("定 11月11日")
    assert world.rows("SELECT body, name, place, starts_at, state FROM meetings") == [
        ("committees", "两委会", "议事厅", "2026-11-11 11:00:00.000000", "called")
    ]
    assert any(said.startswith("📅 会1 两委会 · 11月11日（周三）19:00") for said in liu.heard())
    assert world.rows("SELECT state FROM searches") == [("settled",)]
    secretary.presses("定 11月10日")
    assert world.rows("SELECT count(*) FROM meetings") == [(1,)]
    assert wu.heard() == []


def test_the_expected_quorum_of_what_waits_is_told(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_the_representatives(world)
    secretary.says("找时间 居民代表会议 11月28日19:00 11月29日9:00 截止 11月5日")
    for number, words in enumerate(("都可以", "1可以 2不行", "1可以 2勉强"), start=1):
        world.people[f"代表{number}"].says(words)
    world.later(until=datetime(2026, 11, 5, 23, 30, tzinfo=UTC))
    told = secretary.heard()[-1]
    assert (
        "第1：时间1，11月28日（周六）19:00。可以 3，勉强 0，不行 0，没回 1，应到 4，说可以的已到法定 3 人。"
        in told
    )
    assert (
        "时间2，11月29日（周日）09:00。可以 1，勉强 1，不行 1，没回 1，应到 4，还差 1 人到法定 3 人" in told
    )
    assert "在等这个会的：议1" in told
    secretary.presses("定 11月28日")
    assert "1. 议1 更换电梯" in world.cards("代表决议群")[-1].text


def test_the_early_view_names_people_to_whoever_asked_alone_and_to_nobody_else(any_world: World) -> None:
    world = any_world
    secretary, liu, *_ = office(world)
    other = world.member("小钱", "文书")
    secretary.says(ASK)
    liu.says("1可以")
    secretary.says("找时间 1")
    assert "老刘：1 可以" in secretary.heard()[-1]
    secretary.says("找时间 1", to="两委群")
    assert "可以 1，勉强 0" in world.last("两委群")
    assert "老刘" not in world.last("两委群")
    other.says("找时间 1")
    assert "可以 1，勉强 0" in other.heard()[-1]
    assert "老刘" not in other.heard()[-1]
    liu.says("找时间 9")
    assert "没有找到 找时间9" in liu.heard()[-1]
    world.people["代表1"].says("找时间 1")
    assert world.people["代表1"].heard()[-1].startswith("这一步由文书、居（村）委、书记来做")


def test_choosing_before_the_end_by_number_is_possible(any_world: World) -> None:
    world = any_world
    secretary, *_ = office(world)
    secretary.says(ASK)
    secretary.says("找时间 1 定2")
    assert world.rows("SELECT starts_at FROM meetings") == [("2026-11-10 01:00:00.000000",)]
    heard = len(secretary.heard())
    world.later(until=END)
    assert not any("截止了" in said for said in secretary.heard()[heard:])


def test_a_search_that_was_called_off_takes_no_answers(any_world: World) -> None:
    world = any_world
    secretary, liu, *_ = office(world)
    secretary.says(ASK)
    secretary.says("找时间 1 取消")
    assert "不找时间了" in world.cards(liu)[-1].text
    assert world.cards(liu)[-1].rows == ()
    world.arrive(liu.private, Pressed("search.say:1:1:can", "m1", "q1"), liu.sender, private=True)
    assert "已经截止" in liu.told()[-1]
    assert world.rows("SELECT count(*) FROM slot_answers") == [(0,)]
    world.later(days=10)
    assert not any("截止了" in said for said in secretary.heard())


def test_times_that_passed_while_we_were_down_are_left_out(any_world: World) -> None:
    world = any_world
    secretary, liu, *_ = office(world)
    secretary.says(ASK)
    liu.says("都可以")
    world.asleep(days=8)
    world.later(hours=1)
    ended = [said for said in secretary.heard() if "截止了" in said]
    assert len(ended) == 1
    assert "时间2" not in ended[0]
    assert "第1：时间3" in ended[0]


def test_when_all_times_have_passed_it_says_so(any_world: World) -> None:
    world = any_world
    secretary, *_ = office(world)
    secretary.says(ASK)
    world.asleep(days=30)
    world.later(hours=1)
    assert len([said for said in secretary.heard() if "问过的时间都过了" in said]) == 1
    assert world.rows("SELECT state FROM searches") == [("cancelled",)]
    assert world.parked() == []


def test_who_is_not_in_the_body_does_not_count_and_forged_buttons_do_nothing(any_world: World) -> None:
    world = any_world
    secretary, liu, *_ = office(world)
    secretary.says(ASK)
    resident = world.member("居民老李", "居民")
    resident.presses("1可以", on="两委群")
    assert "您不在名单上" in resident.told()[-1]
    resident.presses("1可以", on="两委群")
    for press in (
        "search.say:1:9:can",
        "search.say:1:1:perhaps",
        "search.say:9:1:can",
        "search.say",
        "search.choose:x:1",
    ):
        world.arrive(liu.private, Pressed(press, "m1", f"q{press}"), liu.sender, private=True)
        assert liu.told()[-1] == "这个按钮已失效。请看最新的那张卡片，或直接发一句话。", press
    liu.says("9可以")
    assert "没有第 9 个时间" in liu.heard()[-1]
    resident.says("找时间 两委会 11月9日19:00 11月10日9:00")
    assert resident.heard()[-1].startswith("这一步由文书、居（村）委、书记来做")
    assert world.rows("SELECT count(*) FROM slot_answers") == [(0,)]
    assert world.rows("SELECT count(*) FROM searches") == [(1,)]
    assert world.parked() == []


def test_wrong_words_are_answered_with_how_to_write_it(any_world: World) -> None:
    world = any_world
    secretary, *_ = office(world)
    for words, says in (
        ("找时间 两委会 11月9日19:00", "请写 2 到 6 个时间"),
        ("找时间 11月9日19:00 11月10日19:00", "请写明什么会、哪几个时间"),
        ("找时间 两委会 11月9日19:00 11月10日", "没看到几点"),
        ("找时间 两委会 11月9日19:00 11月10日9:00 截止 11月20日", "截止要在头一个时间"),
        ("找时间 两委会 11月9日19:00 11月10日9:00 截止 快点", "截止请写日子"),
        ("找时间 茶话会 11月9日19:00 11月10日9:00", "不知道“茶话会”是哪个会"),
        ("找时间 业主大会 11月9日19:00 11月10日9:00", "名册上还没有"),
    ):
        secretary.says(words)
        assert says in secretary.heard()[-1], (words, secretary.heard()[-1])
    assert world.rows("SELECT count(*) FROM searches") == [(0,)]
    assert world.parked() == []
