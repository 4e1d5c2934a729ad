"""A picture of a paper: found a font, drawn, cut with a sentence; or an honest None."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.papers.lettering import find_font, load, wrap
from bot.papers.picture import picture
from handlers.papers.model import Paragraph
from handlers.papers.notice import notice_paper
from handlers.papers.sign_in import sign_in_paper
from tests.handlers.papers import board, desk
from tests.handlers.papers.pile import FULL, PUBLIC


@pytest.fixture
def font() -> Path:
    found = find_font()
    if found is None:
        pytest.skip("no font with Chinese letters on this machine")
    return found


def test_a_machine_without_chinese_letters_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "DejaVuSans.ttf").write_bytes(b"")
    assert find_font((tmp_path, tmp_path / "nowhere")) is None


def test_a_font_is_found_by_its_name_and_the_regular_one_is_preferred(tmp_path: Path) -> None:
    for name in ("uming.ttc", "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJK.txt"):
        (tmp_path / name).write_bytes(b"")
    assert find_font((tmp_path,)) == tmp_path / "NotoSansCJK-Regular.ttc"


def test_no_font_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.papers.picture.find_font", lambda: None)
    assert picture(notice_paper(board.notice(), PUBLIC)) is None


def test_a_notice_becomes_a_picture_as_wide_as_a_phone_with_ink_on_it(font: Path) -> None:
    drawn = picture(notice_paper(board.notice(), PUBLIC), font)
    assert drawn is not None
    page = Image.open(BytesIO(drawn))
    assert page.width == 1080
    assert 1500 < page.height < 3000
    dark = sum(page.convert("L").histogram()[:128])
    assert 0.02 < dark / (page.width * page.height) < 0.3


def test_the_same_paper_is_the_same_picture(font: Path) -> None:
    paper = notice_paper(board.notice(), PUBLIC)
    assert picture(paper, font) == picture(paper, font)


def test_a_long_paper_is_cut_and_a_longer_one_is_no_longer(font: Path) -> None:
    sheets = [picture(sign_in_paper(desk.sign_in(people), FULL), font) for people in (6, 200, 400)]
    heights = [Image.open(BytesIO(sheet)).height for sheet in sheets if sheet]
    assert heights[0] < 2000
    assert heights[1] == heights[2] <= 6600
    paper = notice_paper(board.notice(), PUBLIC)
    assert picture(replace(paper, blocks=(Paragraph("议" * 20000),)), font)


def test_lines_are_broken_by_their_width_and_lose_nothing(font: Path) -> None:
    letters = load(font, 32)
    words = "居民代表会议于2026年11月28日召开" * 20
    lines = wrap(words, letters, 400)
    assert "".join(lines) == words
    assert len(lines) > 10
    assert all(letters.getlength(line) <= 401 for line in lines)
    assert wrap("议", letters, 1) == ["议"]
