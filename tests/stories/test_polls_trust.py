import json
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.app import app
from tests.stories.voting import at_the_vote, make_secret, vote
from tests.world import World


def receipt_in(said: str) -> str:
    return said.partition("投票码 ")[2].strip()


def test_every_voter_finds_their_own_ballot_in_the_list_after_the_close(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=6)
    receipts = {}
    for number, label in enumerate(["赞成", "赞成", "赞成", "赞成", "反对"], start=1):
        person = world.people[f"代表{number}"]
        person.says(f"表决 议1 {label}")
        receipts[number] = (label, receipt_in(person.heard()[-1]))
    assert len({receipt for _, receipt in receipts.values()}) == 5
    world.people["代表5"].says("表决 议1 弃权")
    assert receipt_in(world.people["代表5"].heard()[-1]) == receipts[5][1]
    world.later(days=3)
    (listed,) = [said for said in world.heard("代表决议群") if "票单" in said]
    lines = dict(line.split("：", 1) for line in listed.splitlines()[1:])
    assert all(receipt in lines["赞成（4 张）"] for label, receipt in receipts.values() if label == "赞成")
    assert receipts[5][1] in lines["弃权（1 张）"]


def test_the_seal_on_the_card_is_that_of_the_exported_file_and_a_stranger_recounts_it(
    world: World, tmp_path: Path
) -> None:
    at_the_vote(world)
    vote(world, yes=21, no=9, abstain=4)
    world.later(days=3)
    (seal,) = world.rows("SELECT seal FROM polls")[0]
    assert [said for said in world.heard("居民群") if str(seal) in said]
    config = tmp_path / "config.toml"
    config.write_text(f'[storage]\nurl = "sqlite:///{world.path}"\n', "utf-8")
    file = tmp_path / "poll.json"
    run = CliRunner().invoke
    assert run(app, ["poll", "export", "议1", "-c", str(config), "--out", str(file)]).exit_code == 0
    recounted = run(app, ["recount", str(file), "--json", "--seal", seal])
    assert recounted.exit_code == 0, recounted.output
    found = json.loads(recounted.output.splitlines()[0])
    assert (found["outcome"], found["agrees"]) == ("passed", True)
    file.write_text(file.read_text("utf-8").replace('"against"', '"for"', 1), "utf-8")
    assert run(app, ["recount", str(file)]).exit_code == 1


def test_the_key_behind_the_receipts_is_never_shown(world: World, tmp_path: Path) -> None:
    at_the_vote(world, voters=3)
    vote(world, yes=3)
    world.later(days=3)
    (key,) = world.rows("SELECT receipt_key FROM polls")[0]
    assert len(str(key)) == 32
    told = "".join(
        str(row) for table in ("outbox", "journal", "cards") for row in world.rows(f"SELECT * FROM {table}")
    )
    config = tmp_path / "config.toml"
    config.write_text(f'[storage]\nurl = "sqlite:///{world.path}"\n', "utf-8")
    shown = CliRunner().invoke(app, ["show", "polls", "--json", "-c", str(config)])
    assert shown.exit_code == 0, shown.output
    assert str(key) not in told + shown.output


def test_a_paper_ballot_counts_once_and_never_beside_one_in_the_chat(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=4)
    grid = world.people["网格员小王"]
    grid.says("代录 议1 代表1 赞成 见证 楼长老李", to="网格员群")
    assert "已代录：代表1，赞成" in world.last("网格员群")
    grid.says("代录 议1 代表1 反对 见证 楼长老李", to="网格员群")
    assert "已经投过了" in world.last("网格员群")
    world.people["代表1"].presses("反对", on="代表决议群")
    assert "纸面票" in world.people["代表1"].told()[-1]
    world.people["代表2"].presses("赞成", on="代表决议群")
    grid.says("代录 议1 代表2 赞成 见证 楼长老李", to="网格员群")
    assert "已经投过了" in world.last("网格员群")
    assert world.rows("SELECT member_id, choice, witness FROM ballots ORDER BY member_id")[0][1:] == (
        "for",
        "楼长老李",
    )
    assert world.rows("SELECT heads FROM turnouts") == [(2,)]
    world.later(days=3)
    assert any("张纸面票" in said and "代表1" in said for said in world.heard("两委群"))


def test_who_may_write_down_a_paper_ballot_and_for_whom(world: World) -> None:
    at_the_vote(world, voters=3)
    world.people["代表2"].says("代录 议1 代表1 赞成 见证 老李", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    grid = world.people["网格员小王"]
    for words, answer in (
        ("代录 议1 代表1 赞成", "请这样发：代录"),
        ("代录 议1 代表1 也许 见证 老李", "请这样发：代录"),
        ("代录 议1 王五 赞成 见证 老李", "名册上没有王五"),
        ("代录 议1 文书小周 赞成 见证 老李", "不在这次表决的名册上"),
    ):
        grid.says(words, to="网格员群")
        assert answer in world.last("网格员群")
    world.member("代表1", "居民")
    grid.says("代录 议1 代表1 赞成 见证 老李", to="网格员群")
    assert "有几位代表1" in world.last("网格员群")
    make_secret(world)
    grid.says("代录 议1 代表2 赞成 见证 老李", to="网格员群")
    assert "无记名表决不能代录" in world.last("网格员群")
    assert world.rows("SELECT * FROM ballots") == []


def test_the_office_sees_what_is_missing_and_never_who(world: World) -> None:
    at_the_vote(world, voters=36)
    vote(world, yes=10, no=10)
    world.people["文书小周"].says("还差 议1", to="两委群")
    said = world.last("两委群")
    assert "4" in said
    assert "代表" not in said
    for number in range(21, 25):
        world.people[f"代表{number}"].says("表决 议1 弃权")
    world.people["文书小周"].says("还差 议1", to="两委群")
    assert "参与的人数已经够了" in world.last("两委群")
    assert "赞成" not in world.last("两委群")
    world.people["代表1"].says("还差 议1", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")


def test_the_roll_call_is_for_those_entitled_after_the_close_and_never_of_a_secret_poll(world: World) -> None:
    at_the_vote(world, voters=3)
    vote(world, yes=2, no=1)
    one, neighbour = world.people["代表1"], world.member("邻居", "居民")
    one.says("唱票 议1")
    assert "还没有截止" in one.heard()[-1]
    world.later(days=3)
    one.says("唱票 议1")
    assert "代表1：赞成" in one.heard()[-1]
    assert "代表3：反对" in one.heard()[-1]
    neighbour.says("唱票 议1")
    assert "只给这次名册上的人看" in neighbour.heard()[-1]
    make_secret(world)
    one.says("唱票 议1")
    assert "没有人知道谁投了什么" in one.heard()[-1]


def test_of_a_small_secret_poll_only_the_outcome_is_told(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=3)
    make_secret(world)
    vote(world, yes=2, no=1)
    world.later(days=3)
    verdict = next(said for said in world.heard("代表决议群") if "议1 通过" in said)
    assert "只公布结果" in verdict
    assert "反对" not in verdict.replace("效果同反对", "")
    assert not [said for said in world.heard("代表决议群") if "票单" in said]
    assert world.rows("SELECT seal FROM polls") == [("",)]
