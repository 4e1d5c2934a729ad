import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.recount import chain
from bot.recount.cases import count_again
from bot.recount.lines import lines
from bot.recount.machine import as_object
from bot.recount.published import Recounted
from bot.recount.reading import Unreadable
from handlers.polls.published import publish_openly, publish_secretly
from handlers.receipts import receipt_of, written
from storage.records import Ballot, Choice, Elector, Secrecy
from tests.bot.recount.ballots import AT, KEY, Closed, closed
from tests.bot.recount.cases import Table

doings = st.text(alphabet="fan.", min_size=1, max_size=14)
MAKES: dict[str, Callable[[str], Closed]] = {
    "open, by heads": lambda doing: closed("reps", doing),
    "open, by heads and area": lambda doing: closed("owners", doing),
    "secret": lambda doing: closed("reps", doing, Secrecy.SECRET),
}
makes = st.sampled_from(sorted(MAKES))


def recounted(file: str) -> Table:
    (case,) = count_again(file)
    return as_object(case)


def sound(table: Table) -> bool:
    """Whether the recount finds nothing to say against a file."""
    try:
        return recounted(json.dumps(table)).get("agrees") is True
    except Unreadable:
        return False


@given(makes, doings)
def test_whatever_was_cast_the_recount_agrees(make: str, doing: str) -> None:
    poll = MAKES[make](doing)
    answer = recounted(poll.file)
    assert answer["agrees"], answer
    assert answer["outcome"] == poll.poll.outcome
    assert answer["seal"] == poll.published.seal
    assert answer["id"] == "2026-9"
    assert answer["tally"]["yes"]["heads"] == doing.count("f")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in a file that holds nothing else, empty lists too."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = list(inside)
    if not found:
        yield path
    for name, part in found:
        yield from leaves(part, (*path, name))


def tampered(table: Table, path: tuple[Any, ...]) -> Table:
    """The file with what stands there changed, ever so slightly."""
    whole = deepcopy(table)
    place: Any = whole
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = slightly_changed(place[path[-1]])
    return whole


