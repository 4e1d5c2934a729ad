"""Texts cut to bytes: no letter lost, no character broken, sense kept where there is room for it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.splitting import clipped, pieces, shortened, size

TEXTS = st.text(st.sampled_from("啊议。\n，a 😀é́👨‍👩‍👧👍🏽"), max_size=300)


@given(TEXTS, st.integers(40, 200))
def test_every_piece_fits_and_together_they_are_the_text(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert all(0 < size(piece) <= limit and piece.strip() for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(TEXTS, st.integers(40, 200))
def test_what_is_shortened_fits_and_is_a_beginning(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert size(short) <= limit
    assert text.startswith(short.removesuffix("…")) or short == text


def test_a_text_is_cut_at_the_end_of_a_line_then_of_a_sentence() -> None:
    assert pieces("第一行\n第二行\n第三行", 24) == ["第一行\n第二行", "第三行"]
    assert pieces("一句话。两句话。三句", 26) == ["一句话。两句话。", "三句"]


def test_a_chinese_character_counts_three_bytes_and_is_never_parted() -> None:
    assert size("议") == 3
    assert pieces("啊" * 10, 10) == ["啊啊啊", "啊啊啊", "啊啊啊", "啊"]


def test_an_emoji_of_several_parts_stays_whole() -> None:
    family = "👨‍👩‍👧"
    assert pieces("啊啊" + family * 2, size("啊啊" + family) + 5) == ["啊啊" + family, family]
    assert clipped("啊" + family, 4) == "啊…"
    assert clipped("好👍🏽", 3) == "好👍🏽"


def test_a_text_that_fits_is_left_alone() -> None:
    assert shortened("好", 3) == "好"
    assert clipped("好的", 2) == "好的"
    assert pieces("", 10) == []
