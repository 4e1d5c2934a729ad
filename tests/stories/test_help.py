"""Asking what one can say here."""

from tests.world import World


def test_a_resident_is_told_the_few_things_that_everybody_needs(world: World) -> None:
    zhang = world.member("张桂芬", "居民")
    zhang.says("帮助")
    assert "报事" in world.last(zhang)
    assert "110" in world.last(zhang)
    assert "分门别类" not in world.last(zhang)


def test_somebody_at_work_is_told_what_else_can_be_asked_and_then_that(world: World) -> None:
    zhou = world.member("文书小周", "文书")
    zhou.says("帮助")
    assert "办表决" in world.last(zhou)
    zhou.says("帮助 办表决")
    assert "发起表决 议7 3天" in world.last(zhou)


def test_a_stranger_who_asks_is_answered_too(world: World) -> None:
    somebody = world.stranger("路人")
    somebody.says("帮助")
    assert "报事" in world.last(somebody)


def test_in_a_residents_group_the_word_alone_is_chatter(world: World) -> None:
    world.group("居民群")
    zhang = world.member("张桂芬", "居民")
    before = len(world.heard("居民群"))
    zhang.says("帮助", to="居民群")
    assert len(world.heard("居民群")) == before
