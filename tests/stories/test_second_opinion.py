"""What is unclear may be asked of somebody else: masked, within a budget, and only to be read."""

import asyncio
import json
from fractions import Fraction
from pathlib import Path

import httpx
import pytest

from bot.advice import AdvisorSettings
from bot.advisor import Advisor
from handlers.settings import Settings
from tests.stories.issues_cast import Cast
from tests.world import COMMUNITY, World

DOUBTING = Settings(
    community=COMMUNITY, operators=frozenset({"console:operator"}), doubt_below=Fraction(100, 100)
)
UNCLEAR = "@王师傅 3号楼2单元502门口灯不亮，电话13812345678"


class Endpoint:
    """Somebody else's model: what it was asked, and what it answers (None: nothing in time)."""

    def __init__(self, answer: str | None, status: int = 200) -> None:
        self.answer, self.status = answer, status
        self.asked: list[str] = []
        self.reached = asyncio.Event()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.content.decode())
        self.reached.set()
        if self.answer is None:
            raise httpx.ReadTimeout("too late", request=request)
        return httpx.Response(self.status, json={"choices": [{"message": {"content": self.answer}}]})


def doubting(tmp_path: Path, endpoint: Endpoint, per_day: int = 9) -> World:
    world = World(tmp_path, settings=DOUBTING)
    client = httpx.AsyncClient(transport=httpx.MockTransport(endpoint))
    world.app.ask(Advisor(AdvisorSettings("http://llm.test/v1", "m", "k3y", 6.0, per_day), client))
    return world


def asks(world: World) -> int:
    """Ask about everything that is wanted; how often that was."""
    assert world.app.advising
    count = 0
    while world.run(world.app.advising.ask_one()):
        count += 1
    world.later(seconds=1)
    return count


def test_a_second_opinion_is_read_on_the_grid_s_card_and_moves_nothing(tmp_path: Path) -> None:
    endpoint = Endpoint('好的。{"性质": "建议", "类别": "市政设施"}')
    world = doubting(tmp_path, endpoint)
    cast = Cast(world)
    cast.li.says(UNCLEAR, "居民群")
    assert "大模型看" not in cast.grids()
    before = (cast.state(), cast.column("kind"), cast.column("category"))
    assert asks(world) == 1
    assert "大模型看：建议 · 市政设施（只供参考）" in cast.grids()
    assert (cast.state(), cast.column("kind"), cast.column("category")) == before
    assert "大模型" not in cast.residents()
    assert world.rows("SELECT count(*) FROM lessons") == [(0,)]
    assert asks(world) == 0
    world.close()


def test_whoever_is_asked_is_asked_beside_everything_else(tmp_path: Path) -> None:
    endpoint = Endpoint('{"性质": "问题", "类别": "房屋设施"}')
    world = doubting(tmp_path, endpoint)
    cast = Cast(world)

    async def until_asked() -> None:
        assert world.app.advising
        running = asyncio.ensure_future(world.app.advising.run())
        try:
            async with asyncio.timeout(20):
                await endpoint.reached.wait()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    cast.li.says(UNCLEAR, "居民群")
    world.run(until_asked())
    assert len(endpoint.asked) == 1
    world.close()


def test_nothing_that_tells_of_a_person_is_sent(tmp_path: Path) -> None:
    endpoint = Endpoint('{"性质": "问题", "类别": "房屋设施"}')
    world = doubting(tmp_path, endpoint)
    cast = Cast(world)
    cast.li.says(UNCLEAR, "居民群")
    cast.zhang.says("楼上502天天半夜砸地板，找他还骂人", "居民群")
    cast.zhang.says("3号楼有煤气味，快来人", "居民群")
    assert world.rows("SELECT count(*) FROM issues") == [(3,)]
    assert asks(world) == 1
    (sent,) = endpoint.asked
    said = json.loads(sent)["messages"][1]["content"]
    assert "灯不亮" in said
    for private in ("13812345678", "502", "王师傅", "李四", "居民群", COMMUNITY):
        assert private not in sent.replace(json.loads(sent)["messages"][0]["content"], "")
        assert private not in said
    world.close()


@pytest.mark.parametrize(
    "endpoint",
    [
        Endpoint(None),
        Endpoint("我不知道"),
        Endpoint('{"性质": "火灾", "类别": "房屋设施"}'),
        Endpoint('{"性质": 7}'),
        Endpoint("[]", 500),
    ],
    ids=["too late", "no object", "unknown word", "half", "broken"],
)
def test_no_answer_is_no_matter(tmp_path: Path, endpoint: Endpoint) -> None:
    world = doubting(tmp_path, endpoint)
    cast = Cast(world)
    cast.li.says(UNCLEAR, "居民群")
    assert asks(world) == 1
    assert "大模型看" not in cast.grids()
    assert asks(world) == 0
    cast.grid.presses("受理", "网格员群")
    assert cast.state() == "filed"
    assert world.parked() == []
    world.close()


def test_a_day_has_a_budget_and_what_people_have_settled_is_not_asked_about(tmp_path: Path) -> None:
    endpoint = Endpoint('{"性质": "问题", "类别": "房屋设施"}')
    world = doubting(tmp_path, endpoint, per_day=2)
    cast = Cast(world)
    for number in range(1, 5):
        cast.li.says(f"{number}号楼1单元灯不亮", "居民群")
        world.later(minutes=3)
    cast.grid.says("受理 1", "网格员群")
    assert asks(world) == 2
    assert [
        number for (number,) in world.rows("SELECT issue_id FROM opinions WHERE asked_at IS NOT NULL")
    ] == [2, 3]
    world.later(days=1)
    cast.li.says("9号楼1单元灯不亮", "居民群")
    assert asks(world) == 1
    world.close()


def test_without_an_endpoint_nothing_is_wanted_from_anybody(any_world: World) -> None:
    cast = Cast(any_world)
    cast.li.says(UNCLEAR, "居民群")
    assert any_world.rows("SELECT count(*) FROM opinions") == [(0,)]
    assert cast.state() == "candidate"
