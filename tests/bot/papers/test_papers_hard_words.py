"""Whatever people write, the file can be opened and the words are in it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.papers.calendar import invitation_ics
from bot.papers.picture import picture
from bot.papers.sheets import render_docx
from handlers.papers.cleaning import clean
from handlers.papers.model import CheckRow, Field, Fields, Heading, Note, Paragraph, SignatureLines, Table
from handlers.papers.notice import notice_paper
from tests.bot.papers.opened import lines, opened
from tests.handlers.papers import board, desk
from tests.handlers.papers.pile import PUBLIC

HARD = {
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈电梯🛗",
    "controls": "电\x00梯\x07\x1b[31m\x0b坏\x7f了\ufffe\ufdd0",
    "surrogate": "电\ud800梯",
    "markup": "<w:p>&amp;]]></w:t>\"'{}{0}%s",
    "long word": "a" * 3000,
    "ten thousand": "居民代表会议" * 1667,
    "reversed": "abc\u202edcba",
    "lines": "一\r\n二\r三\u2028四\n\n五\t六",
    "rare": "𠮷野家㐂阿依古丽·ئۇيغۇر",
}
sheet = notice_paper(board.notice(), PUBLIC)


def holding(words: str) -> bytes:
    """A paper with the words in every place a paper has."""
    blocks = (
        Heading(words),
        Paragraph(words),
        Fields((Field(words, words),)),
        Table((words,), ((words,),), (1,)),
        CheckRow(words, (words, words)),
        SignatureLines((words,)),
        Note(words, words),
    )
    return render_docx(
        replace(sheet, title=words, addressed_to=words, issuer=words, blocks=blocks, number=words)
    )


@pytest.mark.parametrize("words", HARD.values(), ids=HARD)
def test_hard_words_come_through(words: str) -> None:
    data = holding(words)
    kept = clean(words).replace("\n", "").replace("\t", " ")
    assert "".join(lines(data)).count(kept) >= 10
    assert opened(data).paragraphs


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=200))
def test_any_words_come_through(words: str) -> None:
    kept = clean(words).replace("\n", "").replace("\t", " ")
    assert kept in "".join(lines(holding(words)))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_cleaning_is_done_once_and_leaves_only_what_can_be_printed(words: str) -> None:
    kept = clean(words)
    assert clean(kept) == kept
    assert all(letter in "\n\t" or ord(letter) >= 32 for letter in kept)
    assert not set(kept) & set("\ufffe\uffff\u202e\u2066\x7f\x85")
    kept.encode()


@pytest.mark.parametrize("words", HARD.values(), ids=HARD)
def test_hard_words_do_not_break_a_calendar(words: str) -> None:
    facts = replace(desk.calendar(), title=words, place=words, agenda=(words,))
    data = invitation_ics(facts)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize("words", HARD.values(), ids=HARD)
def test_hard_words_do_not_break_a_picture(words: str) -> None:
    drawn = picture(
        replace(sheet, title=words, blocks=(Paragraph(words), Table((words,), ((words,),), (1,))))
    )
    if drawn is None:
        pytest.skip("no font with Chinese letters on this machine")
    assert drawn.startswith(b"\x89PNG")
