from tests.world import World


def test_a_group_is_bound_and_a_code_is_recognised(any_world: World) -> None:
    world = any_world
    world.group("居民群")
    assert world.heard("居民群") == ["已绑定：本群是桂花里社区的居民群。"]
    zhang = world.member("张三", "居民", private=False)
    stranger = world.stranger("小张")
    stranger.says("/start CODEU9")
    assert "没有这个个人码" in stranger.heard()[-1]
    stranger.says(f"/start code {zhang.account}")
    assert stranger.heard()[-1].startswith("张三，已经认识您了")
    stranger.says("标计 12")
    assert "没看懂" in stranger.heard()[-1]


def test_events_no_platform_will_repeat_are_forgotten(world: World) -> None:
    world.group("居民群")
    before = world.rows("SELECT count(*) FROM inbox")
    assert before != [(0,)]
    world.run(world.app.tidy())
    assert world.rows("SELECT count(*) FROM inbox") == before
    world.later(days=3)
    world.run(world.app.tidy())
    assert world.rows("SELECT count(*) FROM inbox") == [(0,)]
