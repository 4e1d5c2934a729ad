import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.aliases import Aliases, read_aliases
from handlers.intake.door import concerns
from handlers.intake.likeness import SAME, same_matter
from handlers.intake.reading import ACTIONABLE, Understanding, understand
from storage.records import Category, Kind, Level
from tests.places import found

HERE = Path(__file__).parent / "fixtures"


def lines(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def messages() -> list[tuple[dict[str, str], Understanding]]:
    return [(row, understand(row["text"])) for row in lines("messages.jsonl")]


def test_there_are_enough_messages_of_every_kind(
    messages: list[tuple[dict[str, str], Understanding]],
) -> None:
    assert len(messages) >= 300
    assert {row["kind"] for row, _ in messages} == set(Kind)
    assert {row["category"] for row, _ in messages} == set(Category)
    assert len(lines("chatter.jsonl")) >= 300


def test_matters_are_told_from_the_rest(messages: list[tuple[dict[str, str], Understanding]]) -> None:
    pairs = [(Kind(row["kind"]) in ACTIONABLE, said.kind in ACTIONABLE) for row, said in messages]
    both = sum(wanted and heard for wanted, heard in pairs)
    assert 2 * both / sum(wanted + heard for wanted, heard in pairs) >= 0.96


def test_danger_is_seldom_missed_and_seldom_cried(
    messages: list[tuple[dict[str, str], Understanding]],
) -> None:
    wanted = [said for row, said in messages if row["kind"] == "urgent"]
    cried = [row for row, said in messages if said.kind is Kind.URGENT]
    assert sum(said.kind is Kind.URGENT for said in wanted) / len(wanted) >= 0.95
    assert sum(row["kind"] == "urgent" for row in cried) / len(cried) >= 0.88


def test_most_matters_find_their_category(messages: list[tuple[dict[str, str], Understanding]]) -> None:
    matters = [(row, said) for row, said in messages if Kind(row["kind"]) in ACTIONABLE]
    assert sum(row["category"] == said.category for row, said in matters) / len(matters) >= 0.84


def test_places_come_in_one_spelling(messages: list[tuple[dict[str, str], Understanding]]) -> None:
    near = [
        found(row["place"], said.place)
        for row, said in messages
        if row["place"] and row["kind"] in ACTIONABLE
    ]
    assert len(near) >= 200
    assert sum(near) / len(near) >= 0.9


def test_the_same_matter_is_found_again_and_the_next_door_one_is_not(
    messages: list[tuple[dict[str, str], Understanding]],
) -> None:
    given, wanted, both = 0, 0, 0
    matters = [
        (row["writer"], row["same"], said.reading) for row, said in messages if said.kind in ACTIONABLE
    ]
    for at, (writer, group, reading) in enumerate(matters):
        for other_writer, other_group, other in matters[:at]:
            if writer == other_writer:
                same, gold = same_matter(reading, other).score >= SAME, bool(group) and group == other_group
                given, wanted, both = given + same, wanted + gold, both + (same and gold)
    assert wanted >= 400
    assert both / wanted >= 0.54
    assert both / given >= 0.8


@pytest.mark.parametrize(
    "retold", ["{}，麻烦处理一下", "又来了，{}", "{}！！都第三天了", "各位邻居，{}，谁来看看"]
)
def test_the_same_words_with_a_few_more_are_the_same_matter(
    messages: list[tuple[dict[str, str], Understanding]], retold: str
) -> None:
    again = [
        same_matter(said.reading, other.reading).score >= SAME
        for row, said in messages
        if said.kind in ACTIONABLE
        and (other := understand(retold.format(row["text"].rstrip("。！？")))).kind in ACTIONABLE
    ]
    assert sum(again) / len(again) >= 0.96


def test_most_of_what_is_over_is_heard_and_little_else(
    messages: list[tuple[dict[str, str], Understanding]],
) -> None:
    told = [said.resolves for row, said in messages if row["resolves"]]
    heard = [bool(row["resolves"]) for row, said in messages if said.resolves]
    assert len(told) >= 15
    assert sum(told) / len(told) >= 0.6
    assert sum(heard) / len(heard) >= 0.4


def test_ordinary_chatter_raises_almost_no_alarm() -> None:
    cried = [row["text"] for row in lines("chatter.jsonl") if understand(row["text"]).kind in ACTIONABLE]
    assert len(cried) <= 0.08 * len(lines("chatter.jsonl"))


def test_the_door_and_the_reading_never_disagree(
    messages: list[tuple[dict[str, str], Understanding]],
) -> None:
    for row, said in messages:
        assert concerns(row["text"]) == (said.resolves or said.kind not in (Kind.CHATTER, Kind.AD)), row[
            "text"
        ]


def test_the_reason_is_made_of_the_message_and_its_place() -> None:
    said = understand("三栋二单元电梯停运了")
    assert said.place.name == "3号楼2单元"
    assert said.why.endswith("；3号楼2单元")
    assert all(word in "三栋二单元电梯停运了" for word in said.why.split("；")[0].split(" + "))


def test_supply_and_lifts_are_more_urgent_than_the_rest_and_money_less() -> None:
    assert understand("5号楼停水了").urgency.level is Level.U1
    assert understand("5号楼门禁坏了").urgency.level is Level.U2
    assert understand("物业费一下涨了五毛，凭什么").urgency.level is Level.U3


def test_a_community_names_its_own_places() -> None:
    aliases = read_aliases('"小白楼" = "7号楼"\n')
    assert understand("小白楼电梯坏了", aliases=aliases).place.name == "7号楼"
    assert understand("小白楼电梯坏了").place.name != "7号楼"


def test_a_community_adds_its_own_words() -> None:
    topic = '[ropeway]\nname = "索道"\ncategory = "public_works"\nthings = "索道 缆车"\n'
    aliases = read_aliases("", topic)
    said = understand("咱小区的索道又坏了没人修", aliases=aliases)
    assert said.category is Category.PUBLIC_WORKS
    assert "ropeway" in said.reading.topics


@pytest.mark.parametrize(
    ("places", "topics"), [("not toml", ""), ("", "[x]\nname = 1"), ("", '[x]\nname = "x"\ncategory = "y"')]
)
def test_wrong_aliases_are_refused(places: str, topics: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_aliases(places, topics)


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing_and_always_alike(text: str) -> None:
    said = understand(text)
    assert said == understand(text, aliases=Aliases())
    assert 0 <= said.confidence <= 1
    assert (said.category is Category.NONE) or said.kind not in (Kind.THANKS, Kind.AD, Kind.CHATTER)
