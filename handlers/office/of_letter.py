"""征求意见函 about a topic."""

from datetime import timedelta

from handlers.office.desk import Desk, Gathered
from handlers.office.polls import topic_numbered
from handlers.papers.facts import LetterFacts
from handlers.papers.letter import letter_paper

_DAYS = 7
"""To answer in, where nothing else is asked for."""


async def letter(desk: Desk, number: int) -> Gathered:
    """The letter; to whom and what is asked no record knows."""
    topic = await topic_numbered(desk, number)
    extra, by = desk.extra, desk.work.member
    answer_by = extra.day("answer_by", desk.today) or desk.today + timedelta(days=_DAYS)
    return Gathered(
        f"topic:{topic.id}",
        lambda envelope, edition: letter_paper(
            LetterFacts(
                envelope=envelope,
                to=extra.words("to"),
                about=extra.words("about") or topic.title,
                reason=extra.words("reason") or topic.text.strip() or topic.title,
                questions=extra.lines("questions"),
                sent_on=desk.today,
                answer_by=answer_by,
                attachments=extra.lines("attachments"),
                copies_to=extra.lines("copies_to"),
                noted=extra.words("noted"),
                noted_by=desk.roll.person(by.id) if by else None,
            ),
            edition,
        ),
    )
