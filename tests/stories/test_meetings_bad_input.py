"""Everything typed wrong, too late, twice or by somebody else: there is an answer, and nothing is lost or written."""

import pytest

from storage.database import Transaction
from storage.messages import Pressed
from tests.people import Person
from tests.stories.gatherings import before_the_representatives, called, community, reminders
from tests.world import World

GROUP = "两委群"


def meetings(world: World) -> list[tuple[object, ...]]:
    """All that is remembered of all meetings."""
    return world.rows("SELECT * FROM meetings ORDER BY id")


def nothing_parked(world: World) -> bool:
    """Whether everything that came in could be handled."""
    return world.parked() == []


def second_phone(world: World, person: Person) -> Person:
    """The same person, by another account of theirs."""
    phone = Person(world, person.name, f"{person.account}-2", person.id)

    async def know(tx: Transaction) -> None:
        await phone.bind(tx, person.id, phone.private.chat)

    world.run(world.app.database.write(know))
    return phone


@pytest.mark.parametrize(
    "when",
    ["2026年11月1日19:00", "昨天19:00", "今天8:30", "２０２６年１０月１日９：００", "2026-11-02 09:00"],
)
def test_a_meeting_in_the_past_is_not_called_and_the_answer_shows_how_to_write_it(
    any_world: World, when: str
) -> None:
    world = any_world
    secretary = community(world, representatives=2)
    secretary.says(f"开会 居民代表会议 {when} 议事厅", to=GROUP)
    assert "已经过去了" in world.last(GROUP)
    assert "例如：" in world.last(GROUP)
    assert meetings(world) == []
    assert world.people["代表1"].heard() == []


