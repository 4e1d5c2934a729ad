"""A .docx is what its paper says, no more and no less, set for A4 and a Chinese office."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from bot.papers.elements import shared_out
from bot.papers.sheets import render_docx
from handlers.papers.lines import as_text
from handlers.papers.model import Edition, PaperKind
from handlers.papers.sign_in import sign_in_paper
from handlers.papers.stored import dump, parse
from tests.bot.papers.opened import W, lines, opened, parts, tree
from tests.handlers.papers import desk
from tests.handlers.papers.pile import EVERY, FULL, PUBLIC, SORTS, Sort, named

BY_KIND = {sort.kind: sort for sort in SORTS}


@pytest.mark.parametrize(("sort", "edition"), EVERY, ids=named)
def test_everything_printed_was_in_the_preview_and_everything_in_the_preview_is_printed(
    sort: Sort, edition: Edition
) -> None:
    paper = sort.paper(edition)
    preview = [bare(piece) for line in as_text(paper) for piece in line.split("｜")]
    printed = [bare(piece) for line in lines(render_docx(paper)) for piece in line.split("｜")]
    assert len("".join(preview)) > 100
    assert [line for line in printed if line not in "".join(preview) and line != "第1页共1页"] == []
    assert [piece for piece in preview if piece not in "".join(printed)] == []


def bare(line: str) -> str:
    """Without blanks, and without the colon that a ruled form does not print."""
    return re.sub(r"[\s：]", "", line)


@pytest.mark.parametrize(("sort", "edition"), EVERY, ids=named)
def test_a_kept_paper_prints_byte_for_byte_the_same(sort: Sort, edition: Edition) -> None:
    paper = sort.paper(edition)
    assert render_docx(parse(dump(paper))) == render_docx(paper)


def test_the_file_names_no_machine_no_author_and_only_the_given_moment() -> None:
    data = render_docx(BY_KIND[PaperKind.NOTICE].paper(PUBLIC))
    known = opened(data).core_properties
    assert (known.author, known.comments, known.last_modified_by) == ("", "", "")
    assert known.created == known.modified == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert known.title == "关于3号楼加装电梯决议的公示"
    assert {"docProps/app.xml", "docProps/thumbnail.jpeg"}.isdisjoint(parts(data))
    assert not [name for name, part in parts(data).items() if b"python-docx" in part or b"Macintosh" in part]


def test_the_page_is_a4_and_the_letters_have_chinese_fonts() -> None:
    data = render_docx(BY_KIND[PaperKind.NOTICE].paper(PUBLIC))
    section = opened(data).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    used = {found.get(f"{W}eastAsia") for found in tree(data).iter(f"{W}rFonts")}
    assert used == {"黑体", "仿宋", "宋体"}
    defaults = tree(data, "word/styles.xml").find(f"{W}docDefaults")
    assert defaults is not None
    assert [found.get(f"{W}eastAsia") for found in defaults.iter(f"{W}lang")] == ["zh-CN"]
    assert [found.get(f"{W}eastAsia") for found in defaults.iter(f"{W}rFonts")] == ["仿宋"]


def test_what_hangs_on_the_board_is_set_in_size_three_and_its_title_in_size_two() -> None:
    for kind in (PaperKind.NOTICE, PaperKind.RESULT_NOTICE):
        document = opened(render_docx(BY_KIND[kind].paper(PUBLIC)))
        assert document.paragraphs[0].runs[0].font.size.pt == 22
        body = [run.font.size.pt for line in document.paragraphs[3:] for run in line.runs if run.text]
        assert min(body) >= 14
        assert body.count(16) > 10


@pytest.mark.parametrize(("sort", "edition"), EVERY, ids=named)
def test_tables_have_fixed_widths_a_repeated_header_and_rows_that_do_not_split(
    sort: Sort, edition: Edition
) -> None:
    data = render_docx(sort.paper(edition))
    body = tree(data).find(f"{W}body")
    section = opened(data).sections[0]
    room = round((section.page_width - section.left_margin - section.right_margin) / 635)
    for table in body.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(grid) == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) <= room
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        for row in table.iter(f"{W}tr"):
            assert [int(cell.get(f"{W}w")) for cell in row.iter(f"{W}tcW")] == grid
    neighbours = [child.tag for child in body]
    assert (f"{W}tbl", f"{W}tbl") not in set(pairwise(neighbours))


def test_a_sign_in_sheet_of_two_hundred_repeats_its_head_and_splits_no_row() -> None:
    data = render_docx(sign_in_paper(desk.sign_in(200), FULL))
    table = tree(data).find(f"{W}body/{W}tbl")
    rows = table.findall(f"{W}tr")
    assert len(rows) == 201
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 200
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert any("第三次居民代表会议签到表" in line for line in lines(data) if "｜" in line)


@pytest.mark.parametrize(("sort", "edition"), EVERY, ids=named)
def test_every_page_carries_a_code_the_number_and_its_place_among_the_pages(
    sort: Sort, edition: Edition
) -> None:
    data = render_docx(sort.paper(edition))
    [footer] = [name for name in parts(data) if name.startswith("word/footer")]
    fields = [field.get(f"{W}instr") for field in tree(data, footer).iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    words = [
        "".join(piece.text or "" for piece in line.iter(f"{W}t")) for line in tree(data, footer).iter(f"{W}p")
    ]
    assert "文号：桂花居〔2026〕12号" in words
    assert [name for name in parts(data) if name.endswith(".png")] == ["word/media/qr1.png"]
    relations = parts(data)[f"word/_rels/{footer.removeprefix('word/')}.rels"]
    assert b"qr1.png" in relations


def test_columns_share_the_line_to_the_last_twip() -> None:
    assert shared_out((1, 1, 1), 100) == [33, 33, 34]
    assert sum(shared_out((3, 6, 7, 8, 5, 6), 9072)) == 9072
