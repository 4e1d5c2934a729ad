"""`yishi paper`: a paper as a file for the operator."""

from pathlib import Path

from tests.bot.cli.desk import Desk
from tests.bot.papers.opened import lines
from tests.stories.gatherings import HALL, called
from tests.stories.papers import house

SITE = '[storage]\nurl = "sqlite:///{path}"\n[community]\nname = "桂花里社区"\n[papers]\noffice = ["桂花里社区：0571-63320001"]\n'


def settled(desk: Desk, tmp_path: Path) -> None:
    """The operator's folder is that of a house in which the representatives are called."""
    world = house(tmp_path)
    called(world)
    world.close()
    desk.configures(SITE.format(path=world.path))


def test_a_paper_is_written_numbered_and_the_same_the_next_time(desk: Desk, tmp_path: Path) -> None:
    settled(desk, tmp_path)
    told = desk.done("paper", "会1", "会议通知", "--out", "通知.docx", "-c", "config.toml")
    assert "文书 1《关于召开居民代表会议的通知》" in told
    first = Path("通知.docx").read_bytes()
    assert HALL in "\n".join(lines(first))
    desk.done("paper", "会1", "会议通知", "--out", "再来.docx", "-c", "config.toml")
    assert Path("再来.docx").read_bytes() == first
    assert Path("通知.docx").stat().st_mode & 0o077 == 0


def test_nothing_is_written_over_and_every_no_says_why(desk: Desk, tmp_path: Path) -> None:
    settled(desk, tmp_path)
    Path("通知.docx").write_text("mine")
    assert "没有盖掉" in desk.refused("paper", "会1", "会议通知", "--out", "通知.docx", "-c", "config.toml")
    assert Path("通知.docx").read_text() == "mine"
    assert "没有会9" in desk.refused("paper", "会9", "会议通知", "--out", "a.docx", "-c", "config.toml")
    assert "可以出" in desk.refused("paper", "会1", "奖状", "--out", "a.docx", "-c", "config.toml")
    assert "还缺" in desk.refused("paper", "议1", "征求意见函", "--out", "a.docx", "-c", "config.toml")
    assert not Path("a.docx").exists()
