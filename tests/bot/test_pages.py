"""The pages: what a paper is and whether it holds, a body's calendar, and nothing else to nobody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.pages import Pages
from bot.web import pages
from tests.stories.gatherings import called
from tests.stories.papers import SITE, house
from tests.stories.voting import change
from tests.world import World

OFFICE = "两委群"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = house(tmp_path)
    yield opened
    opened.close()


def get(world: World, path: str, method: str = "GET") -> httpx.Response:
    """Somebody outside asks for a page."""

    async def ask() -> httpx.Response:
        site = pages({}, _alive, Pages(world.app.database, world.settings, world.clock).routes())
        transport = httpx.ASGITransport(app=site)
        async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
            return await client.request(method, path)

    return world.run(ask())


def event(page: httpx.Response) -> Any:
    vobject = pytest.importorskip("vobject", reason="the independent reader of calendars is not installed")
    return vobject.readOne(page.text).vevent


async def _alive() -> None:
    return None


def codes(world: World) -> list[str]:
    return [row[0] for row in world.rows("SELECT code FROM papers ORDER BY id")]


def test_a_paper_that_was_not_published_shows_its_number_its_days_and_that_it_holds(world: World) -> None:
    called(world).says("出文 会议通知 会1", to=OFFICE)
    page = get(world, f"/p/{codes(world)[0]}")
    assert page.status_code == 200
    assert "桂花里社区议事〔2026〕1号" in page.text
    assert "会议通知" in page.text
    assert "会议日期：2026年11月14日" in page.text
    assert "✓ 有效" in page.text
    assert "没有对外公开" in page.text
    for kept in ("更换电梯", "议事厅", "小周", "召开"):
        assert kept not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "script" not in page.text


def test_a_published_paper_shows_its_public_edition_and_no_other(world: World) -> None:
    secretary = called(world)
    world.member("张建国", "居民", door="3-1-302")
    secretary.says("出文 征求意见函 议1 致：物业<b>公司</b>；问题：张建国家的电梯几时能修 & 谁修", to=OFFICE)
    secretary.says("公开文书 1", to=OFFICE)
    secretary.presses("公开", on=OFFICE)
    page = get(world, f"/p/{codes(world)[0].lower()}")
    assert "张*" in page.text
    assert "张建国" not in page.text
    assert "物业&lt;b&gt;公司&lt;/b&gt;" in page.text
    assert "几时能修 &amp; 谁修" in page.text


def test_a_corrected_paper_leads_to_the_version_that_holds(world: World) -> None:
    secretary = called(world)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    secretary.says("更正文书 1 地点不对", to=OFFICE)
    old, new = codes(world)
    page = get(world, f"/p/{old}")
    assert "已更正，本版不再有效" in page.text
    assert f'href="{new}"' in page.text
    assert "✓ 有效" in get(world, f"/p/{new}").text


def test_a_withdrawn_paper_says_why_and_shows_nothing_more(world: World) -> None:
    secretary = called(world)
    secretary.says("出文 会议通知 会1", to=OFFICE)
    secretary.says("公开文书 1", to=OFFICE)
    secretary.presses("公开", on=OFFICE)
    assert "更换电梯" in get(world, f"/p/{codes(world)[0]}").text
    secretary.says("作废文书 1 开错了会", to=OFFICE)
    page = get(world, f"/p/{codes(world)[0]}")
    assert "已作废。理由：开错了会" in page.text
    assert "更换电梯" not in page.text


def test_whatever_is_not_there_has_one_answer(world: World) -> None:
    called(world).says("出文 会议通知 会1", to=OFFICE)
    asked = (
        "/p/AAAAAAAA",
        "/p/1",
        "/p/'; DROP",
        f"/p/{'A' * 500}",
        "/calendar/x.ics",
        f"/calendar/{'0' * 48}.ics",
    )
    found = [get(world, path) for path in asked]
    assert {page.status_code for page in found} == {404}
    assert len({page.text for page in found}) == 1
    assert len({tuple(sorted(page.headers.items())) for page in found}) == 1
    assert get(world, f"/p/{codes(world)[0]}", "POST").status_code == 405


def test_a_body_has_one_calendar_that_its_members_are_given_in_private(world: World) -> None:
    called(world)
    world.people["代表1"].says("日历 居民代表会议")
    told = world.people["代表1"].heard()[-1]
    (link,) = [line for line in told.split("\n") if line.startswith(SITE)]
    world.people["代表2"].says("日历 居民代表会议")
    assert link in world.people["代表2"].heard()[-1]
    page = get(world, link)
    assert page.headers["content-type"].startswith("text/calendar")
    assert page.headers["cache-control"] == "no-store"
    entry = event(page)
    assert entry.location.value == "议事厅"
    assert entry.dtstart.value.day == 14


def test_a_calendar_follows_what_becomes_of_a_meeting_and_says_nothing_that_stays_inside(
    world: World,
) -> None:
    secretary = called(world)
    secretary.says("日历 居民代表会议")
    (link,) = [line for line in secretary.heard()[-1].split("\n") if line.startswith(SITE)]
    change(world, "INSERT INTO agenda VALUES (1, 9, NULL, '人事', 5, 'yes', '', '')")
    assert "人事" not in get(world, link).text
    secretary.says("取消 会1 停电", to=OFFICE)
    assert event(get(world, link)).status.value == "CANCELLED"
    change(world, "UPDATE issues SET state = 'mediate'")
    assert "VEVENT" not in get(world, link).text


def test_a_link_that_went_astray_is_replaced_by_the_office_alone(world: World) -> None:
    secretary = called(world)
    somebody = world.people["代表1"]
    somebody.says("日历 居民代表会议")
    (old,) = [line for line in somebody.heard()[-1].split("\n") if line.startswith(SITE)]
    somebody.says("日历 重置 居民代表会议")
    assert get(world, old).status_code == 200
    secretary.says("日历 重置 居民代表会议")
    (new,) = [line for line in secretary.heard()[-1].split("\n") if line.startswith(SITE)]
    assert new != old
    assert get(world, old).status_code == 404
    assert get(world, new).status_code == 200


def test_a_calendar_is_for_those_it_is_about(world: World) -> None:
    called(world)
    neighbour = world.member("邻居", "居民")
    for words, answer in (
        ("日历 居民代表会议", "只给它的成员"),
        ("日历", "要哪个机构的日历"),
        ("日历 足球队", "没有“足球队”"),
        ("日历 纠纷双方当事人", "没有“纠纷双方当事人”"),
    ):
        neighbour.says(words)
        assert answer in neighbour.heard()[-1]
    world.people["小周"].says("日历 两委", to=OFFICE)
    assert "私聊" in world.last(OFFICE)
    assert not world.rows("SELECT 1 FROM feeds")


def test_without_pages_outside_the_calendar_says_what_is_to_be_set(tmp_path: Path) -> None:
    world = house(tmp_path, public_url="")
    secretary = called(world)
    secretary.says("日历 居民代表会议")
    assert "public_url" in secretary.heard()[-1]
    world.close()
