"""What is learned from and what is kept apart; a worse one never wins."""

from datetime import UTC, datetime

import pytest

from handlers.intake.aliases import NONE
from handlers.intake.reading import understand
from handlers.intake.refitting import Contest, Taught, Trial, contest, decided, divided, example, refit
from handlers.intake.training import Example, examples
from storage.records import Aspect, Category, Kind, Lesson

AT = datetime(2026, 11, 2, tzinfo=UTC)


def lesson(issue: int, aspect: Aspect, word: str) -> Lesson:
    return Lesson(0, issue, None, aspect, "x", word, AT)


def test_only_what_was_judged_in_kind_and_category_is_an_example() -> None:
    judged = decided(
        [
            lesson(1, Aspect.KIND, "issue"),
            lesson(1, Aspect.CATEGORY, "noise"),
            lesson(2, Aspect.KIND, "issue"),
            lesson(3, Aspect.CATEGORY, "noise"),
            lesson(4, Aspect.KIND, "chatter"),
            lesson(5, Aspect.KIND, "ad"),
            lesson(5, Aspect.CATEGORY, "noise"),
        ]
    )
    assert judged == {
        1: (Kind.ISSUE, Category.NOISE),
        4: (Kind.CHATTER, Category.NONE),
        5: (Kind.AD, Category.NONE),
    }


def test_an_example_tells_of_no_person_and_names_places_as_the_tree_does() -> None:
    made = example("老煤场停水，找我13812345678", (Kind.ISSUE, Category.UTILITIES), {"老煤场": "3号楼"})
    assert "13812345678" not in made.text
    assert "3号楼停水" in made.text


def test_texts_of_one_matter_are_never_on_both_sides() -> None:
    taught = [Taught(Example(f"{at}", Kind.ISSUE, Category.NOISE), at // 2) for at in range(200)]
    learnt, apart = divided(taught)
    assert len(learnt) + len(apart) == 200
    assert 20 < len(apart) < 80
    assert not {int(one.text) // 2 for one in learnt} & {int(one.text) // 2 for one in apart}
    assert divided(taught) == (learnt, apart)


@pytest.mark.parametrize(
    ("held", "shipped", "won"),
    [
        ((5, 5), (90, 90), True),
        ((5, 6), (200, 199), True),
        ((5, 4), (90, 99), False),
        ((5, 9), (200, 198), False),
    ],
)
def test_new_weights_win_only_when_they_are_no_worse(
    held: tuple[int, int], shipped: tuple[int, int], *, won: bool
) -> None:
    sides = [Trial(right, 10) for right in held] + [Trial(right, 200) for right in shipped]
    assert Contest(*sides).won is won


def test_a_word_of_this_place_is_learned() -> None:
    shipped = examples()[::12]
    local = [Example(f"更房又没人了，{at}号楼那个", Kind.ISSUE, Category.SECURITY) for at in range(30)]
    new = refit(shipped, local[:20], NONE)
    tried = contest(NONE, new, local[20:], shipped)
    assert tried.held_after == Trial(10, 10)
    assert tried.held_before.right < 10
    assert understand(local[25].text).category is not Category.SECURITY
