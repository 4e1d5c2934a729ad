import pytest

from tests.stories.voting import at_the_vote, bring_to_the_representatives, make_secret, town, vote
from tests.world import World


def test_a_secret_ballot_joins_nobody_to_a_choice(any_world: World) -> None:
    world = any_world
    at_the_vote(world, voters=5)
    make_secret(world)
    for number, label in enumerate(["赞成", "赞成", "赞成", "反对", "弃权"], start=1):
        world.people[f"代表{number}"].presses(label, on="代表决议群")
    world.people["代表1"].presses("反对", on="代表决议群")
    assert world.rows("SELECT count(*) FROM participations") == [(5,)]
    assert world.rows("SELECT * FROM ballots") == []
    assert sorted(choice for (choice,) in world.rows("SELECT choice FROM secret_ballots")) == [
        "abstain",
        "against",
        "for",
        "for",
        "for",
    ]
    kept = "".join(
        str(row)
        for table in ("outbox", "journal", "inbox", "cards")
        for row in world.rows(f"SELECT * FROM {table}")
    )
    receipts = [receipt for (receipt,) in world.rows("SELECT receipt FROM secret_ballots")]
    assert not any(receipt in kept for receipt in receipts)
    assert "已记：" not in kept
    world.later(days=3)
    assert world.rows("SELECT outcome FROM polls") == [("passed",)]


def test_a_receipt_changes_the_ballot_it_belongs_to_and_no_other(world: World) -> None:
    at_the_vote(world, voters=5)
    make_secret(world)
    one = world.people["代表1"]
    one.presses("赞成", on="代表决议群")
    receipt = one.told()[-1].partition("投票码 ")[2][:9]
    one.says(f"改投 议1 {receipt.lower()} 反对")
    assert one.heard()[-1] == "已改。"
    one.says("改投 议1 AAAA-AAAA 赞成")
    assert "没有这个投票码" in one.heard()[-1]
    assert world.rows("SELECT choice FROM secret_ballots") == [("against",)]
    world.people["代表2"].says("1", to="代表决议群")
    assert "无记名表决" in world.last("代表决议群")
    assert world.rows("SELECT count(*) FROM participations") == [(1,)]


def test_a_ballot_that_hits_a_fault_of_ours_leaves_nothing_of_itself_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_vote(world, voters=5)
    make_secret(world)

    async def breaks(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("storage.polls.cast_secretly", breaks)
    one = world.people["代表1"]
    one.presses("反对", on="代表决议群")
    one.says("2")
    assert "您的话没有丢" in one.told()[-1]
    parked = world.rows("SELECT body, error FROM inbox WHERE state = 'parked'")
    assert parked
    assert all(body == "" and "against" not in error for body, error in parked)


def test_the_office_can_ask_for_a_secret_ballot(any_world: World) -> None:
    world = any_world
    town(world, voters=0)
    world.group("代表决议群")
    for number in range(1, 7):
        world.member(f"代表{number}", "居民代表")
    world.people["网格员小王"].says("立项 1 社区协商", to="网格员群")
    bring_to_the_representatives(world)
    world.people["文书小周"].says("发起表决 议1 3天 无记名 依据 本社区议事规则第5条", to="两委群")
    assert "无记名" in world.cards("代表决议群")[-1].text
    vote(world, yes=5)
    assert world.rows("SELECT * FROM ballots") == []
    assert world.rows("SELECT count(*) FROM secret_ballots") == [(5,)]
    world.later(days=3)
    assert "议1 通过" in world.last("代表决议群")
