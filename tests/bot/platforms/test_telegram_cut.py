"""Cutting texts to Telegram's limits."""

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram_cut import pieces, shortened, units

TEXTS = st.text(st.sampled_from("啊a😀\n。 "), max_size=300)
LIMITS = st.integers(2, 40)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.text())
def test_a_length_is_counted_as_utf_16_counts_it(text: str) -> None:
    assert units(text) == utf16(text)


@given(TEXTS, LIMITS)
def test_every_piece_fits_and_no_letter_is_lost(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert all(utf16(piece) <= limit and piece.strip() for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(TEXTS, LIMITS)
def test_a_text_that_fits_is_left_as_it_is_and_another_ends_in_an_ellipsis(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert utf16(short) <= limit
    assert short == text if utf16(text) <= limit else short.endswith("…")


def test_a_text_is_cut_at_a_line_break_before_anywhere_else() -> None:
    assert pieces("一二三。\n四五六。七八", 9) == ["一二三。\n", "四五六。七八"]


def test_without_a_line_break_it_is_cut_behind_a_sentence() -> None:
    assert pieces("一二三四。五六七八九", 7) == ["一二三四。", "五六七八九"]


def test_an_emoji_is_never_cut_in_two() -> None:
    assert pieces("😀😀😀", 3) == ["😀", "😀", "😀"]
