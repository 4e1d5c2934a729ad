import json
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.app import app
from tests.stories.owning import owners_vote, press
from tests.stories.voting import at_the_vote, bring_to_the_representatives, change, make_secret, town
from tests.world import World

CLAUSE = "《业主大会议事规则》第12条"
ORDER = f"从多 议1 依据 {CLAUSE} 首次大会后"
WARNING = f"⚠ 不投票的后果：依据{CLAUSE}"


def office_says(world: World, words: str) -> str:
    world.people["文书小周"].says(words, to="两委群")
    return world.last("两委群")


def serve(world: World, first: int, last: int, how: str = "当面") -> str:
    names = "、".join(f"代表{number}" for number in range(first, last + 1))
    world.people["网格员小王"].says(f"送达 议1 {names} {how}", to="网格员群")
    return world.last("网格员群")


def verdict(world: World) -> str:
    return next(said for said in world.heard("代表决议群") if "从多计票" in said)


def test_the_strict_result_decides_and_both_are_printed_side_by_side(any_world: World) -> None:
    """The shape of the Shanghai case (703 of 1291 came in, 417 of them yes), with 11 of 20 in and 6 yes."""
    world = any_world
    owners_vote(world, owners=20)
    assert "已登记" in office_says(world, ORDER)
    assert "已登记送达 9 份" in serve(world, 12, 20)
    press(world, 赞成=6, 反对=4, 弃权=1)
    world.later(days=3)
    assert world.rows("SELECT outcome FROM polls") == [("invalid_participation",)]
    said = verdict(world)
    assert "严格计票：无效" in said
    assert f"从多计票：通过（未投的 9 人、900 m² 计入赞成，依据：{CLAUSE}）" in said
    assert "15×2=30" in said
    assert "赞成达标：1500×2=3000 > 2000×1=2000" in said
    assert "办件按严格计票的结果" in said
    assert world.rows("SELECT COUNT(*) FROM ballots") == [(11,)]


def test_only_those_whose_ballot_was_served_and_who_kept_silent_are_moved(any_world: World) -> None:
    world = any_world
    owners_vote(world, owners=6)
    office_says(world, ORDER)
    serve(world, 1, 4)
    assert "早已登记" in serve(world, 4, 5, "挂号")
    assert "已登记：" in office_says(world, "回避 议1 代表5 有利害关系")
    press(world, 反对=2)
    world.later(days=3)
    (kept,) = world.rows("SELECT verdict FROM polls")[0]
    block = json.loads(str(kept))["deemed"]
    assert (block["joined"], block["outcome"]) == ("against", "rejected")
    assert block["served"] == {"heads": 2, "area": "200.00"}
    assert len(block["to"]) == 2
    assert block["tally"]["no"]["heads"] == 4
    assert world.rows("SELECT member_id, how FROM services ORDER BY member_id")[3][1] == "当面"


def test_between_two_equal_opinions_nobody_is_moved(world: World) -> None:
    owners_vote(world, owners=6)
    office_says(world, ORDER)
    serve(world, 1, 6)
    press(world, 赞成=1, 反对=1)
    world.later(days=3)
    assert "最多的意见不止一种" in verdict(world)
    (kept,) = world.rows("SELECT verdict FROM polls")[0]
    block = json.loads(str(kept))["deemed"]
    assert (block["joined"], block["outcome"], block["tally"]["roll"]["heads"]) == (
        None,
        "invalid_participation",
        6,
    )


def test_the_consequence_is_on_the_card_and_told_once_with_a_button_for_each_owner(any_world: World) -> None:
    world = any_world
    owners_vote(world, owners=3)
    assert WARNING not in world.cards("代表决议群")[-1].text
    office_says(world, ORDER)
    assert [said for said in world.heard("代表决议群") if said.startswith(f"🗳 议1 {WARNING}")]
    assert any(WARNING in card.text for card in world.cards("代表决议群") if "已投" in card.text)
    one = world.people["代表1"]
    assert WARNING in one.heard()[-1]
    assert [button.label for button in world.cards(one)[-1].buttons][-1] == "已收到"
    one.presses("已收到")
    one.presses("已收到")
    assert world.rows("SELECT member_id, how, recorded_by FROM services") == [
        (one.id, "本人点了“已收到”", None)
    ]
    assert world.rows("SELECT * FROM ballots") == []
    one.presses("赞成")
    assert world.rows("SELECT member_id, choice FROM ballots") == [(one.id, "for")]
    assert "已经登记过" in office_says(world, ORDER)
    assert len([said for said in world.heard("代表决议群") if said.startswith("🗳 议1 ⚠")]) == 1


