import json
from pathlib import Path
from typing import Any

import pytest

from handlers.choices.ask import Ask, Kind
from handlers.choices.stored import dump_ask
from handlers.polls.published import list_lines
from storage.records import Secrecy
from tests.bot.cli.desk import Desk
from tests.bot.recount.ballots import Closed, closed
from tests.bot.recount.cases import CASES, file
from tests.stories.voting import at_the_vote, change, make_secret, vote
from tests.world import World

SHARED = Path(__file__).parents[4] / "shared" / "domain" / "voting-vectors.json"


def exported(name: str = "reps", doing: str = "fffaan..") -> Closed:
    whole = closed(name, doing)
    Path("poll.json").write_text(whole.file, "utf-8")
    return whole


def changes(**parts: Any) -> None:
    """Somebody lays hands on the exported file."""
    table = json.loads(Path("poll.json").read_text("utf-8"))
    Path("poll.json").write_text(json.dumps({**table, **parts}, ensure_ascii=False), "utf-8")


def test_a_file_of_cases_is_one_line_of_json_each_in_order(desk: Desk) -> None:
    Path("cases.json").write_text(file(CASES), "utf-8")
    found = desk.objects("recount", "cases.json")
    assert [(one["id"], one["outcome"]) for one in found] == [
        (case["id"], case["expect"]["outcome"]) for case in CASES
    ]


def test_every_published_vector_comes_out_through_the_command_line(desk: Desk) -> None:
    if not SHARED.exists():
        pytest.skip("the shared vectors lie beside the project only where it is developed")
    vectors = json.loads(SHARED.read_text("utf-8"))["vectors"]
    found = desk.objects("recount", str(SHARED))
    assert len(found) == 103
    for vector, one in zip(vectors, found, strict=True):
        assert one["id"] == vector["id"]
        assert {name: one[name] for name in vector["expect"]} == vector["expect"]


def test_people_read_the_outcome_and_the_sums(desk: Desk) -> None:
    Path("cases.json").write_text(file(CASES[:1]), "utf-8")
    shown = desk.done("recount", "cases.json")
    assert "exactly two thirds come  通过" in shown
    assert "18×3=54 = 27×2=54" in shown


