"""What grid workers decide is learned from: lessons, names of places, the weekly word, and doing without being asked."""

import sqlite3
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from handlers.intake.aliases import NONE
from handlers.intake.refitting import refit
from handlers.intake.training import Example, examples
from handlers.settings import Settings
from storage import models
from storage.database import Transaction
from storage.records import Category, Kind, Model
from tests.stories.issues_cast import LIFT, Cast
from tests.world import COMMUNITY, World

SAID = "3号楼2单元停水两天了，没人管"


def lessons(world: World, number: int = 1) -> dict[str, tuple[str, str]]:
    """The last lesson of each aspect of an issue: what was understood, what was decided."""
    rows = world.rows(
        "SELECT aspect, understood, decided FROM lessons JOIN issues ON issues.id = issue_id "
        "WHERE number = ? ORDER BY lessons.id",
        number,
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def test_an_issue_taken_on_as_it_stands_was_understood_rightly(any_world: World) -> None:
    cast = Cast(any_world)
    cast.li.says(SAID, "居民群")
    assert lessons(any_world) == {}
    cast.grid.presses("受理", "网格员群")
    assert lessons(any_world) == {
        "kind": ("issue", "issue"),
        "category": ("utilities", "utilities"),
        "place": ("3号楼2单元", "3号楼2单元"),
        "taken": ("utilities", "yes"),
        "second": ("no", "no"),
    }
    cast.grid.says("派单 1 物业", "网格员群")
    assert any_world.rows("SELECT count(*) FROM lessons") == [(5,)]


def test_a_correction_keeps_both_what_was_understood_and_what_it_is(any_world: World) -> None:
    cast = Cast(any_world)
    cast.li.says(SAID, "居民群")
    cast.grid.says("标记 1 房屋设施 建议", "网格员群")
    assert any_world.last("网格员群") == "〔2026〕1号 已标记：建议 · 房屋设施 · 紧急"
    cast.grid.says("地点 1 5号楼", "网格员群")
    cast.grid.says("受理 1", "网格员群")
    found = lessons(any_world)
    assert found["kind"] == ("issue", "suggestion")
    assert found["category"] == ("utilities", "building")
    assert found["place"] == ("3号楼2单元", "5号楼")
    assert cast.column("kind") == "suggestion"


def test_a_candidate_that_is_no_matter_goes_away_with_a_tap_and_is_learned_from(any_world: World) -> None:
    cast = Cast(any_world)
    cast.li.says(SAID, "居民群")
    cast.grid.presses("更多", "网格员群")
    cast.grid.presses("不是诉求", "网格员群")
    assert cast.grid.told()[-1] == "〔2026〕1号 不作为诉求，群里没有打扰任何人。"
    assert cast.state() == "cancelled"
    assert not [words for words in any_world.heard("居民群") if "1号" in words]
    found = lessons(any_world)
    assert (found["kind"], found["taken"]) == (("issue", "chatter"), ("utilities", "no"))


def test_what_somebody_asked_to_be_written_down_is_never_called_chatter(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported()
    cast.grid.says("标记 1 闲聊", "网格员群")
    assert "是有人要报的" in any_world.last("网格员群")
    assert cast.state() == "reported"
    assert lessons(any_world) == {}


def test_two_that_were_merged_are_one_and_an_offer_not_taken_up_was_wrong(any_world: World) -> None:
    cast = Cast(any_world)
    wang = any_world.member("王五", "居民")
    told = ((LIFT, cast.zhang), ("3栋2单元电梯又停在8楼", cast.li), ("三号楼二单元电梯不动了", wang))
    for words, by in told:
        cast.reported(words, by)
    cast.grid.says("并入 2 1", "网格员群")
    cast.grid.says("受理 3", "网格员群")
    pairs = any_world.rows(
        "SELECT issue_id, other_id, understood, decided FROM lessons WHERE aspect = 'same'"
    )
    assert (2, 1, "yes", "yes") in pairs
    assert (3, 1, "yes", "no") in pairs


def test_what_was_split_held_two_matters(any_world: World) -> None:
    cast = Cast(any_world)
    cast.reported("10号楼3单元对讲坏了一个月，楼道还一股尿味")
    cast.grid.says("拆分 1 10号楼3单元楼道一股尿味", "网格员群")
    assert lessons(any_world)["second"] == ("yes", "yes")


def test_what_nobody_decided_teaches_nothing(any_world: World) -> None:
    cast = Cast(any_world)
    message = cast.reported()
    any_world.later(days=3)
    cast.zhang.withdraws(message, "居民群")
    assert any_world.rows("SELECT count(*) FROM lessons") == [(0,)]


def test_an_advertisement_and_a_quarrel_are_learned_as_what_they_are(any_world: World) -> None:
    cast = Cast(any_world)
    cast.li.says(SAID, "居民群")
    cast.grid.says("退回 1 广告", "网格员群")
    found = lessons(any_world)
    assert (found["kind"][1], found["category"][1], found["taken"][1]) == ("ad", "none", "no")
    cast.zhang.says("5号楼水管爆了，没人来修", "居民群")
    cast.grid.says("转调解 2", "网格员群")
    assert lessons(any_world, 2)["kind"] == ("issue", "dispute")


def test_turned_away_for_another_reason_says_nothing_of_what_it_is(any_world: World) -> None:
    cast = Cast(any_world)
    cast.li.says(SAID, "居民群")
    cast.grid.says("退回 1 不是本社区的事", "网格员群")
    assert lessons(any_world) == {"taken": ("utilities", "no")}


def test_lessons_are_never_changed_and_go_with_their_issue(world: World) -> None:
    cast = Cast(world)
    cast.accepted()
    with sqlite3.connect(world.path) as fresh:
        fresh.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            fresh.execute("UPDATE lessons SET decided = 'x'")
        for table in ("assignments", "supports", "remarks"):
            fresh.execute(f"DELETE FROM {table} WHERE issue_id = 1")
        fresh.execute("DELETE FROM issues WHERE id = 1")
        assert fresh.execute("SELECT count(*) FROM lessons").fetchone() == (0,)


# ------------------------------------------------------------------ once a week


def judged(cast: Cast, count: int) -> None:
    for number in range(1, count + 1):
        cast.reported(f"{number}号楼1单元电梯不动了")
        cast.grid.says(f"标记 {number} {'房屋设施' if number > 1 else '水电气暖'}", "网格员群")
        cast.grid.says(f"受理 {number}", "网格员群")
        cast.world.later(seconds=30)


def test_grid_leaders_read_once_a_week_how_well_it_went(any_world: World) -> None:
    cast = Cast(any_world)
    judged(cast, 6)
    any_world.later(days=7, minutes=1)
    told = [words for words in cast.lead.heard() if "这一周" in words]
    assert len(told) == 1
    assert "分拣了 6 件，6 件里类别认对 5 件" in told[0]
    assert "类别 1 处" in told[0]
    assert "房屋设施：认成它 6 次，对了 5 次（83%）" in told[0]
    assert not any("这一周" in words for words in cast.grid.heard())
    any_world.later(days=14)
    assert len([words for words in cast.lead.heard() if "这一周" in words]) == 1


def test_a_week_with_little_to_tell_is_told_with_the_next(any_world: World) -> None:
    cast = Cast(any_world)
    judged(cast, 2)
    any_world.later(days=8)
    assert not any("这一周" in words for words in cast.lead.heard())
    for number in range(3, 6):
        cast.reported(f"{number}号楼1单元电梯不动了")
        cast.grid.says(f"受理 {number}", "网格员群")
    any_world.later(days=7)
    (told,) = [words for words in cast.lead.heard() if "这一周" in words]
    assert "分拣了 5 件" in told


# ------------------------------------------------------------------ without being asked

TRUSTING = Settings(
    community=COMMUNITY,
    operators=frozenset({"console:operator"}),
    automatic=frozenset({Category.UTILITIES}),
    trust=Fraction(95, 100),
)


def taught(world: World, cast: Cast, right: int, wrong: int) -> None:
    """So many earlier issues that were understood as of water and power, and what people found them to be."""
    for at in range(right + wrong):
        cast.li.says(f"{at + 1}号楼停水了，什么时候修", "居民群")
        if at >= right:
            cast.grid.says(f"标记 {at + 1} 房屋设施", "网格员群")
        cast.grid.says(f"受理 {at + 1}", "网格员群")
        world.later(hours=1)


def test_a_trusted_class_is_written_down_without_waiting_for_a_person(tmp_path: Path) -> None:
    world = World(tmp_path, settings=TRUSTING)
    cast = Cast(world)
    taught(world, cast, right=30, wrong=1)
    assert world.rows("SELECT count(*) FROM issues") == [(31,)]
    cast.zhang.says("55号楼停水了，什么时候修", "居民群")
    assert cast.state(32) == "reported"
    assert "〔2026〕32号" in world.last("居民群")
    cast.zhang.says("56号楼电梯坏了", "居民群")
    assert cast.state(33) == "candidate"
    world.close()


def test_too_few_or_too_many_wrong_examples_leave_it_to_people(tmp_path: Path) -> None:
    for name, right, wrong in (("few", 29, 0), ("wrong", 30, 4)):
        folder = tmp_path / name
        folder.mkdir()
        world = World(folder, settings=TRUSTING)
        cast = Cast(world)
        taught(world, cast, right, wrong)
        cast.zhang.says("55号楼停水了，什么时候修", "居民群")
        assert cast.state(right + wrong + 1) == "candidate", name
        world.close()


def test_nothing_is_automatic_unless_the_operator_said_so(tmp_path: Path) -> None:
    world = World(tmp_path, settings=replace(TRUSTING, automatic=frozenset()))
    cast = Cast(world)
    taught(world, cast, right=31, wrong=0)
    cast.zhang.says("55号楼停水了，什么时候修", "居民群")
    assert cast.state(32) == "candidate"
    world.close()


# ------------------------------------------------------------------ what another process learned


def test_names_and_models_of_another_process_are_noticed(world: World) -> None:
    cast = Cast(world)
    local = [Example(f"更房又没人了，{at}号楼那个", Kind.ISSUE, Category.GREENERY) for at in range(20)]
    weights = refit(examples()[::12], local, NONE).written()

    async def other(tx: Transaction) -> None:
        await models.add(tx, Model(0, world.clock.now(), 20, weights, None))

    cast.li.says("#报事 更房又没人了", "居民群")
    assert cast.column("category") != "greenery"
    world.run(world.app.database.write(other))
    world.run(world.app.learn())
    world.later(minutes=5)
    cast.zhang.says("#报事 更房又没人了", "居民群")
    assert cast.column("category", 2) == "greenery"


def test_what_another_version_learned_is_put_aside_and_nothing_stops(world: World) -> None:
    cast = Cast(world)

    async def older(tx: Transaction) -> None:
        await models.add(
            tx, Model(0, world.clock.now(), 20, "1\t0.5\t0.0,0.0\n电梯\tAQID\n0\t0.5\t0.0\n", None)
        )

    world.run(world.app.database.write(older))
    world.run(world.app.learn())
    cast.zhang.says("#报事 3号楼电梯坏了", "居民群")
    assert cast.column("category") == "building"
