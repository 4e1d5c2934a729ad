"""Counting on lessons: exact, the last word counts, and nothing is trusted on too little."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from handlers.intake.measuring import (
    ENOUGH,
    Score,
    affirmed,
    agreement,
    percent,
    scores,
    settled,
    standing,
    trusted,
)
from storage.records import Aspect, Category, Lesson

AT = datetime(2026, 11, 2, tzinfo=UTC)


def lesson(number: int, issue: int, aspect: Aspect, understood: str, decided: str) -> Lesson:
    return Lesson(number, issue, None, aspect, understood, decided, AT)


def pair(number: int, other: int, understood: str, decided: str) -> Lesson:
    return Lesson(number, 1, other, Aspect.SAME, understood, decided, AT)


def test_the_last_word_counts_beside_what_was_understood_first() -> None:
    (one,) = settled(
        [
            lesson(2, 1, Aspect.CATEGORY, "noise", "building"),
            lesson(1, 1, Aspect.CATEGORY, "utilities", "noise"),
        ]
    )
    assert (one.understood, one.decided) == ("utilities", "building")


def test_pairs_with_different_others_are_different_things() -> None:
    assert len(settled([pair(1, 2, "yes", "no"), pair(2, 3, "yes", "yes")])) == 2


def test_each_class_has_its_precision_recall_and_f1() -> None:
    pairs = [
        ("noise", "noise"),
        ("noise", "noise"),
        ("noise", "animals"),
        ("animals", "animals"),
        ("none", "noise"),
    ]
    taught = [lesson(at, at, Aspect.CATEGORY, *pair) for at, pair in enumerate(pairs)]
    noise, animals, none = scores(taught, Aspect.CATEGORY)
    assert (noise.word, noise.so, noise.said, noise.hits) == ("noise", 3, 3, 2)
    assert (noise.precision, noise.recall, noise.f1) == (Fraction(2, 3), Fraction(2, 3), Fraction(2, 3))
    assert (animals.precision, animals.recall) == (Fraction(1), Fraction(1, 2))
    assert (none.precision, none.recall, none.f1) == (Fraction(0), None, Fraction(0))
    assert scores(taught, Aspect.KIND) == []


def test_a_place_that_neither_named_counts_for_nothing() -> None:
    pairs = [("3号楼", "3号楼"), ("", ""), ("东门", "西门"), ("", "5号楼")]
    score = agreement([lesson(at, at, Aspect.PLACE, *pair) for at, pair in enumerate(pairs)], Aspect.PLACE)
    assert (score.said, score.so, score.hits) == (2, 3, 1)


def test_only_yes_is_scored_where_the_answer_is_yes_or_no() -> None:
    pairs = [("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "yes")]
    score = affirmed([pair(at, at + 9, *one) for at, one in enumerate(pairs)], Aspect.SAME)
    assert (score.said, score.so, score.hits) == (2, 2, 1)
    assert affirmed([], Aspect.SAME) == Score("yes", 0, 0, 0)


def test_a_candidate_that_was_turned_away_counts_against_its_class() -> None:
    taught = [
        lesson(1, 1, Aspect.TAKEN, "noise", "yes"),
        lesson(2, 1, Aspect.CATEGORY, "noise", "noise"),
        lesson(3, 2, Aspect.TAKEN, "noise", "no"),
        lesson(4, 3, Aspect.TAKEN, "noise", "yes"),
        lesson(5, 3, Aspect.CATEGORY, "noise", "animals"),
        lesson(6, 4, Aspect.TAKEN, "animals", "yes"),
        lesson(7, 4, Aspect.CATEGORY, "animals", "noise"),
    ]
    score = standing(taught, Category.NOISE)
    assert (score.said, score.so, score.hits) == (3, 2, 1)


@pytest.mark.parametrize(
    ("said", "hits", "is_trusted"),
    [
        (ENOUGH, 29, True),
        (ENOUGH, 28, False),
        (ENOUGH - 1, ENOUGH - 1, False),
        (100, 95, True),
        (100, 94, False),
    ],
)
def test_a_class_is_trusted_from_the_threshold_on_and_only_on_enough_examples(
    said: int, hits: int, *, is_trusted: bool
) -> None:
    assert trusted(Score("noise", said, hits, hits), Fraction(95, 100)) is is_trusted


def test_nothing_looks_better_than_it_is() -> None:
    assert percent(Fraction(999, 1000)) == "99%"
    assert percent(Fraction(1)) == "100%"
    assert percent(None) == "—"
