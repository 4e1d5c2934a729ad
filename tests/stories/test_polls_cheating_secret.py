"""A secret poll, looked at by somebody who holds the machine: nothing kept or told joins a person to a choice."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
import structlog

from storage.messages import Act
from tests.people import Person
from tests.stories.voting import at_the_vote, change
from tests.world import Manner, World

GROUP = "代表决议群"
LABELS = {"for": "赞成", "against": "反对", "abstain": "弃权"}
Slip = tuple[int, str]
"""The random number a ballot draws, and what it says."""

SLIPS: tuple[Slip, ...] = ((1, "for"), (2, "for"), (3, "against"), (4, "for"), (5, "abstain"), (6, "for"))
OTHER_WAY: tuple[Slip, ...] = (SLIPS[2], SLIPS[4], SLIPS[0], SLIPS[5], SLIPS[1], SLIPS[3])


@pytest.mark.parametrize("manner", list(Manner))
def test_who_cast_what_makes_no_difference_to_any_row_or_log_or_word(tmp_path: Path, manner: Manner) -> None:
    """The same slips in other hands leave the same rows: so the rows cannot tell in whose hands they were."""
    one, logged = _told_and_kept(tmp_path / "one", manner, SLIPS)
    other, logged_too = _told_and_kept(tmp_path / "other", manner, OTHER_WAY)
    assert one["secret_ballots"]
    assert one["participations"]
    for table in one:
        assert one[table] == other[table], table
    assert logged == logged_too


def test_no_row_holds_a_person_beside_a_choice_or_a_receipt(any_world: World) -> None:
    world = any_world
    receipts = _cast_all(world, SLIPS)
    world.people["代表1"].says(f"改投 议1 {receipts[0]} 反对")
    for table, rows in _rows(world).items():
        for row in rows:
            said = [str(cell) for cell in row]
            names_one = any(name in cell for name in world.people if name.startswith("代表") for cell in said)
            tells = [cell for cell in said for receipt in receipts if receipt.replace("-", "") in cell]
            assert not (names_one and tells), table
            assert not tells or table == "secret_ballots", table


def test_the_file_holds_no_receipt_as_it_was_told_and_no_whisper(any_world: World) -> None:
    world = any_world
    receipts = _cast_all(world, SLIPS)
    kept = b"".join(path.read_bytes() for path in world.path.parent.glob(f"{world.path.name}*"))
    assert kept.count(b"SQLite format 3")
    assert not any(receipt.encode() in kept for receipt in receipts)
    assert "只告诉您这一次".encode() not in kept
    assert not any(f"已记：{label}".encode() in kept for label in LABELS.values())


def test_only_the_right_receipt_changes_a_ballot_and_never_another_poll(any_world: World) -> None:
    world = any_world
    receipts = _cast_all(world, SLIPS)
    before = _box(world)
    mallory = world.people["代表2"]
    wrong = (
        "",
        "AAAA-AAAA",
        receipts[0][:-1],
        receipts[0] + "2",
        "%",
        "_" * 8,
        "' OR 1=1 --",
        "０" * 8,
        "null",
    )
    for guess in wrong:
        mallory.says(f"改投 议1 {guess} 反对")
        world.stranger("路人").says(f"改投 议1 {guess} 反对")
    mallory.says(f"改投 议2 {receipts[0]} 反对")
    mallory.says(f"改投 议1 {receipts[0]} 都行")
    mallory.says(f"改投 议1 {receipts[0]} 反对", to=GROUP)
    assert _box(world) == before
    assert world.parked() == []


def test_a_receipt_changes_nothing_after_the_close(any_world: World) -> None:
    world = any_world
    receipts = _cast_all(world, SLIPS)
    world.later(days=3)
    before = _box(world)
    world.people["代表3"].says(f"改投 议1 {receipts[2]} 赞成")
    assert _box(world) == before


def test_a_second_press_in_a_secret_poll_is_no_second_ballot_on_any_platform(tmp_path: Path) -> None:
    world = World(tmp_path, platforms=("console", "wecom"))
    _cast_all(world, SLIPS)
    known = world.people["代表1"]
    other = Person(world, "代表1", "w1", known.id, "wecom")
    other.says(f"绑定码 CODE{known.account.upper()}")
    other.says("表决 议1 反对")
    known.presses("反对", on=GROUP)
    assert world.rows("SELECT count(*) FROM secret_ballots") == [(len(SLIPS),)]
    assert world.rows("SELECT heads FROM turnouts") == [(len(SLIPS),)]
    world.close()


@pytest.mark.parametrize("manner", list(Manner))
def test_below_the_smallest_group_everybody_hears_the_same_whatever_the_count_was(
    tmp_path: Path, manner: Manner
) -> None:
    """Four ballots that carry the question: three to one and four to none are told in the same words."""
    unlike = ((1, "for"), (2, "for"), (3, "for"), (4, "against")), tuple((n, "for") for n in range(1, 5))
    heard = [_all_that_was_said(tmp_path / str(place), manner, slips) for place, slips in enumerate(unlike)]
    assert any("议1 通过" in said for said in heard[0])
    assert heard[0] == heard[1]


def _told_and_kept(
    folder: Path, manner: Manner, slips: Sequence[Slip]
) -> tuple[Mapping[str, Sequence[tuple[object, ...]]], list[str]]:
    folder.mkdir()
    world = World(folder, manner)
    with structlog.testing.capture_logs() as logs:
        _cast_all(world, slips)
        world.later(days=3)
    kept = _rows(world)
    world.close()
    return kept, [str(entry) for entry in logs]


def _all_that_was_said(folder: Path, manner: Manner, slips: Sequence[Slip]) -> list[str]:
    folder.mkdir()
    world = World(folder, manner)
    _cast_all(world, slips)
    world.later(days=3)
    said = [
        f"{one.address} {one.card.text}"
        for one in world.consoles["console"].shown
        if one.act is not Act.ANSWER
    ]
    kept = [str(row) for table in ("outbox", "journal", "cards") for row in _rows(world)[table]]
    world.close()
    return [*said, *kept]


def _cast_all(world: World, slips: Sequence[Slip]) -> list[str]:
    """Everybody casts the slip handed to them, in turn; their receipts in that order."""
    world.consoles["console"]._prefix = "m"
    at_the_vote(world, voters=len(slips))
    change(world, "UPDATE polls SET secrecy = 'secret', receipt_key = ''")
    receipts: list[str] = []
    for number, (drawn, choice) in enumerate(slips, start=1):
        chance = bytes((drawn * 37 + place * 11) % 256 for place in range(64))
        object.__setattr__(world.app.dispatch.house, "random", lambda count, chance=chance: chance[:count])
        world.people[f"代表{number}"].presses(LABELS[choice], on=GROUP)
        receipts += [receipt for receipt, _ in _box(world) if _written(receipt) not in receipts]
        receipts = [_written(receipt) for receipt in receipts]
    assert len(set(receipts)) == len(slips)
    return receipts


def _written(receipt: str) -> str:
    bare = receipt.replace("-", "")
    return f"{bare[:4]}-{bare[4:]}"


def _rows(world: World) -> dict[str, Sequence[tuple[object, ...]]]:
    with closing(sqlite3.connect(world.path)) as fresh:
        named = fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(fresh.execute(f"SELECT * FROM {name}").fetchall(), key=str) for (name,) in named}


def _box(world: World) -> Sequence[tuple[str, str]]:
    return [(row[0], row[1]) for row in world.rows("SELECT receipt, choice FROM secret_ballots ORDER BY 1")]
