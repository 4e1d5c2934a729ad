"""Two hundred ballots in one file, one or four to a page, each with its own code."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.papers.ballots import Layout, render_ballots
from bot.papers.codes import qr_png
from handlers.papers.ballot import ballot_paper
from handlers.papers.model import Paper
from handlers.papers.notice import notice_paper
from handlers.refusals import Refusal
from tests.bot.papers.opened import W, lines, opened, parts, tree
from tests.handlers.papers import board, desk
from tests.handlers.papers.pile import FULL, PUBLIC


def ballots(count: int) -> list[Paper]:
    return [ballot_paper(desk.ballot(number), FULL) for number in range(1, count + 1)]


@pytest.mark.parametrize("layout", Layout)
def test_two_hundred_ballots_carry_two_hundred_codes(layout: Layout) -> None:
    data = render_ballots(ballots(200), layout)
    codes = re.findall(r"QK7M-\d{4}", "\n".join(lines(data)))
    assert codes == [f"QK7M-{number:04d}" for number in range(1, 201)]
    pictures = {part for name, part in parts(data).items() if name.endswith(".png")}
    assert len(pictures) == 200
    assert len(opened(data).inline_shapes) == (200 if layout is Layout.ONE else 0) or layout is Layout.FOUR


@pytest.mark.parametrize("layout", Layout)
def test_every_drawing_has_a_number_of_its_own_and_points_at_its_own_picture(layout: Layout) -> None:
    data = render_ballots(ballots(9), layout)
    document, relations = (
        parts(data)["word/document.xml"].decode(),
        parts(data)["word/_rels/document.xml.rels"].decode(),
    )
    assert re.findall(r'docPr id="(\d+)"', document) == [str(number) for number in range(1, 10)]
    targets = dict(re.findall(r'Id="(\w+)"[^>]*Target="media/(qr\d+)\.png"', relations)) or {
        name: target for target, name in re.findall(r'Target="media/(qr\d+)\.png"[^>]*Id="(\w+)"', relations)
    }
    assert [targets[name] for name in re.findall(r'r:embed="(\w+)"', document)] == [
        f"qr{n}" for n in range(1, 10)
    ]


def test_each_ballot_begins_a_page_or_four_share_one() -> None:
    one, four = (tree(render_ballots(ballots(9), layout)) for layout in (Layout.ONE, Layout.FOUR))
    assert len(list(one.iter(f"{W}pageBreakBefore"))) == 8
    rows = four.findall(f"{W}body/{W}tbl/{W}tr")
    assert len(rows) == 5
    heights = {int(row.find(f"{W}trPr/{W}trHeight").get(f"{W}val")) for row in rows}
    assert 2 * max(heights) < 16838 - 2 * 567
    assert four.find(f"{W}body/{W}tbl/{W}tblPr/{W}tblBorders/{W}insideV").get(f"{W}val") == "dashed"


@pytest.mark.parametrize("layout", Layout)
def test_the_same_stack_is_the_same_file(layout: Layout) -> None:
    assert render_ballots(ballots(3), layout) == render_ballots(ballots(3), layout)


def test_nothing_to_print_and_other_papers_are_turned_away() -> None:
    with pytest.raises(Refusal):
        render_ballots([], Layout.ONE)
    with pytest.raises(ValueError, match="only ballots"):
        render_ballots([notice_paper(board.notice(), PUBLIC)], Layout.FOUR)


def test_a_code_is_drawn_as_the_plain_library_draws_it() -> None:
    address = "https://yishi.example/b/000001"
    ours = Image.open(BytesIO(qr_png(address))).convert("L")
    packed = BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False, mask=3).save(
        packed, kind="png", scale=6, border=2
    )
    theirs = Image.open(packed).convert("L")
    assert ours.size == theirs.size
    assert ours.tobytes() == theirs.tobytes()


def test_a_question_of_a_page_still_gives_a_whole_ballot() -> None:
    long = ballot_paper(replace(desk.ballot(), question="是否同意" * 400), FULL)
    for layout in Layout:
        assert "是否同意" * 400 in "".join(lines(render_ballots([long], layout)))