def test_it_is_off_unless_the_office_cites_the_clause_before_the_first_ballot(world: World) -> None:
    owners_vote(world, owners=3)
    world.people["代表1"].says(ORDER, to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    assert "请写明条款" in office_says(world, "从多 议1")
    assert "首次业主大会还没有议事规则" in office_says(world, f"从多 议1 依据 {CLAUSE}")
    assert "请写明条款" in office_says(world, "从多 议1 依据 首次大会后")
    assert "不能这样发起" in office_says(world, "从多 议1 依据 未投票视为同意 首次大会后")
    press(world, 赞成=1)
    assert "已经有人投票" in office_says(world, ORDER)
    assert world.rows("SELECT deemed FROM polls") == [("",)]
    serve(world, 2, 3)
    world.later(days=3)
    assert "从多" not in "".join(world.heard("代表决议群"))


def test_only_an_owners_poll_by_its_lawful_route_knows_it(world: World) -> None:
    at_the_vote(world, voters=3)
    assert "不能从多" in office_says(world, ORDER)
    change(world, "UPDATE polls SET body = 'owners'")
    assert "不能从多" in office_says(world, ORDER)
    change(
        world, """UPDATE polls SET matter = '{"matter": "lift", "route": "building_owners", "reason": ""}'"""
    )
    assert "不能从多" in office_says(world, ORDER)
    change(
        world,
        """UPDATE polls SET matter = '{"matter": "fund_use", "route": "owners_ordinary", "reason": ""}'""",
    )
    make_secret(world)
    assert "不能从多" in office_says(world, ORDER)
    assert world.rows("SELECT deemed FROM polls") == [("",)]


def test_silence_in_a_question_is_never_offered_as_consent(world: World) -> None:
    town(world)
    world.group("代表决议群")
    world.member("代表1", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商 更换电梯，不回复视为同意", to="网格员群")
    bring_to_the_representatives(world)
    assert "不能这样发起" in office_says(world, "发起表决 议1 3天 依据 规则第5条")
    for words in (
        "依据 规则第5条：未投票的视为同意",
        "依据 规则第5条 题目 更换电梯 单选 选项 换；不换；不回复的默认同意",
    ):
        assert "不能这样发起" in office_says(world, f"发起表决 议1 3天 {words}")
    assert world.rows("SELECT * FROM polls") == []


def test_who_may_write_down_service_and_for_whom(world: World) -> None:
    owners_vote(world, owners=3)
    world.people["代表1"].says("送达 议1 代表2 当面", to="代表决议群")
    assert "这一步由" in world.last("代表决议群")
    grid = world.people["网格员小王"]
    for words, answer in (
        ("送达 议1 代表1", "请这样发：送达"),
        ("送达 议1 王五 当面", "名册上没有王五"),
        ("送达 议1 文书小周 当面", "不在这次表决的名册上"),
    ):
        grid.says(words, to="网格员群")
        assert answer in world.last("网格员群")
    assert world.rows("SELECT * FROM services") == []


def test_the_exported_file_says_both_and_a_stranger_recounts_it(world: World, tmp_path: Path) -> None:
    owners_vote(world, owners=6)
    office_says(world, ORDER)
    serve(world, 3, 6)
    press(world, 赞成=2)
    world.later(days=3)
    config, file = tmp_path / "config.toml", tmp_path / "poll.json"
    config.write_text(f'[storage]\nurl = "sqlite:///{world.path}"\n', "utf-8")
    run = CliRunner().invoke
    made = run(app, ["poll", "export", "议1", "-c", str(config), "--out", str(file)])
    assert made.exit_code == 0, made.output
    announced = json.loads(file.read_text("utf-8"))["announced"]
    assert (announced["outcome"], announced["deemed"]["outcome"]) == ("invalid_participation", "passed")
    listed = {entry["receipt"] for entry in json.loads(file.read_text("utf-8"))["electorate"]}
    assert len(announced["deemed"]["to"]) == 4
    assert set(announced["deemed"]["to"]) <= listed
    assert not [person for person in world.people if person in file.read_text("utf-8")]
    recounted = run(app, ["recount", str(file), "--json"])
    assert recounted.exit_code == 0, recounted.output
    change_one = file.read_text("utf-8").replace('"joined": "for"', '"joined": "against"')
    file.write_text(change_one, "utf-8")
    assert run(app, ["recount", str(file)]).exit_code == 1