def test_a_case_that_cannot_be_counted_ends_with_two_after_all_the_others(desk: Desk) -> None:
    Path("cases.json").write_text(file([CASES[0], {**CASES[1], "rule": "kings"}, CASES[2]]), "utf-8")
    result = desk.types("recount", "cases.json", "--json")
    assert result.exit_code == 2
    assert [json.loads(line)["outcome"] for line in result.stdout.splitlines()] == [
        "passed",
        None,
        "rejected",
    ]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff", b"{", b"{}", b'{"vectors": []}'])
def test_a_file_that_cannot_be_read_ends_with_two(desk: Desk, content: bytes | None) -> None:
    if content is not None:
        Path("cases.json").write_bytes(content)
    assert desk.refused("recount", "cases.json", code=2)


def test_a_file_saved_by_notepad_is_read(desk: Desk) -> None:
    Path("cases.json").write_text(file(CASES[:1]), "utf-8-sig")
    assert desk.objects("recount", "cases.json")[0]["outcome"] == "passed"


def test_an_exported_poll_that_agrees_ends_with_nought(desk: Desk) -> None:
    whole = exported()
    assert f"都对得上。校验码 {whole.published.seal}" in desk.done("recount", "poll.json")
    (one,) = desk.objects("recount", "poll.json")
    assert (one["id"], one["outcome"], one["agrees"]) == ("2026-9", whole.poll.outcome, True)


def test_an_announcement_that_does_not_follow_from_the_ballots_ends_with_one(desk: Desk) -> None:
    exported()
    announced = json.loads(Path("poll.json").read_text("utf-8"))["announced"]
    changes(announced={**announced, "outcome": "passed" if announced["outcome"] != "passed" else "rejected"})
    result = desk.types("recount", "poll.json")
    assert result.exit_code == 1
    assert "对不上 announced.outcome" in result.stdout


def test_a_broken_chain_ends_with_one_and_says_at_which_ballot(desk: Desk) -> None:
    exported()
    ballots = json.loads(Path("poll.json").read_text("utf-8"))["ballots"]
    ballots[2]["link"] = "0" * 64
    changes(ballots=ballots)
    result = desk.types("recount", "poll.json", "--json")
    assert result.exit_code == 1
    assert [one["where"] for one in json.loads(result.stdout)["differences"]] == ["ballots[2].link"]


def test_the_seal_on_the_card_is_held_against_the_file(desk: Desk) -> None:
    seal = exported().published.seal
    desk.done("recount", "poll.json", "--seal", seal)
    desk.done("recount", "poll.json", "--seal", seal.replace("-", "").upper())
    other = ("0" if seal[0] != "0" else "1") + seal[1:]
    assert "校验码与公布的不一致" in desk.refused("recount", "poll.json", "--seal", other)


def test_a_seal_says_nothing_of_cases(desk: Desk) -> None:
    Path("cases.json").write_text(file(CASES[:1]), "utf-8")
    assert "--seal" in desk.refused("recount", "cases.json", "--seal", "1a2b-3c4d-5e6f-7081", code=2)


def lives_in(desk: Desk, world: World) -> None:
    """The operator's desk stands in the house of the world."""
    desk.database = world.path
    desk.configures(f'[storage]\nurl = "sqlite:///{world.path}"\n')


def export(desk: Desk, *words: str) -> str:
    return desk.done("poll", "export", *words, "-c", "config.toml")


def test_a_poll_of_the_house_is_exported_and_counted_again(world: World, desk: Desk) -> None:
    at_the_vote(world)
    vote(world, yes=21, no=9, abstain=4)
    world.later(days=4)
    lives_in(desk, world)
    assert "已写入 表决2026-1.json" in export(desk, "1")
    (one,) = desk.objects("recount", "表决2026-1.json")
    assert one["agrees"] is True
    assert [(one["outcome"],)] == world.rows("SELECT outcome FROM polls")
    assert one["tally"]["yes"] == {"heads": 21}
    assert one["tally"]["roll"] == {"heads": 36}
    written = Path("表决2026-1.json").read_text("utf-8")
    assert "代表1" not in written
    assert "表决1" in export(desk, "议1", "--out", "again.json")


SAID: dict[Kind, list[str]] = {
    Kind.SINGLE: ["2", "2", "2", "1", "弃权"],
    Kind.SEVERAL: ["1 2", "2", "2 3", "2", "3"],
    Kind.SCORE: ["1 5 3", "2 4 4", "1 5 1", "1 1 1", "弃权"],
    Kind.SCHULZE: ["2>1", "2>3", "2>1=3", "1>2", "3"],
    Kind.STV: ["2>1", "2>3", "2>1>3", "1", "2"],
    Kind.CONSENT: ["同意", "同意", "同意", "有保留 费用高", "弃权"],
    Kind.SENSE: ["2", "2", "1", "3", "2"],
}


@pytest.mark.parametrize("kind", Kind)
def test_a_poll_of_every_kind_is_exported_and_counted_again(world: World, desk: Desk, kind: Kind) -> None:
    at_the_vote(world, voters=6)
    asked = Ask(kind) if kind is Kind.CONSENT else Ask(kind, ("东门", "西门", "广场"))
    change(world, f"UPDATE polls SET ask = '{dump_ask(asked).replace(':', chr(92) + ':')}'")
    for number, said in enumerate(SAID[kind], start=1):
        world.people[f"代表{number}"].says(f"表决 议1 {said}")
    world.later(days=4)
    lives_in(desk, world)
    export(desk, "1", "--out", "poll.json")
    (one,) = desk.objects("recount", "poll.json")
    ((outcome, seal),) = world.rows("SELECT outcome, seal FROM polls")
    assert (one["kind"], one["outcome"], one["agrees"]) == (kind, outcome, True)
    assert one["tally"]["participation"] == {"heads": 5}
    assert one["winners"] == ([] if kind in {Kind.CONSENT, Kind.SENSE} else [2])
    desk.done("recount", "poll.json", "--seal", seal)
    announced = json.loads(Path("poll.json").read_text("utf-8"))["announced"]
    changes(announced={**announced, "count": {**announced["count"], "winners": [3]}})
    result = desk.types("recount", "poll.json")
    assert result.exit_code == 1
    assert "对不上 announced.count.winners" in result.stdout


def test_a_secret_poll_of_the_house_is_exported_with_the_receipts_of_its_voters(
    world: World, desk: Desk
) -> None:
    at_the_vote(world, voters=6)
    make_secret(world)
    vote(world, yes=4, no=1)
    receipts = [row[0] for row in world.rows("SELECT receipt FROM secret_ballots")]
    world.later(days=4)
    lives_in(desk, world)
    first = export(desk, "1", "--out", "-")
    assert export(desk, "1", "--out", "-") == first
    table = json.loads(first)
    assert sorted(one["receipt"].replace("-", "") for one in table["ballots"]) == sorted(receipts)
    assert table["electorate"] == []
    Path("secret.json").write_text(first, "utf-8")
    assert desk.objects("recount", "secret.json")[0]["outcome"] == table["announced"]["outcome"]


def test_a_secret_poll_of_a_few_is_not_exported(world: World, desk: Desk) -> None:
    at_the_vote(world, voters=4)
    make_secret(world)
    vote(world, yes=3, no=1)
    world.later(days=4)
    lives_in(desk, world)
    assert "不足 5 人" in desk.refused("poll", "export", "1", "-c", "config.toml")
    assert list(desk.folder.glob("*.json")) == []


def test_what_is_not_closed_is_not_told(world: World, desk: Desk) -> None:
    at_the_vote(world, voters=4)
    vote(world, yes=3)
    lives_in(desk, world)
    assert "还没有截止的结果" in desk.refused("poll", "export", "1", "-c", "config.toml")
    change(world, "UPDATE polls SET state = 'cancelled'")
    assert "还没有截止的结果" in desk.refused("poll", "export", "1", "-c", "config.toml")
    assert list(desk.folder.glob("*.json")) == []


def test_a_poll_that_is_not_there_or_several_are_is_said_so(world: World, desk: Desk) -> None:
    at_the_vote(world, voters=4)
    world.later(days=4)
    lives_in(desk, world)
    config = ("-c", "config.toml")
    assert "没有这个编号的表决：7" in desk.refused("poll", "export", "7", *config)
    assert "没有这个编号的表决：议9" in desk.refused("poll", "export", "议9", *config)
    assert "没有这个编号的表决：1" in desk.refused("poll", "export", "1", "--year", "1999", *config)
    assert "没有“月亮”" in desk.refused("poll", "export", "1", "--unit", "月亮", *config)
    assert "请写表决的编号" in desk.refused("poll", "export", "最近的", *config, code=2)
    change(
        world,
        "INSERT INTO polls (community_id, year, number, question, body, roll, rule, secrecy, opens_at, closes_at,"
        " state, outcome, verdict) SELECT community_id, 2025, number, question, body, roll, rule, secrecy, opens_at,"
        " closes_at, state, outcome, verdict FROM polls",
    )
    assert "2025-1 桂花里社区" in desk.refused("poll", "export", "1", *config)
    assert "已写入" in export(desk, "1", "--year", "2026")


def test_only_an_earlier_export_of_the_same_poll_is_written_over(world: World, desk: Desk) -> None:
    at_the_vote(world, voters=4)
    vote(world, yes=4)
    world.later(days=4)
    lives_in(desk, world)
    export(desk, "1")
    assert "已写入" in export(desk, "1")
    exported()
    for name, content in (("poll.json", None), ("letter.json", "亲爱的"), ("list.json", "[]")):
        if content is not None:
            Path(name).write_text(content, "utf-8")
        before = Path(name).read_text("utf-8")
        said = desk.refused("poll", "export", "1", "--out", name, "-c", "config.toml")
        assert "已经有了" in said
        assert Path(name).read_text("utf-8") == before
    assert "写不了" in desk.refused("poll", "export", "1", "--out", "nowhere/a.json", "-c", "config.toml")
    assert list(desk.folder.glob("*.part")) == []


def test_the_list_for_a_chat_has_every_receipt_under_its_choice() -> None:
    whole = closed("reps", "ffa.", Secrecy.SECRET)
    first, second = list_lines(whole.poll, whole.published)
    assert first.startswith("赞成（2 张）：")
    assert second.startswith("反对（1 张）：")
    assert all(link.receipt in first + second for link in whole.published.links)
