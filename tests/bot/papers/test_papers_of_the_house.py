"""Papers as the office gets them, made of a story: LibreOffice opens each and finds what it says on its pages."""

import shutil
import subprocess
from pathlib import Path

import pytest

from storage.messages import Made
from tests.stories.papers import house, made
from tests.stories.voting import at_the_vote, vote

OFFICE_PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
READER = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(
    not (OFFICE_PROGRAM and READER), reason="LibreOffice or pdftotext is not installed"
)
GROUP = "两委群"
ON_PAPER = {
    "表决票": "只在一个方框内打",
    "计票单": "以上数字和算式可由任何人重新计算",
    "决议书": "30×2=60 > 36×1=36",
    "公示": "监督电话：居务监督委员会，0571-63320002",
    "征求意见函": "不视为同意",
    "会议通知": "现定于下列时间召开",
    "签到表": "不作考勤",
    "实施结果公示": "现场核验属实",
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of every paper as it is printed, by the name of its kind."""
    folder = tmp_path_factory.mktemp("printed")
    world = house(tmp_path_factory.mktemp("house"))
    at_the_vote(world)
    secretary = world.people["文书小周"]
    secretary.says("出文 表决票 议1 回收方式：交给网格员", to=GROUP)
    vote(world, 30, 4, 2)
    world.later(days=4)
    secretary.says("开会 居民代表会议 11月28日19:00 议事厅 议题 1", to=GROUP)
    for wish in (
        "计票单 议1 计票人：文书小周；监票人：秦岚；计票地点：议事厅",
        "决议书 议1 资金来源：公益金；监督人：秦岚（居务监督委员会主任）",
        "公示 议1 公示地点：社区公告栏",
        "征求意见函 议1 致：物业公司；问题：几天能换",
        "会议通知 会1",
        "签到表 会1",
        "实施结果 任务1 核验人：秦岚；核验意见：现场核验属实",
    ):
        secretary.says(f"出文 {wish}", to=GROUP)
    files = [one for one in made(world, GROUP) if one.name.endswith(".docx")]
    world.close()
    return dict(zip((_kind(one.name) for one in files), _texts(folder, files), strict=True))


def _kind(name: str) -> str:
    return name.removesuffix(".docx").partition(" ")[2]


def _texts(folder: Path, files: list[Made]) -> list[str]:
    paths = []
    for index, file in enumerate(files):
        paths.append(folder / f"{index}.docx")
        paths[-1].write_bytes(file.content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(OFFICE_PROGRAM), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=180)
    return [
        subprocess.run(
            [str(READER), "-layout", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True
        ).stdout.decode()
        for path in paths
    ]


def test_every_kind_the_office_makes_is_opened_and_says_what_it_should(printed: dict[str, str]) -> None:
    assert set(printed) == set(ON_PAPER)
    for name, words in ON_PAPER.items():
        assert words in "".join(printed[name].split()) or words in printed[name], name


def test_every_paper_carries_its_number_and_where_to_check_it(printed: dict[str, str]) -> None:
    for name, pages in printed.items():
        plain = "".join(pages.split())
        assert "桂花里社区议事〔2026〕" in plain, name
        assert "https://yishi.example.org/p/" in plain, name
