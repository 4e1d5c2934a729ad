from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.likeness import network, same_matter
from handlers.intake.reading import understand
from handlers.intake.signs import AGREEING, STEP, signs

NUMBER = len(signs(understand("3号楼停水").reading, understand("东门灯不亮").reading, 0.0))
SIGNS = st.lists(st.integers(-STEP, STEP), min_size=NUMBER, max_size=NUMBER)


@given(SIGNS, st.sampled_from(AGREEING), st.integers(1, STEP))
def test_more_agreement_never_speaks_against_one_matter(found: list[int], at: int, more: int) -> None:
    higher = [*found[:at], found[at] + more, *found[at + 1 :]]
    assert network().likely(higher) >= network().likely(found)


def test_what_agrees_grows_with_the_words_in_common() -> None:
    said, again = "幼儿园门口的下水道反味", "幼儿园那边下水道又反味了"
    one, other, third = (understand(text).reading for text in (said, again, "幼儿园门口停车太乱"))
    close, far = signs(one, other, None), signs(one, third, None)
    assert sum(close[at] for at in AGREEING) > sum(far[at] for at in AGREEING)
    assert same_matter(one, other).score > same_matter(one, third).score
