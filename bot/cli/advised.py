"""The doctor's question to whoever gives second opinions: an everyday sentence, of nobody."""

import httpx

from bot.advice import NoAdvice
from bot.advisor import Advisor
from bot.cli.ailments import Found, Level
from bot.config import Config
from bot.config.handed import advisor_settings
from handlers.texts import term, text


async def second_opinion(config: Config) -> list[Found]:
    """Whether the endpoint answers as it should; nothing where there is none."""
    settings = advisor_settings(config)
    if not settings.url:
        return []
    async with httpx.AsyncClient(follow_redirects=False) as client:
        try:
            kind, category = await Advisor(settings, client).ask(text("second_opinion.sample"))
        except NoAdvice as none:
            said = text("second_opinion.silent", reason=str(none))
            return [Found("second_opinion", Level.WARNING, said)]
    answer = {"kind": term("kind", kind), "category": term("category", category)}
    said = text(
        "second_opinion.answers", sample=text("second_opinion.sample"), **answer, per_day=settings.per_day
    )
    return [Found("second_opinion", Level.OK, said)]
