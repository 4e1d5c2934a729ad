"""Somebody else's opinion on a message: any endpoint that speaks as OpenAI's chat completions do.

What is sent is the masked text and nothing else; what comes back is a kind and a category or it is nothing.
"""

import asyncio
import json
import re
from dataclasses import dataclass
from json import JSONDecodeError

import httpx

from bot.advice import AdvisorSettings, NoAdvice
from handlers.intake.masking import mask
from handlers.texts import meaning, terms, text
from storage.records import Category, Kind

_OBJECT = re.compile(r"\{[^{}]*\}")
_CALLED = re.compile(r"@\S{1,20}")
_LONGEST, _ANSWER = 400, 200
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Advisor:
    """Asks one question at a time."""

    settings: AdvisorSettings
    client: httpx.AsyncClient

    async def ask(self, words: str) -> tuple[Kind, Category]:
        """What the message is held to be. Raises NoAdvice."""
        try:
            async with asyncio.timeout(self.settings.timeout):
                answer = await self.client.post(
                    f"{self.settings.url}/chat/completions",
                    json=_question(self.settings.model, hidden(words)),
                    headers={"Authorization": f"Bearer {self.settings.key}"} if self.settings.key else {},
                    timeout=self.settings.timeout,
                )
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as fault:
            raise NoAdvice(type(fault).__name__) from None
        if answer.status_code != httpx.codes.OK or len(answer.content) > _MOST_BYTES:
            raise NoAdvice(f"status {answer.status_code}")
        return _read(answer.content)


def hidden(words: str) -> str:
    """The beginning of a message without what would tell who somebody is."""
    return _CALLED.sub("@", mask(words))[:_LONGEST]


def _question(model: str, words: str) -> dict[str, object]:
    kinds, categories = ("、".join(terms(kind).values()) for kind in ("kind", "category"))
    asked = text("second_opinion.question", kinds=kinds, categories=categories)
    messages = [{"role": "system", "content": asked}, {"role": "user", "content": words}]
    return {"model": model, "messages": messages, "temperature": 0, "max_tokens": _ANSWER}


def _read(content: bytes) -> tuple[Kind, Category]:
    """Read the last JSON object of what was said; only words of our own lists count."""
    try:
        said = json.loads(content)["choices"][0]["message"]["content"]
        found = json.loads(_OBJECT.findall(said)[-1])
        kind = meaning("kind", str(found[text("second_opinion.kind")]))
        category = meaning("category", str(found[text("second_opinion.category")]))
    except (JSONDecodeError, UnicodeDecodeError, LookupError, TypeError, AttributeError, RecursionError):
        raise NoAdvice("unreadable") from None
    if kind is None or category is None:
        raise NoAdvice("unknown words")
    return Kind(kind), Category(category)
