"""Chatter ends at the door: nothing of it reaches the disk."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.messages import Edited, Inbound, Said, Withdrawn
from tests.world import World

CHATTER = (
    "早上好",
    "哈哈哈哈",
    "谁家快递放错了[图片]",
    "晚上一起跳舞吗",
    "3",
    "1",
    "+1",
    "我接龙：3号楼 王阿姨 鸡蛋两斤",
    "今天的菜真新鲜，西红柿才两块五一斤",
    "👍👍👍",
    "谢谢",
    "http://example.com/a?b=1",
    "",
)


def bytes_on_disk(world: World) -> list[bytes]:
    return [one.read_bytes() for one in sorted(world.path.parent.iterdir()) if one.suffix != ".db-shm"]


@pytest.fixture
def town(world: World) -> World:
    world.group("居民群")
    world.member("张三", "居民")
    return world


@pytest.mark.parametrize("words", CHATTER)
def test_chatter_leaves_every_file_as_it_was(town: World, words: str) -> None:
    before = bytes_on_disk(town)
    for _ in range(3):
        town.people["张三"].says(words, to="居民群")
    assert bytes_on_disk(town) == before


def test_what_is_said_where_nobody_bound_us_leaves_every_file_as_it_was(town: World) -> None:
    before = bytes_on_disk(town)
    strange = town.groups["居民群"]
    town.people["张三"].says("三号楼电梯坏了，关着人", to=type(strange)("console", "-999"))
    assert bytes_on_disk(town) == before


def test_changes_of_messages_that_were_never_ours_are_passed_over(town: World) -> None:
    before = bytes_on_disk(town)
    group = town.groups["居民群"]
    for content in (Edited("m-77", "换个说法"), Withdrawn("m-77")):
        town.arrive(group, content, town.people["张三"].sender)
    assert bytes_on_disk(town) == before


def test_a_message_of_the_chat_itself_concerns_nobody(town: World) -> None:
    before = bytes_on_disk(town)
    town.arrive(town.groups["居民群"], Said("m5", "#报事 三号楼电梯坏了"), None)
    assert bytes_on_disk(town) == before


def test_what_is_meant_for_us_passes_the_door(town: World) -> None:
    door, group, zhang = town.app.door, town.groups["居民群"], town.people["张三"].sender
    now = town.clock.now()

    def concerns(content: Said, *, private: bool = False) -> bool:
        return door.concerns(Inbound("console", "e", group, now, content, zhang, private), now)

    assert not concerns(Said("m", "早上好"))
    assert concerns(Said("m", "早上好", addressed=True))
    assert concerns(Said("m", "早上好"), private=True)
    assert concerns(Said("m", "#报事 电梯坏了"))
    assert not concerns(Said("m", "1"))
    assert concerns(Said("m", "1", reply_to="m1"))


def test_what_somebody_says_right_after_a_report_is_heard_and_later_is_not(town: World) -> None:
    door, group, zhang = town.app.door, town.groups["居民群"], town.people["张三"].sender
    now = town.clock.now()

    def said(words: str) -> Inbound:
        return Inbound("console", "e", group, now, Said("m", words), zhang)

    door.know_report(said("电梯坏了"), now)
    assert door.concerns(said("就在二楼"), now + timedelta(minutes=1))
    assert not door.concerns(said("就在二楼"), now + timedelta(minutes=3))
    other = Inbound("console", "e", group, now, Said("m", "就在二楼"), type(zhang)("u9", "李四"))
    assert not door.concerns(other, now + timedelta(minutes=1))


def test_the_door_opens_when_a_group_is_bound_and_shuts_when_we_are_put_out(
    tmp_path: Path, world: World
) -> None:
    from storage.messages import Presence

    zhang, now = world.stranger("张三").sender, world.clock.now()
    group = world.group("网格员群")
    said = Inbound("console", "e", group, now, Said("m", "进度 议7"), zhang)
    assert world.app.door.concerns(said, now)
    world.arrive(group, Presence("outside"), zhang)
    assert not world.app.door.concerns(said, now)
