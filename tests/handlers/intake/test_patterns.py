import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.evidence import pieces
from handlers.intake.patterns import patterns

WRITTEN = (
    "漏气|煤气.{0,3}味|燃气(?:泄漏|味)",
    "好了(?!吗|没)|修[好完]了",
    "(?<!不)冒烟|着火了?",
    r"\d{1,2}楼.{0,4}掉",
    "a?b|[楼门]口",
    "没人[管修]*",
)
LETTERS = "漏气煤燃味泄好了吗没修完不冒烟着火楼掉门口人管ab12，"


def found(text: str) -> dict[int, str]:
    many = patterns((pattern, "") for pattern in WRITTEN)
    return {at: match[0] for at, match in many.found(text, pieces(text)).items()}


@given(st.text(alphabet=LETTERS, max_size=30))
def test_many_patterns_find_what_each_finds_alone(text: str) -> None:
    alone = {at: re.search(pattern, text) for at, pattern in enumerate(WRITTEN)}
    assert found(text) == {at: match[0] for at, match in alone.items() if match}


@pytest.mark.parametrize(
    ("text", "at", "match"),
    [("厨房煤气有味", 0, "煤气有味"), ("修好了", 1, "修好了"), ("12楼窗要掉", 3, "12楼窗要掉"), ("", 0, "")],
)
def test_the_match_is_the_first_of_the_whole_pattern(text: str, at: int, match: str) -> None:
    assert found(text).get(at, "") == match


def test_a_pattern_needs_a_character_it_was_told_to_need() -> None:
    only = patterns([("着火|冒烟", "救")])
    assert only.found("楼道着火", pieces("楼道着火")) == {}
    assert only.found("着火救人", pieces("着火救人"))[0][0] == "着火"
