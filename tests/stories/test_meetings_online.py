"""Attending from elsewhere, and how many are still missing."""

from tests.stories.gatherings import called, november
from tests.world import World

LINK = "https://meeting.example/123"


def test_attending_from_elsewhere_is_offered_only_where_there_is_a_link(any_world: World) -> None:
    world = any_world
    called(world)
    assert [button.label for button in world.cards("代表决议群")[-1].buttons] == ["参加", "请假"]
    world.people["代表1"].says("线上 会1")
    assert world.people["代表1"].heard()[-1] == "会1 没有线上会场，只能到场参加，或者请假。"
    assert world.rows("SELECT count(*) FROM invitations WHERE reply != 'none'") == [(0,)]


def test_without_a_rule_those_elsewhere_listen_and_do_not_count(any_world: World) -> None:
    world = any_world
    called(world, extra=f" 线上 {LINK}")
    one, two, three = (world.people[f"代表{number}"] for number in (1, 2, 3))
    assert [button.label for button in world.cards("代表决议群")[-1].buttons] == ["参加", "线上", "请假"]
    assert f"线上：{LINK}（线上列席不计入到会）" in one.heard()[-1]
    assert not any(LINK in said for said in world.heard("代表决议群"))
    one.presses("线上")
    assert "线上列席不计入到会" in one.told()[-1]
    two.presses("线上", on="代表决议群")
    three.says("参加")
    assert "已回 3 / 4（参加 1，线上 2，请假 0），到会须 3，还差 2 人" in world.cards("代表决议群")[-1].text
    one.says("参加 会1")
    assert "已回 3 / 4（参加 2，线上 1，请假 0），到会须 3，还差 1 人" in world.cards("代表决议群")[-1].text


def test_under_a_rule_that_is_cited_those_elsewhere_count(any_world: World) -> None:
    world = any_world
    called(world, extra=f" 线上 {LINK} 依据 《居民代表会议议事规则》第9条")
    for number in (1, 2, 3):
        world.people[f"代表{number}"].says("线上")
    assert "线上参加计入到会，依据 《居民代表会议议事规则》第9条" in world.people["代表1"].heard()[-1]
    assert "（参加 0，线上 3，请假 0），到会须 3，人数够了" in world.cards("代表决议群")[-1].text


def test_a_link_that_comes_later_is_told_to_those_called_and_hidden_from_the_group(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    secretary.says(f"会1 线上 {LINK}", to="两委群")
    assert LINK in world.people["代表1"].heard()[-1]
    assert "链接在私聊的通知里" in world.last("代表决议群")
    assert not any(LINK in said for said in world.heard("代表决议群"))
    assert "线上" in [button.label for button in world.cards("代表决议群")[1].buttons]


def test_a_day_before_whoever_called_it_hears_how_many_are_missing(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.people["代表1"].says("参加")
    world.later(until=november(13, 18, 59))
    assert not any("还差" in said for said in secretary.heard())
    world.later(until=november(13, 19, 1))
    short = [said for said in secretary.heard() if "还差" in said]
    assert len(short) == 1
    assert "到会须 3 人，现在 1 人说来，还差 2 人；3 人还没回" in short[0]


def test_when_enough_said_they_come_nobody_is_troubled(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    for number in (1, 2, 3):
        world.people[f"代表{number}"].says("参加")
    world.later(until=november(14, 18))
    assert not any("还差" in said for said in secretary.heard())


def test_when_too_many_are_on_leave_whoever_called_it_hears_it_at_once_and_once(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.people["代表1"].says("请假 生病")
    assert not any("开了也不能表决" in said for said in secretary.heard())
    world.people["代表2"].says("请假 出差")
    world.people["代表3"].says("请假 出差")
    hopeless = [said for said in secretary.heard() if "开了也不能表决" in said]
    assert len(hopeless) == 1
    assert "2 人请假，最多只能到 2 人，到会须 3 人" in hopeless[0]
    assert not any("生病" in said for said in secretary.heard())


def test_a_summons_carries_an_entry_for_the_calendar_and_a_group_card_does_not(any_world: World) -> None:
    world = any_world
    called(world)
    (entry,) = world.cards(world.people["代表1"])[0].files
    assert (entry.ref, entry.name) == ("made:ics:1", "会1.ics")
    assert world.cards("代表决议群")[-1].files == ()
