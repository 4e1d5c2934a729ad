"""公开文书: seen before it is public, masked where everybody reads, and nothing of what stays inside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.papers.stored import parse_filed
from tests.stories.gatherings import called
from tests.stories.papers import house, made, printed
from tests.stories.voting import change
from tests.world import Manner, World

OFFICE = "两委群"


@pytest.fixture(params=list(Manner), ids=lambda manner: manner.value)
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    world = house(tmp_path, request.param)
    yield world
    world.close()


@pytest.fixture
def calm(tmp_path: Path) -> Iterator[World]:
    world = house(tmp_path)
    yield world
    world.close()


def numbers(world: World) -> list[tuple[object, ...]]:
    return world.rows("SELECT number, version, kind FROM papers ORDER BY id")


def test_nothing_is_public_before_somebody_has_seen_it_and_pressed(office: World) -> None:
    secretary = called(office)
    office.group("公示群")
    secretary.says("出文 会议通知 会1", to=OFFICE)
    secretary.says("公开文书 1", to=OFFICE)
    preview = office.last(OFFICE)
    assert "更换电梯" in preview
    assert "公开吗？" in preview
    assert not made(office, "公示群")
    secretary.presses("不公开", on=OFFICE)
    assert not made(office, "公示群")
    secretary.presses("公开", on=OFFICE)
    posted = made(office, "公示群")
    assert posted[0].name == "文书1 会议通知.docx"
    assert len([said for said in office.heard("公示群") if "关于召开居民代表会议的通知" in said]) == 1
    assert len([said for said in office.heard("居民群") if "关于召开居民代表会议的通知" in said]) == 1
    shown = [line for line in preview.split("————")[1].strip().split("\n") if "核对" not in line]
    told = printed(office, "公示群")
    for line in shown:
        for part in line.split(" ｜ "):
            assert part.partition("：")[2] in told
    assert office.rows(
        "SELECT m.name, p.approved_at IS NOT NULL FROM papers p JOIN members m ON m.id = p.approved_by"
    ) == [("小周", 1)]
    secretary.presses("公开", on=OFFICE)
    assert len(made(office, "公示群")) == len(posted)


def test_only_the_office_makes_shows_and_publishes(office: World) -> None:
    secretary = called(office)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    secretary.says("公开文书 1", to=OFFICE)
    for name in ("代表1", "代表2"):
        somebody = office.people[name]
        for words in (
            "出文 签到表 会1",
            "文书",
            "文书 1",
            "公开文书 1",
            "更正文书 1 理由",
            "作废文书 1 理由",
        ):
            somebody.says(words)
            assert "这一步由文书" in somebody.heard()[-1], words
        somebody.presses("公开", on=OFFICE)
    secretary.says("出文 签到表 会1", to="居民群", addressed=True)
    assert numbers(office) == [(1, 1, "invitation")]
    assert not office.rows("SELECT 1 FROM papers WHERE approved_at IS NOT NULL")
    assert not made(office, "居民群")


def test_the_public_edition_masks_people_of_the_roll_wherever_they_are_named(office: World) -> None:
    called(office)
    office.member("张建国", "居民", door="3-1-302")
    secretary = office.people["小周"]
    secretary.says(
        "出文 征求意见函 议1 致：物业公司；问题：3-1-302张建国说电梯异响，打13800138000找他，属实吗",
        to=OFFICE,
    )
    assert "张建国" in printed(office, OFFICE)
    secretary.says("公开文书 1", to=OFFICE)
    preview = office.last(OFFICE)
    assert "张建国" not in preview
    assert "13800138000" not in preview
    assert "3-1-302" not in preview
    assert "张*" in preview


def test_whoever_raised_the_matter_is_named_in_no_edition(calm: World) -> None:
    called(calm)
    reporter = calm.member("李秀兰", "居民", door="5-2-1101")
    change(calm, f"UPDATE issues SET reporter_id = {reporter.id}")
    calm.people["小周"].says("出文 征求意见函 议1 致：物业公司；问题：李秀兰反映的异响，几天能修", to=OFFICE)
    paper = printed(calm, OFFICE)
    assert "李秀兰" not in paper
    assert "有居民反映的异响" in paper


def test_a_matter_of_mediation_is_put_on_paper_in_private_and_stays_inside(office: World) -> None:
    called(office)
    change(office, "UPDATE issues SET state = 'mediate'")
    secretary = office.people["小周"]
    asked = "出文 征求意见函 议1 致：物业公司；问题：能否协助"
    secretary.says(asked, to=OFFICE)
    assert "请私聊我" in office.last(OFFICE)
    secretary.says(asked)
    assert "物业公司" in printed(office, secretary)
    secretary.says("公开文书 1")
    assert "不公开" in secretary.heard()[-1]
    assert parse_filed(office.rows("SELECT body FROM papers")[0][0]).public is None


def test_a_withdrawn_paper_says_so_wherever_it_was_public(office: World) -> None:
    secretary = called(office)
    office.group("公示群")
    secretary.says("出文 会议通知 会1", to=OFFICE)
    secretary.says("公开文书 1", to=OFFICE)
    secretary.presses("公开", on=OFFICE)
    secretary.says("作废文书 1 开错了会", to=OFFICE)
    assert "作废，理由：开错了会" in office.last("公示群")
    secretary.says("更正文书 1 再改", to=OFFICE)
    assert "已经作废" in office.last(OFFICE)
    secretary.says("文书 1", to=OFFICE)
    assert "已作废：开错了会" in office.last(OFFICE)


def test_without_pages_outside_a_paper_names_its_code_to_be_read_out(tmp_path: Path) -> None:
    world = house(tmp_path, public_url="")
    secretary = called(world)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    code = world.rows("SELECT code FROM papers")[0][0]
    paper = printed(world, OFFICE)
    assert f"核对：桂花里社区议事〔2026〕1号，核对码 {code}，请向社区核对" in paper
    assert "http" not in paper
    world.close()
