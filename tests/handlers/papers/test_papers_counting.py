"""A stranger with nothing but the count sheet reaches the same verdict; sheets that do not add up are refused."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from handlers.papers.count_sheet import count_sheet_paper
from handlers.papers.lines import as_text
from handlers.papers.minutes import minutes_paper
from handlers.papers.model import Edition, Paper, Table
from handlers.papers.resolution import resolution_paper
from handlers.refusals import Refusal
from handlers.texts import text
from tests.handlers.papers import desk
from tests.handlers.papers.pile import FULL, PUBLIC

SUM = re.compile(r"([\d.]+)×(\d+)=([\d.]+) ([≥>]) ([\d.]+)×(\d+)=([\d.]+)")


def tables(paper: Paper) -> list[Table]:
    return [block for block in paper.blocks if isinstance(block, Table)]


def test_a_stranger_adds_up_the_channels_and_gets_the_tally() -> None:
    *channels, tally = tables(count_sheet_paper(desk.count_sheet(), PUBLIC))
    assert len(channels) == len(tally.rows) == 2
    for sheet, told in zip(channels, tally.rows, strict=True):
        piles = {name: [Decimal(number) for number in numbers] for name, *numbers in sheet.rows}
        assert sheet.headers[0] == told[0]
        for paper, online, total in piles.values():
            assert paper + online == total
        totals = {name: numbers[-1] for name, numbers in piles.items()}
        assert totals["收回"] == totals["有效"] + totals["无效"] + totals["重复"]
        assert [totals["赞成"], totals["反对"], totals["弃权"]] == [Decimal(cell) for cell in told[3:6]]
        assert totals["有效"] == sum(Decimal(cell) for cell in told[3:6])


def test_a_stranger_repeats_every_comparison_from_the_printed_numbers() -> None:
    paper = count_sheet_paper(desk.count_sheet(), PUBLIC)
    printed = {cell for table in tables(paper) for row in table.rows for cell in row}
    sums = SUM.findall("\n".join(as_text(paper)))
    assert len(sums) == 4
    for counted, den, left, sign, whole, num, right in sums:
        assert {counted, whole} <= printed
        assert Fraction(counted) * int(den) == Fraction(left)
        assert Fraction(whole) * int(num) == Fraction(right)
        assert Fraction(left) > Fraction(right) or (sign == "≥" and left == right)


@pytest.mark.parametrize("pile", ["valid", "void", "duplicate", "returned", "yes", "no", "abstain"])
def test_one_ballot_too_many_in_any_pile_is_found(pile: str) -> None:
    facts = desk.count_sheet()
    first, *others = facts.stacks
    more = replace(first, **{pile: getattr(first, pile) + 1})
    with pytest.raises(Refusal) as refused:
        count_sheet_paper(replace(facts, stacks=(more, *others)), FULL)
    assert refused.value.key == "papers.piles_disagree"
    assert "纸质一栏" in text(refused.value.key, **refused.value.values)


def test_a_channel_left_out_is_found() -> None:
    facts = desk.count_sheet()
    with pytest.raises(Refusal) as refused:
        count_sheet_paper(replace(facts, stacks=facts.stacks[:1]), FULL)
    assert refused.value.values["piles"] == "人数的合计、面积的合计"


def test_numbers_that_cannot_be_are_refused_on_every_paper() -> None:
    wrong = replace(desk.VOTED, counts=(replace(desk.VOTED.counts[0], yes=50),))
    minutes = desk.minutes()
    asked: tuple[tuple[Callable[[Any, Edition], Paper], object], ...] = (
        (resolution_paper, replace(desk.resolution(), counted=wrong)),
        (minutes_paper, replace(minutes, items=(replace(minutes.items[0], counted=wrong),))),
        (minutes_paper, replace(minutes, present=61)),
    )
    for assemble, facts in asked:
        with pytest.raises(Refusal) as refused:
            assemble(facts, FULL)
        assert refused.value.key == "papers.counts_disagree"


def test_who_came_and_cast_nothing_is_printed() -> None:
    facts = replace(desk.resolution(), counted=desk.heads(60, 42, 30, 8, 1))
    table = tables(resolution_paper(facts, FULL))[0]
    assert table.rows == (("人数（人）", "60", "42", "30", "8", "1", "3"),)


def test_the_count_where_silence_joins_the_majority_stands_apart() -> None:
    joined = replace(desk.count_sheet(), joined=("从多计票：通过",))
    shown = [as_text(count_sheet_paper(facts, FULL)) for facts in (desk.count_sheet(), joined)]
    assert "从多计票（另列）：没有按从多计票" in shown[0]
    assert "从多计票（另列）：从多计票：通过" in shown[1]
