"""What a platform forbids to push waits until the person writes, and goes then."""

from pathlib import Path

from bot.platforms.base import Silent
from tests.world import World


def test_what_waits_for_somebody_goes_as_soon_as_they_write_also_over_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path)
    try:
        zhang = world.member("张三", "网格员")
        world.deliver()
        world.consoles["console"].faults.append(Silent())
        zhang.says("/start")
        assert "议事助手" not in world.last(zhang)
        waiting = world.rows("SELECT state, error FROM outbox WHERE chat = ?", zhang.account)
        assert waiting == [("waiting", "waits until the person writes")]
        world.restart()
        before = len(world.heard(zhang))
        zhang.says("/start")
        assert len(world.heard(zhang)) == before + 2
        assert world.rows("SELECT state FROM outbox WHERE chat = ?", zhang.account) == [("sent",)] * 2
    finally:
        world.close()


def test_it_is_tried_again_after_a_while_though_nobody_writes(tmp_path: Path) -> None:
    world = World(tmp_path)
    try:
        zhang = world.member("张三")
        world.consoles["console"].faults.append(Silent())
        zhang.says("/start")
        assert not world.heard(zhang)
        world.later(hours=5)
        assert not world.heard(zhang)
        world.later(hours=2)
        assert len(world.heard(zhang)) == 1
    finally:
        world.close()