def slightly_changed(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        last = value[-1:]
        return value[:-1] + ("1" if last != "1" else "2")
    return "1" if value is None else [1]


@given(makes, st.text(alphabet="fan.", min_size=1, max_size=6), st.data())
@settings(max_examples=300, deadline=None)
def test_nothing_in_a_file_can_be_changed_unnoticed(make: str, doing: str, data: st.DataObject) -> None:
    table: Table = json.loads(MAKES[make](doing).file)
    path = data.draw(st.sampled_from(list(leaves(table))))
    assert not sound(tampered(table, path)), path


@pytest.mark.parametrize("make", sorted(MAKES))
def test_no_place_in_a_file_can_be_changed_unnoticed(make: str) -> None:
    table: Table = json.loads(MAKES[make]("ffaan..").file)
    paths = list(leaves(table))
    assert len(paths) > 50
    assert [path for path in paths if sound(tampered(table, path))] == []


@pytest.mark.parametrize("make", sorted(MAKES))
def test_nothing_can_be_taken_out_of_a_file_or_put_into_it_unnoticed(make: str) -> None:
    table: Table = json.loads(MAKES[make]("ffaan..").file)
    for path in leaves(table):
        less, more = deepcopy(table), deepcopy(table)
        for whole, remove in ((less, True), (more, False)):
            place: Any = whole
            for name in path[:-1]:
                place = place[name]
            if remove:
                del place[path[-1]]
            elif isinstance(place, dict):
                place["note"] = "改"
            else:
                place.append("改")
        if table_part(table, path) is not None:
            assert not sound(less), path
        assert not sound(more), path


def table_part(table: Table, path: tuple[Any, ...]) -> object:
    place: Any = table
    for name in path:
        place = place[name]
    return place


BALLOTS: dict[str, Callable[[list[Table]], list[Table]]] = {
    "one is taken away": lambda ballots: ballots[1:],
    "the last is taken away": lambda ballots: ballots[:-1],
    "one is counted twice": lambda ballots: [ballots[0], *ballots],
    "one is added": lambda ballots: [*ballots, {**ballots[-1], "receipt": "ZZZ-ZZZ"}],
    "two are exchanged": lambda ballots: [ballots[1], ballots[0], *ballots[2:]],
    "all are turned": lambda ballots: [{**ballot, "choice": "for"} for ballot in ballots],
    "none is left": lambda ballots: [],
}


@pytest.mark.parametrize("trick", BALLOTS.values(), ids=list(BALLOTS))
@pytest.mark.parametrize("make", sorted(MAKES))
def test_the_box_cannot_be_opened_unnoticed(make: str, trick: Callable[[list[Table]], list[Table]]) -> None:
    table: Table = json.loads(MAKES[make]("ffaan..").file)
    assert sound(table)
    assert not sound({**table, "ballots": trick(table["ballots"])})


def chained_anew(table: Table) -> Table:
    """What a forger does who knows how the chain is made."""
    names = ("schema", "poll", "rule", "roll", "electorate")
    first = chain.head({name: table[name] for name in names})
    plain = [{"receipt": one["receipt"], "choice": one["choice"]} for one in table["ballots"]]
    links = [first, *chain.links(first, plain)]
    ballots = [{**one, "link": link.hex()} for one, link in zip(plain, links[1:], strict=True)]
    ends = {"hash": "sha256", "head": first.hex(), "end": links[-1].hex(), "seal": chain.seal(links[-1])}
    return {**table, "ballots": ballots, "chain": ends}


def test_a_forged_chain_does_not_hide_a_turned_ballot_from_the_announced_count() -> None:
    table: Table = json.loads(closed("reps", "ffaan..").file)
    assert chained_anew(table) == table
    first, *rest = table["ballots"]
    turned = {**first, "choice": "against" if first["choice"] == "for" else "for"}
    forged = chained_anew({**table, "ballots": [turned, *rest]})
    places = {one["where"] for one in recounted(json.dumps(forged))["differences"]}
    assert places
    assert all(place.startswith("announced.") for place in places)


def test_two_ballots_exchanged_under_a_forged_chain_change_the_seal() -> None:
    """The count stays the same and the chain is whole: only the seal on the card, or a voter's own receipt, tells."""
    whole = closed("reps", "ffaan..")
    table: Table = json.loads(whole.file)
    ballots = deepcopy(table["ballots"])
    mine = next(one for one in ballots if one["choice"] == "for")
    yours = next(one for one in ballots if one["choice"] == "against")
    mine["choice"], yours["choice"] = yours["choice"], mine["choice"]
    forged = recounted(json.dumps(chained_anew({**table, "ballots": ballots})))
    assert forged["agrees"] is True
    assert forged["seal"] != whole.published.seal


def test_a_ballot_from_nobody_on_the_roll_is_not_counted_even_under_a_forged_chain() -> None:
    table: Table = json.loads(closed("reps", "ffaan..").file)
    stranger = {"receipt": "ZZZ-ZZZ", "choice": "for", "link": ""}
    answer = recounted(json.dumps(chained_anew({**table, "ballots": [*table["ballots"], stranger]})))
    assert answer["outcome"] is None
    assert "名册上没有这个码" in answer["fault"]


def test_a_ballot_put_in_twice_is_not_counted_even_under_a_forged_chain() -> None:
    table: Table = json.loads(closed("reps", "ffaan..").file)
    first, *rest = table["ballots"]
    answer = recounted(json.dumps(chained_anew({**table, "ballots": [first, first, *rest]})))
    assert answer["outcome"] is None
    assert "ballots[1].receipt" in answer["fault"]


def test_a_roll_said_to_be_smaller_than_its_entries_is_found_even_under_a_forged_chain() -> None:
    table: Table = json.loads(closed("owners", "ffaan..").file)
    forged = chained_anew({**table, "roll": {"heads": 6, "area": table["roll"]["area"]}})
    (found,) = recounted(json.dumps(forged))["differences"]
    assert found == {"where": "roll.heads", "stated": "6", "found": "7"}


def test_a_difference_says_where_what_is_written_and_what_was_found() -> None:
    table: Table = json.loads(closed("reps", "fffff..").file)
    table["announced"]["outcome"] = "rejected"
    table["announced"]["tally"]["yes"]["heads"] = 4
    answer = recounted(json.dumps(table))
    assert answer["differences"] == [
        {"where": "announced.tally.yes.heads", "stated": "4", "found": "5"},
        {"where": "announced.outcome", "stated": "rejected", "found": "passed"},
    ]
    (case,) = count_again(json.dumps(table))
    told = list(lines(case))
    assert told[0] == "2026-9  通过"
    assert "  对不上 announced.tally.yes.heads：文件写 4，算出 5" in told
    assert told[-1].startswith("  有 2 处对不上")


def test_people_read_that_all_is_well_and_the_seal() -> None:
    whole = closed("owners", "fffan")
    (case,) = count_again(whole.file)
    assert isinstance(case.answer, Recounted)
    assert list(lines(case))[-1] == (
        f"  选票 5 张，计票、结果、选票链都对得上。校验码 {whole.published.seal}"
    )


def test_the_chain_is_the_one_that_is_written_down_for_everybody() -> None:
    """Worked out once with sha256sum over the same bytes."""
    first = chain.head({"b": 1, "a": "是"})
    assert chain.canonical({"b": 1, "a": "是"}) == '{"a":"是","b":1}'.encode()
    assert first.hex() == "08f2c974d1f1a488559f17a2f5128051be6c8635a9f5c49777a394285de66f22"
    (link,) = chain.links(first, [{"receipt": "AAA-BBB", "choice": "for"}])
    assert link.hex() == "2c70456dfb2887f7ad434f6b4756fcc3948a58c1edc5088d8de17a3dff6dbc16"
    assert chain.seal(link) == "2c70-456d-fb28-87f7"


def test_no_name_id_or_time_of_a_voter_is_in_a_file() -> None:
    whole = closed("owners", "fffan")
    for entry in json.loads(whole.file)["electorate"]:
        assert set(entry) == {"receipt", "area"}
    assert "member" not in whole.file
    assert all("area" not in ballot for ballot in json.loads(whole.file)["ballots"])


def test_of_a_secret_poll_nothing_is_told_but_the_box_in_the_order_of_the_receipts() -> None:
    table: Table = json.loads(closed("reps", "fafan..", Secrecy.SECRET).file)
    assert table["electorate"] == []
    assert set(table["ballots"][0]) == {"receipt", "choice", "link"}
    receipts = [ballot["receipt"] for ballot in table["ballots"]]
    assert receipts == sorted(receipts)
    assert len(receipts) == 5


def test_areas_are_told_only_where_the_rule_counts_them() -> None:
    by_heads = closed("reps", "fa").poll
    electors = [Elector(5, 1, "reps", None, 1), Elector(5, 2, "reps", None, 2)]
    published = publish_openly(by_heads, electors, [Ballot(5, 1, Choice.FOR, AT)], KEY)
    assert {entry["area"] for entry in json.loads(published.header)["electorate"]} == {None}


def test_a_voter_finds_their_own_ballot_by_the_receipt_they_were_given() -> None:
    table: Table = json.loads(closed("reps", "fan.").file)
    found = {ballot["receipt"]: ballot["choice"] for ballot in table["ballots"]}
    assert [found.get(written(receipt_of(KEY, member))) for member in (1, 2, 3, 4)] == [
        "for",
        "against",
        "abstain",
        None,
    ]


@given(doings, st.integers(0, 99), st.integers(0, 99))
def test_the_order_of_arrival_leaves_no_trace(doing: str, one: int, other: int) -> None:
    assert closed("reps", doing, seed=one).file == closed("reps", doing, seed=other).file


def test_a_secret_poll_is_never_published_as_an_open_one() -> None:
    secret = closed("reps", "fa", Secrecy.SECRET).poll
    with pytest.raises(ValueError, match="not open"):
        publish_openly(secret, [], [], KEY)
    with pytest.raises(ValueError, match="not secret"):
        publish_secretly(closed("reps", "fa").poll, [])
