"""Kinds with secret ballots, ballots that are final, and who may not cast one."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from tests.stories.voting import asked, change, press_in_turn, say_in_turn
from tests.world import World

GATES = "选项 东门；西门；广场"


def kept(world: World) -> str:
    """Everything that is written down besides the box itself."""
    tables = ("outbox", "journal", "inbox", "cards", "ballots")
    return "".join(str(row) for table in tables for row in world.rows(f"SELECT * FROM {table}"))


def told_of_the_end(world: World) -> str:
    world.later(days=3)
    return next(said for said in world.heard("代表决议群") if "规则：" in said and "截止" not in said)


def test_one_option_is_pressed_secretly_and_nothing_joins_it_to_anybody(any_world: World) -> None:
    world = any_world
    asked(world, f"无记名 单选 {GATES}")
    press_in_turn(world, "西门", "西门", "西门", "西门", "东门")
    world.people["代表1"].presses("东门", on="代表决议群")
    assert "已经投过了" in world.people["代表1"].told()[-1]
    assert world.rows("SELECT count(*) FROM participations") == [(5,)]
    assert world.rows("SELECT count(*) FROM secret_ballots") == [(5,)]
    assert "picks" not in kept(world)
    assert "已记：" not in kept(world)
    assert "选定：西门" in told_of_the_end(world)


@pytest.mark.parametrize(
    ("kind", "ballot", "said"),
    [
        (f"多选 {GATES}", "1 3", '{"picks": {"options": [1, 3]}}'),
        (f"排序 {GATES}", "2>1=3", '{"ranking": {"steps": [[2], [1, 3]]}}'),
        ("排序2席 " + GATES, "3 1", '{"ranking": {"steps": [[3], [1]]}}'),
        (f"打分1-5 {GATES}", "5 1 3", '{"scores": {"marks": [5, 1, 3]}}'),
    ],
)
def test_what_takes_several_presses_is_said_in_private_once(
    world: World, kind: str, ballot: str, said: str
) -> None:
    asked(world, f"无记名 {kind}")
    card = world.cards("代表决议群")[-1]
    assert not card.buttons
    assert "请私下发给我：表决 议1 " in card.text
    one = world.people["代表1"]
    one.says(f"表决 议1 {ballot}", to="代表决议群")
    assert "请点卡片上的按钮，或私下告诉我" in world.last("代表决议群")
    one.replies(ballot, "请私下发给我", on="代表决议群")
    assert "请私下这样发给我" in world.last("代表决议群")
    assert world.rows("SELECT * FROM secret_ballots") == []
    one.says(f"表决 议1 {ballot}")
    assert "投票码" in one.heard()[-1]
    assert [row[0] for row in world.rows("SELECT choice FROM secret_ballots")] == [said]
    assert said not in kept(world)
    assert json.dumps(said) not in kept(world)


def test_a_secret_ballot_of_any_kind_is_changed_by_its_receipt(world: World) -> None:
    asked(world, f"无记名 排序 {GATES}")
    one = world.people["代表1"]
    one.says("表决 议1 2>1")
    receipt = one.heard()[-1].partition("投票码 ")[2][:9]
    one.says(f"改投 议1 {receipt} 3>2>1")
    assert one.heard()[-1] == "已改。"
    one.says(f"改投 议1 {receipt} 9")
    assert "没有第 9 项" in one.heard()[-1]
    assert world.rows("SELECT choice FROM secret_ballots") == [('{"ranking": {"steps": [[3], [2], [1]]}}',)]
    one.says("我的票 议1")
    assert "只有您和投票码知道" in one.heard()[-1]


def test_of_a_small_secret_poll_only_what_was_chosen_is_told(any_world: World) -> None:
    world = any_world
    asked(world, f"无记名 单选 {GATES}", voters=4)
    press_in_turn(world, "西门", "西门", "东门")
    told = told_of_the_end(world)
    assert "选定：西门" in told
    assert "只公布结果" in told
    assert "第1" not in told
    assert "东门" not in told
    assert not [said for said in world.heard("代表决议群") if "票单" in said]
    notes = [note for (note,) in world.rows("SELECT note FROM steps")]
    assert not any("西门" in note for note in notes)


def test_of_a_small_secret_consent_round_no_reason_is_told(world: World) -> None:
    asked(world, "无记名 共识", voters=4)
    press_in_turn(world, "同意", "同意")
    world.people["代表3"].says("表决 议1 反对 太吵")
    told = told_of_the_end(world)
    assert "未达成一致。" in told
    assert "太吵" not in told
    assert "1 条" not in told


def test_whoever_was_barred_stays_on_the_roll_and_casts_nothing(any_world: World) -> None:
    world = any_world
    asked(world, f"单选 {GATES}")
    one = world.people["代表1"]
    change(world, f"UPDATE electors SET barred = '房屋已过户' WHERE member_id = {one.id}")
    one.presses("东门", on="代表决议群")
    assert "您这次不能投：房屋已过户" in one.told()[-1]
    one.says("表决 议1 东门")
    assert "您这次不能投：房屋已过户" in one.heard()[-1]
    world.later(days=2, hours=1)
    assert not any("还差您一票" in said for said in one.heard())
    assert world.rows("SELECT * FROM ballots") == []
    assert world.rows("SELECT roll FROM polls") == [(6,)]


def test_no_ballot_is_taken_before_the_poll_begins(world: World) -> None:
    asked(world, f"单选 {GATES}")
    change(world, "UPDATE polls SET opens_at = '2026-11-03 01:00:00'")
    one = world.people["代表1"]
    one.presses("东门", on="代表决议群")
    assert "11月3日（周二）09:00 开始" in one.told()[-1]
    world.later(days=1)
    one.presses("东门", on="代表决议群")
    assert "已记：东门" in one.told()[-1]


def test_where_a_ballot_is_final_several_options_are_said_at_once(world: World) -> None:
    asked(world, f"多选 {GATES}")
    change(world, "UPDATE polls SET body = 'owners'")
    one = world.people["代表1"]
    one.presses("东门", on="代表决议群")
    assert "这个按钮已失效" in one.told()[-1]
    one.says("表决 议1 1 3")
    assert "已记：东门、广场。这次一次投定" in one.heard()[-1]
    one.says("表决 议1 2")
    assert "您已经投过：东门、广场" in one.heard()[-1]
    two = world.people["代表2"]
    two.replies("2", "1  东门", on="代表决议群")
    assert "已记：西门。这次一次投定" in world.last("代表决议群")


@pytest.mark.parametrize(
    ("order", "ballots", "outcome"),
    [
        (f"单选 {GATES}", ("1", "1", "1", "2", "均不同意"), "passed"),
        (f"无记名 排序 {GATES}", ("1>2", "1>2", "2>1", "1", "弃权"), "passed"),
        ("共识", ("同意", "同意", "反对 太吵", "有保留 再议", "同意"), "rejected"),
        (f"名册 居民代表 摸底 {GATES}", ("1", "2", "2", "3", "1"), "sense"),
    ],
)
def test_the_exported_file_of_every_kind_is_sealed_and_says_what_was_cast(
    world: World, tmp_path: Path, order: str, ballots: tuple[str, ...], outcome: str
) -> None:
    asked(world, order)
    say_in_turn(world, *ballots)
    world.later(days=3)
    config, file = tmp_path / "config.toml", tmp_path / "poll.json"
    config.write_text(f'[storage]\nurl = "sqlite:///{world.path}"\n', "utf-8")
    run = CliRunner().invoke
    made = run(app, ["poll", "export", "议1", "-c", str(config), "--out", str(file)])
    assert made.exit_code == 0, made.output
    whole = json.loads(file.read_text("utf-8"))
    assert whole["schema"] == "yishi-poll-export/2"
    assert whole["ask"]["kind"] in json.dumps(whole["announced"]["count"])
    assert whole["announced"]["outcome"] == outcome
    assert len(whole["ballots"]) == 5
    assert all(len(one["choice"]) == 1 for one in whole["ballots"])
    assert [whole["chain"]["seal"]] == [seal for (seal,) in world.rows("SELECT seal FROM polls")]
    recounted = run(app, ["recount", str(file), "--json"])
    assert recounted.exit_code == 0, recounted.output
    assert json.loads(recounted.output.splitlines()[0])["outcome"] == outcome


def test_the_file_of_a_yes_no_poll_is_what_it_was(world: World, tmp_path: Path) -> None:
    asked(world, "")
    say_in_turn(world, "赞成", "赞成", "赞成", "赞成")
    world.later(days=3)
    config, file = tmp_path / "config.toml", tmp_path / "poll.json"
    config.write_text(f'[storage]\nurl = "sqlite:///{world.path}"\n', "utf-8")
    made = CliRunner().invoke(app, ["poll", "export", "议1", "-c", str(config), "--out", str(file)])
    assert made.exit_code == 0, made.output
    whole = json.loads(file.read_text("utf-8"))
    assert list(whole) == ["schema", "poll", "rule", "roll", "electorate", "ballots", "announced", "chain"]
    assert whole["schema"] == "yishi-poll-export/1"
    assert {one["choice"] for one in whole["ballots"]} == {"for"}
    assert set(whole["announced"]) == {"outcome", "tally"}
