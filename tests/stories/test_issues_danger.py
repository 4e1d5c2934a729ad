"""Danger to people: whom to call comes first, those on duty hear at once and again, and nobody promises help."""

from datetime import UTC, datetime
from pathlib import Path

from storage.messages import Act, File, FileKind, Urgency
from tests.stories.issues_cast import FIRST_WORDS, Cast
from tests.world import World

FIRE = "5号楼2单元着火了，楼道里全是烟"


def test_the_first_line_says_whom_to_call_and_duty_is_rung_until_somebody_takes_it(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported(FIRE)
    assert any_world.last("居民群").splitlines()[0] == FIRST_WORDS
    assert cast.lead.heard()[-1].startswith("⚠️ 危急 〔2026〕1号 5号楼2单元")
    assert "还没有人接手" in any_world.last("网格员群")
    any_world.later(minutes=11)
    assert sum(said.startswith("⚠️ 危急") for said in cast.lead.heard()) == 3
    assert sum(said.startswith("⚠️ 危急 〔2026〕1号") for said in any_world.heard("网格员群")) == 2
    cast.lead.presses("我来处理")
    assert cast.column("alert_at") is None
    any_world.later(hours=1)
    assert sum(said.startswith("⚠️ 危急") for said in cast.lead.heard()) == 3
    assert sum("已由赵*接手" in said for said in any_world.heard("网格员群")) == 1
    assert any_world.rows("SELECT count(*) FROM journal WHERE event = 'AlertAcknowledged'") == [(1,)]
    assert "我来处理" not in str(any_world.cards("网格员群"))


def test_said_in_passing_it_is_still_answered_at_once(any_world: World) -> None:
    cast = Cast(any_world)
    cast.zhang.says(FIRE, "居民群")
    assert cast.state() == "candidate"
    assert len(any_world.heard("居民群")) == 2
    assert any_world.last("居民群").splitlines()[0] == FIRST_WORDS
    assert cast.lead.heard()[-1].startswith("⚠️ 危急")
    cast.lead.presses("我来处理")
    cast.grid.presses("受理", "网格员群")
    assert len(any_world.heard("居民群")) == 2
    assert "5号楼2单元着火了" in cast.residents()


def test_danger_is_told_in_the_middle_of_the_night(tmp_path: Path) -> None:
    world = World(tmp_path, start=datetime(2026, 11, 2, 18, 0, tzinfo=UTC))
    cast = Cast(world)
    cast.reported("东门垃圾没人收")
    assert len(world.heard("网格员群")) == 1
    cast.reported(FIRE)
    assert "着火" in world.last("网格员群")
    assert cast.lead.heard()[-1].startswith("⚠️ 危急")
    urgent = [one.urgency for one in world.shown("居民群") if one.card.text.startswith(FIRST_WORDS)]
    assert urgent == [Urgency.NOW]
    world.close()


def test_a_grid_workers_word_makes_it_urgent_and_unmakes_it(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("5号楼下面有人倒在地上了，看着不太对")
    cast.grid.says("标记 1 一般", "网格员群")
    rung = len(cast.lead.heard())
    any_world.later(minutes=1)
    cast.grid.presses("紧急", "网格员群")
    cast.grid.presses("有人有危险", "网格员群")
    assert cast.column("level") == "u0"
    assert len(cast.lead.heard()) == rung + 1
    assert cast.residents().count(FIRST_WORDS) == 1
    cast.grid.says("标记 1 一般", "网格员群")
    assert (cast.column("level"), cast.column("alert_at")) == ("u2", None)
    any_world.later(hours=1)
    assert len(cast.lead.heard()) == rung + 1


def test_what_becomes_dangerous_in_a_second_message_is_rung_too(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.zhang.says("有人被困在电梯里了", "居民群")
    assert cast.column("level") == "u0"
    assert any_world.last("居民群").splitlines()[0] == FIRST_WORDS
    assert cast.lead.heard()[-1].startswith("⚠️ 危急")


def test_nobody_is_told_that_help_is_coming(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported(FIRE)
    words = "\n".join(any_world.heard("居民群"))
    assert not any(promise in words for promise in ("马上到", "正在赶来", "已出警", "已派人"))


def test_with_nobody_on_duty_nothing_is_claimed(any_world: World) -> None:
    any_world.group("居民群")
    any_world.stranger("小陈").says(f"#报事 {FIRE}", "居民群")
    assert "还没有登记值班人员" in any_world.last("居民群")


def test_a_missing_person_is_shown_to_those_on_duty_only_and_taken_back_when_found(any_world: World) -> None:
    cast = Cast(any_world)
    photo = File(FileKind.PHOTO, "face")
    cast.zhang.says("#报事 我家老人走失了，七十岁，下午在东门", "居民群", files=(photo,))
    answer = any_world.last("居民群")
    assert answer.splitlines()[0] == FIRST_WORDS
    assert "七十岁" not in answer
    assert "七十岁" in cast.lead.heard()[-1]
    assert any(card.files for card in any_world.cards("网格员群"))
    cast.lead.presses("我来处理")
    cast.grid.says("受理 1", "网格员群")
    cast.grid.says("办结 1 已解决 家属接到了", "网格员群")
    cast.second.says("核查 1", "网格员群")
    assert cast.state() == "closed"
    assert any_world.last("居民群").startswith("✅ 〔2026〕1号 人已找到")
    assert not any(card.files for card in any_world.cards("网格员群"))
    everywhere = cast.residents() + cast.grids() + "".join(card.text for card in any_world.cards(cast.lead))
    assert "七十岁" not in everywhere
    assert any_world.rows("SELECT count(*) FROM attachments") == [(0,)]
    assert any(one.act is Act.RETRACT for one in any_world.shown("网格员群"))


def test_a_house_that_slept_rings_once_and_not_for_every_time_it_missed(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported(FIRE)
    rung = len(cast.lead.heard())
    any_world.asleep(hours=3)
    any_world.later(seconds=10)
    assert len([said for said in cast.lead.heard() if said.startswith("⚠️ 危急")]) == rung + 1
