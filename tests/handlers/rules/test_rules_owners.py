from decimal import Decimal

import pytest

from handlers.rules.outlook import Ballots
from handlers.rules.owners import (
    Admission,
    Ground,
    OwnedUnit,
    OwnersRoll,
    Parking,
    Settlement,
    UnitBallot,
    count_owners,
    electors_of,
    join,
    overlaps,
    receive,
    settle,
    unsettled,
)
from handlers.rules.rule import Outcome
from handlers.rules.tally import Measures, take_tally
from handlers.rules.verdict import decide
from storage.records import Choice, Heads, UnitUse
from tests.handlers.rules.test_rules_cases import own_rule


def flat(unit: str, size: str, *owners: str, use: UnitUse = UnitUse.FLAT, count: int = 1) -> OwnedUnit:
    return OwnedUnit(unit, owners, Decimal(size), use, count)


def roll_of(*units: OwnedUnit) -> OwnersRoll:
    return count_owners(units)


def whole(roll: OwnersRoll) -> tuple[int, str]:
    return roll.whole.heads, str(roll.whole.area)


def test_several_flats_of_one_person_are_one_head_and_their_areas_add() -> None:
    roll = roll_of(
        flat("1-101", "90.5", "张三"), flat("2-202", "110.25", "张三"), flat("3-303", "100", "李四")
    )
    assert whole(roll) == (2, "300.75")
    assert [entry.ground for entry in roll.entries] == [Ground.SEVERAL_UNITS, Ground.ONE_UNIT]
    assert roll.entries[0].units == ("1-101", "2-202")


def test_a_flat_owned_together_is_one_head_whoever_is_named_first() -> None:
    roll = roll_of(flat("1-101", "80", "王五", "赵六"), flat("1-102", "70", "赵六", "王五"))
    assert whole(roll) == (1, "150")
    assert roll.entries[0].ground is Ground.CO_OWNED


def test_all_unsold_flats_of_a_developer_are_one_head() -> None:
    unsold = flat("3号楼", "4000", "开发商", use=UnitUse.UNSOLD, count=40)
    more = flat("4号楼", "500", "开发商", use=UnitUse.UNSOLD, count=5)
    roll = roll_of(unsold, more, flat("1-101", "90", "张三"))
    assert whole(roll) == (2, "4590")
    assert roll.entries[0].ground is Ground.UNSOLD


def test_parking_counts_only_where_the_estate_says_so() -> None:
    units = (flat("1-101", "100", "张三"), flat("B-7", "12", "张三", use=UnitUse.PARKING))
    assert whole(count_owners(units)) == (1, "100")
    assert count_owners(units).left_out == ("B-7",)
    assert whole(count_owners(units, Parking.COUNTED)) == (1, "112")


def test_a_parking_space_alone_makes_nobody_an_owner_who_votes() -> None:
    roll = roll_of(flat("B-7", "12", "外人", use=UnitUse.PARKING), flat("1-101", "100", "张三"))
    assert [entry.holder for entry in roll.entries] == [("张三",)]


def test_a_unit_without_an_owner_is_a_fault_of_the_roll() -> None:
    with pytest.raises(ValueError, match="1-101"):
        roll_of(flat("1-101", "100"))


def test_of_two_co_owners_the_first_press_stands_and_the_second_person_is_told() -> None:
    roll = roll_of(flat("1-101", "80", "王五", "赵六"))
    pressed = [UnitBallot("王五", "1-101", Choice.FOR), UnitBallot("赵六", "1-101", Choice.AGAINST)]
    for ballots in Ballots:
        choices, answers = receive(roll, pressed, ballots)
        assert choices == {("王五", "赵六"): Choice.FOR}
        assert answers == (Admission.KEPT, Admission.KEEP_FIRST_WARN)


def test_one_owner_pressing_for_each_flat_casts_one_ballot() -> None:
    roll = roll_of(flat("1-101", "80", "张三"), flat("1-102", "70", "张三"))
    pressed = [UnitBallot("张三", "1-101", Choice.FOR), UnitBallot("张三", "1-102", Choice.FOR)]
    choices, answers = receive(roll, pressed)
    assert choices == {("张三",): Choice.FOR}
    assert answers == (Admission.KEPT, Admission.REPEATED)


def test_a_changed_mind_counts_only_where_ballots_may_be_changed() -> None:
    roll = roll_of(flat("1-101", "80", "张三"))
    pressed = [UnitBallot("张三", "1-101", Choice.FOR), UnitBallot("张三", "1-101", Choice.AGAINST)]
    assert receive(roll, pressed) == ({("张三",): Choice.FOR}, (Admission.KEPT, Admission.FINAL))
    changed = receive(roll, pressed, Ballots.CHANGEABLE)
    assert changed == ({("张三",): Choice.AGAINST}, (Admission.KEPT, Admission.CHANGED))


