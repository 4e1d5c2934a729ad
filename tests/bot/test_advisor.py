"""What is asked of somebody else, and what is taken from the answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from bot.advice import AdvisorSettings, NoAdvice
from bot.advisor import Advisor, hidden
from storage.records import Category, Kind

SETTINGS = AdvisorSettings("http://llm.test/v1", "qwen", "s3cret-key", 2.5, 9)


def asked(answer: httpx.Response | Exception) -> tuple[tuple[Kind, Category], httpx.Request]:
    """What came of asking, and the request that was made."""
    made: list[httpx.Request] = []

    def endpoint(request: httpx.Request) -> httpx.Response:
        made.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def ask() -> tuple[Kind, Category]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(endpoint)) as client:
            return await Advisor(SETTINGS, client).ask("3号楼2单元502漏水，13812345678")

    return asyncio.run(ask()), made[0]


def said(words: object) -> httpx.Response:
    return httpx.Response(200, json={"choices": [{"message": {"content": words}}]})


def test_the_question_is_the_masked_text_to_one_model_within_a_time() -> None:
    found, request = asked(said('{"性质": "问题", "类别": "邻里纠纷"}'))
    assert found == (Kind.ISSUE, Category.NEIGHBOURS)
    assert str(request.url) == "http://llm.test/v1/chat/completions"
    assert request.headers["Authorization"] == "Bearer s3cret-key"
    body = json.loads(request.content)
    assert set(body) == {"model", "messages", "temperature", "max_tokens"}
    assert body["model"] == "qwen"
    assert [one["role"] for one in body["messages"]] == ["system", "user"]
    assert body["messages"][1]["content"] == hidden("3号楼2单元502漏水，13812345678")
    assert "12345678" not in request.content.decode()
    assert set(request.extensions["timeout"].values()) == {2.5}


def test_thoughts_around_the_answer_are_passed_over() -> None:
    found, _ = asked(
        said(
            '想一想 {"性质": "咨询", "类别": "无"} 不对，应是：\n```json\n{"类别": "园林绿化", "性质": "建议"}\n```'
        )
    )
    assert found == (Kind.SUGGESTION, Category.GREENERY)


@pytest.mark.parametrize(
    "answer",
    [
        said("不知道"),
        said(None),
        said('{"性质": "问题"}'),
        said('{"性质": "问题", "类别": "天气"}'),
        said('{"性质": ["问题"], "类别": "无"}'),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, content=b"\xff\xfe"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"choices": []}),
        httpx.Response(200, text="[" * 5000),
        httpx.Response(200, text="x" * 70_000),
        httpx.Response(429, json={}),
        httpx.Response(302, headers={"Location": "http://elsewhere.test"}),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("late"),
        httpx.InvalidURL("odd"),
    ],
)
def test_anything_else_is_no_advice_and_quotes_nothing(answer: httpx.Response | Exception) -> None:
    with pytest.raises(NoAdvice) as none:
        asked(answer)
    assert "s3cret" not in str(none.value)
    assert "漏水" not in str(none.value)


def test_an_answer_that_drips_is_not_waited_for() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.01)

    quick = replace(SETTINGS, timeout=0.1)

    async def ask() -> None:
        transport = httpx.MockTransport(lambda _: httpx.Response(200, content=drip()))
        async with httpx.AsyncClient(transport=transport) as client:
            await Advisor(quick, client).ask("灯坏了")

    with pytest.raises(NoAdvice, match="TimeoutError"):
        asyncio.run(ask())


def test_people_who_are_called_are_not_named_and_long_texts_are_cut() -> None:
    assert "王师傅" not in hidden("@王师傅 灯坏了")
    assert len(hidden("水" * 5000)) == 400


def test_the_key_is_never_shown() -> None:
    assert "s3cret" not in repr(SETTINGS)
    assert "s3cret" not in SETTINGS.masked("failed with s3cret-key")
