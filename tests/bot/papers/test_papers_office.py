"""LibreOffice opens one of each and prints it; the pages are counted and read. Skipped where it is not installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.papers.ballots import Layout, render_ballots
from bot.papers.sheets import render_docx
from handlers.papers.ballot import ballot_paper
from handlers.papers.model import Edition
from handlers.papers.sign_in import sign_in_paper
from tests.handlers.papers import desk
from tests.handlers.papers.pile import EVERY, FULL, Sort, named

Pages = dict[str, list[str]]

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
READER = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(not (OFFICE and READER), reason="LibreOffice or pdftotext is not installed")

PAGES = {"ballots-one": (9, 9), "ballots-four": (3, 3), "sign_in-200": (8, 11)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The pages of every paper as text, all converted in one start of the program."""
    folder = tmp_path_factory.mktemp("papers")
    files = {f"{sort.kind}-{edition}": render_docx(sort.paper(edition)) for sort, edition in EVERY}
    ballots = [ballot_paper(desk.ballot(number), FULL) for number in range(1, 10)]
    files |= {f"ballots-{layout}": render_ballots(ballots, layout) for layout in Layout}
    files["sign_in-200"] = render_docx(sign_in_paper(desk.sign_in(200), FULL))
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    convert(folder)
    return {name: pages(folder / f"{name}.pdf") for name in files}


def convert(folder: Path) -> None:
    assert OFFICE
    home = f"-env:UserInstallation=file://{folder}/home"
    command = [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True, timeout=180
    )


def pages(file: Path) -> list[str]:
    assert READER
    read = subprocess.run([READER, "-layout", str(file), "-"], check=True, capture_output=True, timeout=60)
    return [re.sub(r"\s", "", page) for page in read.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize(("sort", "edition"), EVERY, ids=named)
def test_every_paper_prints_with_its_title_and_a_place_on_every_page(
    printed: Pages, sort: Sort, edition: Edition
) -> None:
    paper, found = sort.paper(edition), printed[f"{sort.kind}-{edition}"]
    assert 1 <= len(found) <= 3
    assert re.sub(r"\s", "", paper.title) in found[0]
    for number, page in enumerate(found, start=1):
        assert f"第{number}页共{len(found)}页" in page
        assert "桂花居〔2026〕12号" in page


def test_no_page_is_blank_and_stacks_take_as_many_pages_as_they_should(printed: Pages) -> None:
    for name, (least, most) in PAGES.items():
        assert least <= len(printed[name]) <= most, name
    assert all(len(page) > 60 for found in printed.values() for page in found)


def test_the_head_of_a_long_sheet_stands_on_every_page_of_it(printed: Pages) -> None:
    found = printed["sign_in-200"]
    assert sum("序号姓名" in page for page in found) >= len(found) - 1
    assert all(f"{number}" in "".join(found) for number in (1, 100, 200))
