from datetime import UTC, datetime

from handlers.events import RollImported
from tests.people import Person
from tests.stories.afterwards import happens
from tests.stories.gatherings import before_members_and_representatives, community
from tests.world import World

AUTUMN_END = datetime(2026, 12, 31, 15, tzinfo=UTC)


def office(world: World) -> Person:
    """A community whose roll was imported: its representatives have never met."""
    secretary = community(world)
    happens(world, RollImported(1, 5))
    return secretary


def owed(world: World, body: str = "居民代表会议") -> list[str]:
    return [said for said in world.heard("两委群") if said.startswith(f"📅 {body}每")]


def test_a_body_that_the_law_asks_to_meet_is_named_to_the_office_in_time_with_what_to_type(
    any_world: World,
) -> None:
    world = any_world
    secretary = office(world)
    world.later(until=datetime(2026, 11, 30, 0, tzinfo=UTC))
    assert owed(world) == []
    world.later(until=datetime(2026, 12, 2, 0, tzinfo=UTC))
    (told,) = owed(world)
    assert "每半年至少开一次（城市居民委员会组织法 28, 29" in told
    assert "12月31日" in told
    assert "还剩 30 天" in told
    words = next(line for line in told.splitlines() if line.startswith("叫会请发：")).removeprefix(
        "叫会请发："
    )
    secretary.says(words.replace("地点", "议事厅"), to="两委群")
    assert "已通知 会1" in world.last("两委群")


def test_it_is_quiet_once_a_meeting_is_called_and_after_it_was_held(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says("开会 居民代表会议 12月20日19:00 议事厅", to="两委群")
    world.later(until=datetime(2027, 5, 30, tzinfo=UTC))
    assert owed(world) == []
    assert world.rows("SELECT state FROM meetings") == [("held",)]
    assert world.rows("SELECT last_at FROM watches WHERE body = 'resident_reps'") == [
        ("2026-12-20 11:00:00.000000",)
    ]
    world.later(until=datetime(2027, 6, 2, tzinfo=UTC))
    assert len(owed(world)) == 1
    assert "6月30日" in owed(world)[0]


def test_a_cancelled_meeting_leaves_the_body_owing_one(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says("开会 居民代表会议 12月20日19:00 议事厅", to="两委群")
    secretary.says("取消 会1 换届", to="两委群")
    world.later(until=datetime(2026, 12, 3, tzinfo=UTC))
    assert len(owed(world)) == 1


def test_a_running_series_is_a_meeting_that_will_be_called(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says("定期会议 每年12月20日 19:00 居民代表会议 议事厅")
    world.later(until=datetime(2026, 12, 15, tzinfo=UTC))
    assert owed(world) == []


def test_a_missed_period_is_said_when_the_next_begins_and_each_thing_once(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    secretary.says("开会 居民代表会议 11月20日19:00 议事厅", to="两委群")
    world.later(until=datetime(2027, 7, 2, tzinfo=UTC))
    told = owed(world)
    assert len(told) == 2
    assert "还没开，也没有安排" in told[0]
    assert "上一期没有开，上次是2026年11月20日" in told[1]


def test_a_restart_or_a_standstill_says_it_once(any_world: World) -> None:
    world = any_world
    office(world)
    world.later(until=datetime(2026, 11, 30, tzinfo=UTC))
    world.asleep(days=3)
    world.restart()
    world.later(hours=3)
    assert len(owed(world)) == 1


def test_a_custom_is_watched_only_where_it_is_kept_and_said_once_when_it_lapses(any_world: World) -> None:
    world = any_world
    secretary = office(world)
    before_members_and_representatives(world)
    world.later(until=datetime(2026, 11, 8, tzinfo=UTC))
    assert owed(world, "党员群众代表会") == []
    secretary.says("开会 党员群众代表会 11月10日19:00 议事厅 议题 1", to="两委群")
    world.later(until=datetime(2026, 11, 11, tzinfo=UTC))
    secretary.says("结果 会1 议1 通过", to="两委群")
    world.later(until=datetime(2027, 3, 31, tzinfo=UTC))
    assert len(owed(world, "党员群众代表会")) == 1


def test_a_community_without_such_representatives_is_left_alone(any_world: World) -> None:
    world = any_world
    world.group("两委群")
    world.member("小周", "文书")
    happens(world, RollImported(1, 1))
    world.later(until=AUTUMN_END)
    assert world.heard("两委群")[1:] == []
    assert world.rows("SELECT count(*) FROM watches") == [(0,)]
