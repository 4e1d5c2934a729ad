"""初步结果: open to challenge, answered without a name, final only then; upheld, the vote is taken once more."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.app import app
from tests.stories.putting import BASIS, at_the_representatives, orders, poll_card, told
from tests.stories.voting import push, vote
from tests.world import World

END = datetime(2026, 11, 9, 15, 59, 59, tzinfo=UTC)
"""Three days after Thursday 5 November is a Sunday, on which offices rest."""
MORNING = timedelta(hours=8)
"""At night nothing but danger is told."""


def interim(world: World) -> None:
    """Six representatives have passed topic 1; the result can be challenged for three days."""
    at_the_representatives(world)
    orders(world, f"3天 {BASIS} 询异 3天")
    vote(world, yes=5, no=1)
    world.later(days=3)


def state(world: World) -> list[tuple[object, ...]]:
    return world.rows("SELECT state, outcome, void, final_at IS NULL FROM polls ORDER BY id")


def stage(world: World) -> str:
    return str(world.rows("SELECT stage FROM cases ORDER BY id DESC LIMIT 1")[0][0])


def test_a_result_without_a_challenge_is_final_at_the_end_and_only_then_moves_the_case(
    any_world: World,
) -> None:
    world = any_world
    at_the_representatives(world)
    orders(world, f"3天 {BASIS} 询异 3天")
    assert "先询异 3 天" in world.cards("代表决议群")[-1].text
    vote(world, yes=5, no=1)
    world.later(days=3)
    (first,) = [said for said in world.heard("居民群") if "议1 通过" in said]
    assert first.startswith("⏳ 初步结果，11月9日（周一）23:59 前可以质疑")
    assert stage(world) == "reps"
    assert world.rows("SELECT event FROM journal WHERE event LIKE 'Poll%' ORDER BY id") == [
        ("PollOpened",),
        ("PollInterim",),
    ]
    assert "上一次的结果还没生效" in orders(world, "1天 摸底 选项 上午；下午")
    world.later(until=END + MORNING)
    assert stage(world) == "publish"
    assert world.rows("SELECT event FROM journal WHERE event = 'PollClosed'") == [("PollClosed",)]
    assert sum("询异期满，结果生效" in said for said in world.heard("居民群")) == 1
    assert "初步结果" not in poll_card(world).text


def test_a_challenge_is_receipted_and_answered_and_its_maker_never_named(any_world: World) -> None:
    world = any_world
    interim(world)
    one, office = world.people["代表2"], world.people["文书小周"]
    one.says("质疑 议1 我投的是反对，票单对不上，电话13812345678", to="代表决议群")
    assert "请私下告诉我" in world.last("代表决议群")
    one.says("质疑 议1")
    assert "请写明哪里不对" in one.heard()[-1]
    one.says("质疑 议1 我投的是反对，票单对不上，电话13812345678")
    assert "已登记：议1 质疑 1" in one.heard()[-1]
    assert "不会公开您的名字" in one.heard()[-1]
    one.says("质疑 议1 还有一件")
    assert "正在办" in one.heard()[-1]
    assert world.rows("SELECT number, state FROM challenges") == [(1, "open")]
    assert "议1 质疑 1：我投的是反对，票单对不上" in told(world)
    assert "13812345678" not in told(world)
    world.people["代表3"].says("答复质疑 议1 1 不成立 没有的事", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    office.says("答复质疑 议1 1", to="两委群")
    assert "请这样发" in told(world)
    office.says("答复质疑 议1 2 不成立 没有的事", to="两委群")
    assert "没有待答复的质疑 2" in told(world)
    office.says("答复质疑 议1 1 不成立 与原票核对无误", to="两委群")
    assert "您对 议1 的质疑 1：不成立。与原票核对无误" in one.heard()[-1]
    assert sum("质疑 1：不成立。与原票核对无误" in said for said in world.heard("居民群")) == 1
    public = [said for where in ("居民群", "代表决议群", "公示群", "两委群") for said in world.heard(where)]
    assert not any("质疑" in said and "代表2" in said for said in public)
    assert not world.rows("SELECT * FROM journal WHERE event LIKE 'Challenge%' AND detail LIKE '%原票%'")
    world.later(until=END + MORNING)
    assert stage(world) == "publish"


def test_an_unanswered_challenge_keeps_the_result_from_becoming_final(any_world: World) -> None:
    world = any_world
    interim(world)
    office = world.people["文书小周"]
    world.people["代表2"].says("质疑 议1 票单上没有我的投票码")
    world.later(until=END + MORNING)
    world.later(days=1)
    assert sum("质疑 1 还没有答复，结果先不生效" in said for said in world.heard("两委群")) == 1
    assert stage(world) == "reps"
    assert "还有质疑没办完" in poll_card(world).text
    world.people["代表3"].says("质疑 议1 我也有话说")
    assert "询异期已经过了" in world.people["代表3"].heard()[-1]
    office.says("答复质疑 议1 1 不成立 投票码写错了一位", to="两委群")
    assert stage(world) == "publish"
    assert "初步结果" not in poll_card(world).text


def test_an_upheld_challenge_voids_the_result_and_the_vote_is_taken_again(
    any_world: World, tmp_path: Path
) -> None:
    world = any_world
    interim(world)
    office = world.people["文书小周"]
    office.says("重新表决 议1 我看不行", to="两委群")
    assert "也没有成立的质疑" in told(world)
    world.people["代表2"].says("质疑 议1 名册漏了两位代表")
    world.people["代表3"].says("质疑 议1 通知没贴")
    office.says("答复质疑 议1 1 成立 名册确实漏了人", to="两委群")
    assert "请接着发：重新表决 议1 理由" in told(world)
    world.later(until=END + MORNING)
    assert stage(world) == "reps"
    assert any("有质疑成立，结果不能生效" in said for said in world.heard("两委群"))
    world.member("补上的代表", "居民代表")
    office.says("重新表决 议1 2天 名册漏人，已补正", to="两委群")
    assert (
        sum("原结果作废，重新表决" in said and "名册漏人，已补正" in said for said in world.heard("居民群"))
        == 1
    )
    assert "您对 议1 的质疑 2：成立" in world.people["代表3"].heard()[-1]
    assert state(world) == [("closed", "passed", "名册漏人，已补正", 1), ("open", "", "", 0)]
    assert world.rows("SELECT step_id IS NULL, roll FROM polls ORDER BY id") == [(1, 6), (0, 7)]
    assert "这次结果已作废：名册漏人，已补正" in poll_card(world).text
    assert poll_card(world).buttons == ()
    world.people["代表2"].says("质疑 议1 又不对")
    assert "还没有截止" in world.people["代表2"].heard()[-1]
    vote(world, yes=6)
    world.later(days=20)
    assert stage(world) == "publish"
    config, file = tmp_path / "config.toml", tmp_path / "poll.json"
    config.write_text(f'[storage]\nurl = "sqlite:///{world.path}"\n', "utf-8")
    run = CliRunner().invoke
    listed = run(app, ["poll", "export", "表决1", "-c", str(config), "--out", str(file)])
    assert listed.exit_code == 0, listed.output
    assert json.loads(file.read_text("utf-8"))["announced"]["void"] == "名册漏人，已补正"
    recounted = run(app, ["recount", str(file)])
    assert recounted.exit_code == 0, recounted.output
    assert "已作废：名册漏人，已补正" in recounted.output


def test_only_those_on_the_roll_challenge_and_only_while_the_result_is_interim(world: World) -> None:
    at_the_representatives(world)
    orders(world, f"3天 {BASIS} 询异 3天")
    one, grid = world.people["代表1"], world.people["网格员小王"]
    one.says("质疑 议1 不对")
    assert "还没有截止" in one.heard()[-1]
    vote(world, yes=6)
    world.later(days=3)
    grid.says("质疑 议1 不对")
    assert "您不在 议1 这次的名册上" in grid.heard()[-1]
    passer_by = world.stranger("路人")
    passer_by.says("质疑 议1 不对")
    assert world.rows("SELECT * FROM challenges") == []
    world.later(until=END + MORNING)
    one.says("质疑 议1 不对")
    assert "不在询异期" in one.heard()[-1]


def test_whoever_challenges_does_not_answer_it(world: World) -> None:
    at_the_representatives(world, voters=4)
    both = world.member("两委老赵", "居民代表", "文书")
    orders(world, f"3天 {BASIS} 询异 3天")
    vote(world, yes=4)
    world.later(days=3)
    both.says("质疑 议1 不对")
    both.says("答复质疑 议1 1 不成立 我说了算", to="两委群")
    assert "请别人来答复" in told(world)
    assert world.rows("SELECT state FROM challenges") == [("open",)]


def test_a_stage_left_voids_what_was_not_final(any_world: World) -> None:
    world = any_world
    interim(world)
    push(world, "send_back")
    assert state(world) == [("closed", "passed", "办件已经走了别的路", 1)]
    assert "作废" in poll_card(world).text
    before = stage(world)
    world.later(days=30)
    assert stage(world) == before
    assert world.rows("SELECT count(*) FROM journal WHERE event = 'PollClosed'") == [(0,)]


def test_extending_and_ending_early_move_the_days_for_challenges(world: World) -> None:
    at_the_representatives(world)
    orders(world, f"3天 {BASIS} 询异 3天 可提前结束 依据 规则第7条")
    office = world.people["文书小周"]
    office.says("延长表决 议1 2天 等人回来", to="两委群")
    assert str(world.rows("SELECT final_at FROM polls")[0][0]).startswith("2026-11-10 15:59:59")
    vote(world, yes=6)
    office.says("截止表决 议1", to="两委群")
    assert str(world.rows("SELECT final_at FROM polls")[0][0]).startswith("2026-11-05 15:59:59")
    assert "初步结果，11月5日" in world.last("代表决议群") or "初步结果，11月5日" in poll_card(world).text
    world.later(until=datetime(2026, 11, 5, 15, 59, 59, tzinfo=UTC))
    assert stage(world) == "publish"