def test_a_meeting_is_not_moved_into_the_past_and_stands_as_it_was(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    before = meetings(world)
    secretary.says("改期 会1 2026年11月1日19:00", to=GROUP)
    assert "已经过去了" in world.last(GROUP)
    assert meetings(world) == before


def test_full_width_digits_and_signs_are_read_like_any_others(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    before_the_representatives(world)
    secretary.says("开会　居民代表会议　１１月１４日１９：００　议事厅　议题　１", to=GROUP)
    assert "会1 居民代表会议 · 11月14日（周六）19:00 · 议事厅" in world.last("代表决议群")
    world.people["代表1"].says("参加　会１")
    secretary.says("改期　会１　１１月１５日１９：３０", to=GROUP)
    assert "11月15日（周日）19:30" in world.last("代表决议群")
    assert nothing_parked(world)


@pytest.mark.parametrize(
    "words",
    [
        "开会 啊啊啊啊",
        "开会 🎉🎉🎉 明天19:00 🏠",
        "开会 明天19:00",
        "开会 居民代表会议",
        "开会 居民代表会议 13月45日25:99 议事厅",
        "开会 居民代表会议 2月30日19:00 议事厅",
        "开会 居民代表会议 11月28日19:00 议事厅 议题 999999999999",
        "开会 居民代表会议 99999年1月1日19:00 议事厅",
        "开会 居民代表会议 1926年12月5日19:00 议事厅",
        "开会 " + "居民代表会议" * 3000 + " 明天19:00 议事厅",
        "开会 居民代表会议 明天19:00 " + "议事厅🏠" * 2000,
        "开会 居民代表会议 明天19:00 议事厅 议题 " + ",".join(str(number) for number in range(1, 3000)),
        "开会 '; DROP TABLE meetings; -- 明天19:00",
        "开会 {meeting} {0} %s 明天19:00",
        "开会 \u202e\u200b\u0301 明天19:00 议事厅",
    ],
    ids=lambda words: words[:24],
)
def test_nonsense_and_floods_behind_the_word_are_answered_shortly_and_call_nobody(
    world: World, words: str
) -> None:
    secretary = community(world, representatives=2)
    secretary.says(words)
    assert len(secretary.heard()) == 1
    assert len(secretary.heard()[0]) < 400
    assert meetings(world) == []
    assert world.people["代表1"].heard() == []
    assert nothing_parked(world)
    secretary.says("开会 居民代表会议 12月5日19:00 议事厅")
    assert len(meetings(world)) == 1


def test_an_emoji_in_the_place_is_kept_as_it_was_typed(any_world: World) -> None:
    world = any_world
    secretary = community(world)
    secretary.says("开会 居民代表会议 12月5日19:00 🏠议事厅", to=GROUP)
    assert "🏠议事厅" in world.last("代表决议群")


def test_a_meeting_takes_forty_items_and_no_more(any_world: World) -> None:
    world = any_world
    secretary = community(world, representatives=2)
    for number in range(1, 42):
        before_the_representatives(world, f"第{number}件")
    numbers = [str(number) for number in range(1, 42)]
    secretary.says(f"开会 居民代表会议 12月5日19:00 议事厅 议题 {'、'.join(numbers)}", to=GROUP)
    assert "最多" in world.last(GROUP)
    assert "40" in world.last(GROUP)
    assert meetings(world) == []
    secretary.says(f"开会 居民代表会议 12月5日19:00 议事厅 议题 {'、'.join(numbers[:40])}", to=GROUP)
    assert world.rows("SELECT count(*) FROM agenda") == [(40,)]
    assert all(f"议{number} 第{number}件" in world.last("代表决议群") for number in numbers[:40])
    assert nothing_parked(world)


@pytest.mark.parametrize("words", ["改期 会1 11月20日19:00", "取消 会1 不想开", "结果 会1 议1 通过"])
def test_who_may_not_call_a_meeting_may_not_touch_one_and_is_told_who_may(
    any_world: World, words: str
) -> None:
    world = any_world
    called(world)
    before = meetings(world)
    for person in (world.member("居民老李", "居民"), world.people["代表1"]):
        person.says(words)
        assert "文书" in person.heard()[-1]
    stranger = world.stranger("过客")
    stranger.says(words)
    assert "还不认识您" in stranger.heard()[-1]
    assert meetings(world) == before


def test_who_may_not_call_a_meeting_calls_none_and_nobody_hears_of_it(any_world: World) -> None:
    world = any_world
    community(world)
    for person in (world.member("居民老李", "居民"), world.people["代表1"]):
        person.says("开会 居民代表会议 12月5日19:00 议事厅")
        assert "文书" in person.heard()[-1]
    stranger = world.stranger("过客")
    stranger.says("开会 居民代表会议 12月5日19:00 议事厅")
    assert "还不认识您" in stranger.heard()[-1]
    assert meetings(world) == []
    assert not any("居民代表会议" in said for said in world.heard("代表决议群"))


def test_a_held_meeting_is_not_moved_nor_called_off_and_its_decision_stands(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(days=13)
    secretary.says("结果 会1 议1 通过 到会4 赞成4 反对0", to=GROUP)
    before, agenda = meetings(world), world.rows("SELECT * FROM agenda")
    for words in ("改期 会1 11月28日19:00", "取消 会1 不算了"):
        secretary.says(words, to=GROUP)
        assert "会1 已召开" in world.last(GROUP)
    assert meetings(world) == before
    assert world.rows("SELECT * FROM agenda") == agenda
    assert not any("取消" in said for said in world.heard("代表决议群"))


@pytest.mark.parametrize("words", ["改期 会1 11月28日19:00", "取消 会1 人太少"])
def test_a_meeting_that_was_opened_is_neither_moved_nor_called_off(any_world: World, words: str) -> None:
    world = any_world
    secretary = called(world)
    world.later(days=12, hours=10, minutes=1)
    secretary.says("开始 会1", to=GROUP)
    before = meetings(world)
    secretary.says(words, to=GROUP)
    assert "会1 已经开始了" in world.last(GROUP)
    assert meetings(world) == before


def test_a_chair_who_never_comes_leaves_a_meeting_that_can_still_be_moved(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.later(days=12, hours=10, minutes=14)
    assert not any("会还没有开始" in said for said in secretary.heard())
    world.later(minutes=2)
    asked = [said for said in secretary.heard() if "会还没有开始" in said]
    assert len(asked) == 1
    assert all(word in asked[0] for word in ("开始 会1", "主持", "改期 会1", "流会 会1"))
    secretary.says("改期 会1 11月28日19:00", to=GROUP)
    assert "11月28日（周六）19:00" in world.last("代表决议群")
    world.later(days=15)
    assert len([said for said in reminders(world, world.people["代表1"]) if "11月28日" in said]) == 3


def test_two_meetings_in_one_room_need_a_word_and_are_both_kept(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.member("书记", "书记")
    secretary.says("开会 两委会 11月14日18:30 议事厅", to=GROUP)
    assert "已经有 会1" in world.last(GROUP)
    assert "仍要" in world.last(GROUP)
    assert len(meetings(world)) == 1
    secretary.says("开会 两委会 11月14日18:30 议事厅 仍要", to=GROUP)
    assert len(meetings(world)) == 2


def test_cancelling_twice_tells_everybody_once(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    secretary.says("取消 会1 与换届会撞期", to=GROUP)
    secretary.says("取消 会1 还是与换届会撞期", to=GROUP)
    assert "会1 已取消" in world.last(GROUP)
    for where in (world.people["代表1"], "代表决议群"):
        assert len([said for said in world.heard(where) if "撞期" in said]) == 1
    assert world.rows("SELECT reason FROM meetings") == [("与换届会撞期",)]


def test_an_answer_after_the_start_changes_nothing_and_says_that_it_has_begun(any_world: World) -> None:
    world = any_world
    called(world)
    one, two = world.people["代表1"], world.people["代表2"]
    one.presses("参加")
    world.later(days=12, hours=10)  # the very minute it begins
    one.presses("请假")
    two.says("参加 会1")
    assert any("会1 已经开始了" in said for said in one.told())
    assert "会1 已经开始了" in two.heard()[-1]
    assert world.rows("SELECT reply FROM invitations ORDER BY member_id") == [
        ("coming",),
        ("none",),
        ("none",),
        ("none",),
    ]


def test_a_stranger_answers_no_invitation_by_word_or_by_button(any_world: World) -> None:
    world = any_world
    called(world)
    stranger = world.stranger("过客")
    for words in ("参加 会1", "请假 会1 生病", "参加"):
        stranger.says(words)
        assert stranger.heard()[-1]
    for press in ("meeting.coming:1", "meeting.leave:1", "meeting.reason:1:ill"):
        world.arrive(stranger.private, Pressed(press, "m1", f"q{press}"), stranger.sender, private=True)
    assert world.rows("SELECT count(*) FROM invitations WHERE reply != 'none'") == [(0,)]
    assert world.rows("SELECT count(*) FROM invitations") == [(4,)]
    assert nothing_parked(world)


def test_somebody_with_two_phones_is_one_person_and_the_last_word_counts(any_world: World) -> None:
    world = any_world
    called(world)
    one = world.people["代表1"]
    phone = second_phone(world, one)
    one.presses("参加")
    phone.says("请假 会1 生病")
    assert world.rows("SELECT reply, reason FROM invitations WHERE member_id = ?", one.id) == [
        ("leave", "生病")
    ]
    phone.says("参加 会1")
    assert "已回 1 / 4（参加 1，请假 0" in world.cards("代表决议群")[-1].text
    world.later(days=13)
    assert bool(reminders(world, one)) != bool(reminders(world, phone))