def test_nobody_presses_for_a_flat_that_is_not_his() -> None:
    roll = roll_of(flat("1-101", "80", "张三"))
    pressed = [UnitBallot("李四", "1-101", Choice.FOR), UnitBallot("张三", "9-999", Choice.FOR)]
    assert receive(roll, pressed) == ({}, (Admission.NOT_AN_OWNER, Admission.NOT_AN_OWNER))


def test_a_couple_one_of_whom_owns_another_flat_is_put_before_the_organiser() -> None:
    roll = roll_of(
        flat("1-101", "80", "王五", "赵六"), flat("2-202", "60", "赵六"), flat("3-303", "50", "钱七")
    )
    (overlap,) = overlaps(roll)
    assert overlap.person == "赵六"
    joined = join(roll, overlap.holders, "两人商定合并计票")
    assert whole(joined) == (2, "190")
    assert joined.entries[0].note == "两人商定合并计票"
    assert overlaps(joined) == ()


def test_entries_are_not_joined_without_a_reason() -> None:
    roll = roll_of(flat("1-101", "80", "王五", "赵六"), flat("2-202", "60", "赵六"))
    with pytest.raises(ValueError, match="reason"):
        join(roll, overlaps(roll)[0].holders, " ")


def test_owners_are_counted_from_their_units_to_the_verdict() -> None:
    roll = roll_of(
        flat("1-101", "90", "张三"),
        flat("1-102", "90", "张三"),
        flat("1-201", "60.5", "王五", "赵六"),
        flat("1-202", "121", "开发商", use=UnitUse.UNSOLD, count=2),
    )
    pressed = [
        UnitBallot("张三", "1-102", Choice.FOR),
        UnitBallot("赵六", "1-201", Choice.FOR),
        UnitBallot("王五", "1-201", Choice.AGAINST),
    ]
    tally = take_tally(roll.weights(), receive(roll, pressed)[0])
    assert tally.yes == Measures(2, Decimal("240.5"))
    assert decide(own_rule("owners_ordinary"), tally).outcome is Outcome.INVALID_PARTICIPATION
    everybody = [*pressed, UnitBallot("开发商", "1-202", Choice.AGAINST)]
    full = take_tally(roll.weights(), receive(roll, everybody)[0])
    assert decide(own_rule("owners_ordinary"), full).outcome is Outcome.PASSED


COUPLE_AND_ONE = roll_of(
    flat("1-101", "80", "王五", "赵六"), flat("2-202", "60", "赵六"), flat("3-303", "50", "钱七")
)


def settled(one: str, other: str, heads: Heads, note: str = "商定") -> Settlement:
    return Settlement((one, other), heads, note)


def test_what_is_not_settled_is_named_by_its_units() -> None:
    assert unsettled(COUPLE_AND_ONE, ()) == (("1-101", "2-202"),)
    apart = (settled("2-202", "1-101", Heads.APART),)
    assert unsettled(COUPLE_AND_ONE, apart) == ()
    assert settle(COUPLE_AND_ONE, apart) == COUPLE_AND_ONE


def test_what_was_settled_as_one_is_one_head_only_while_an_owner_is_shared() -> None:
    one = settle(COUPLE_AND_ONE, [settled("1-101", "2-202", Heads.ONE)])
    assert whole(one) == (2, "190")
    assert unsettled(one, ()) == ()
    stranger = settle(COUPLE_AND_ONE, [settled("1-101", "3-303", Heads.ONE)])
    assert stranger == COUPLE_AND_ONE


def test_apart_each_entry_has_an_owner_and_nobody_two() -> None:
    assert electors_of(COUPLE_AND_ONE) == {
        ("王五", "赵六"): ("王五",),
        ("赵六",): ("赵六",),
        ("钱七",): ("钱七",),
    }


def test_an_entry_moves_to_another_owner_where_that_seats_everybody() -> None:
    roll = roll_of(
        flat("1", "1", "甲", "乙"),
        flat("2", "1", "乙", "丙"),
        flat("3", "1", "甲"),
        flat("4", "1", "丙", "丁"),
    )
    seats = electors_of(roll)
    assert all(seats.values())
    seated = [person for persons in seats.values() for person in persons]
    assert len(seated) == len(set(seated))


def test_fewer_owners_than_entries_leave_one_without_anybody() -> None:
    roll = roll_of(flat("1", "1", "甲", "乙"), flat("2", "1", "甲"), flat("3", "1", "乙"))
    assert sorted(map(len, electors_of(roll).values())) == [0, 1, 1]
