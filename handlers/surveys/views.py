"""How people are asked."""

from datetime import timedelta

from handlers.intake.masking import mask
from handlers.labels import issue_label, topic_label
from handlers.moments import day, span
from handlers.routes import Routes, press
from handlers.surveys.matter import Matter, matter_of
from handlers.surveys.rules import Tally
from handlers.texts import term, text
from handlers.work import Work
from storage import surveys
from storage.messages import Button, Card
from storage.records import Answer, Category, Issue, Kind, Member, Survey, SurveyState

routes = Routes()
ANSWERS = (Answer.YES, Answer.NO, Answer.PARTLY)
_TITLE = 30


@routes.card("survey")
async def draw(work: Work, survey_id: int) -> Card | None:
    """The card in a group: the question, and afterwards that it is over."""
    survey = await surveys.find(work.tx, survey_id)
    return await group_card(work, survey, await matter_of(work, survey)) if survey else None


async def group_card(work: Work, survey: Survey, matter: Matter) -> Card:
    """The question for those who cannot be asked alone: it names nobody."""
    if survey.state is SurveyState.DONE:
        return Card(text("surveys.ask_group_over", label=label_of(matter)))
    if matter.issue:
        return Card(
            text(
                "surveys.ask_group_issue",
                label=issue_label(matter.issue),
                title=_public_title(matter.issue),
                days=_since(work, matter.issue),
            ),
            buttons(survey),
        )
    key = "surveys.ask_group_stage" if matter.stage else "surveys.ask_group_topic"
    return Card(_about_topic(matter, key), buttons(survey))


def private_card(work: Work, survey: Survey, matter: Matter, member: Member) -> Card:
    """The question to one person alone."""
    ends = day(survey.ends_at, work.settings.zone)
    asked = text("surveys.changeable", question=_question(work, matter, member), day=ends)
    return Card(asked, buttons(survey))


def buttons(survey: Survey) -> tuple[tuple[Button, ...], ...]:
    """好了, 还没好, 好了一部分."""
    return (
        tuple(
            Button(term("answer", answer), press("survey.answer", survey.id, answer)) for answer in ANSWERS
        ),
    )


def label_of(matter: Matter) -> str:
    """The number of what it is about."""
    if matter.issue:
        return issue_label(matter.issue)
    return topic_label(matter.topic) if matter.topic else ""


def note(found: Tally) -> str:
    """The answers in numbers, with how many were asked."""
    return text(
        "surveys.note",
        asked=found.asked,
        answered=found.answered,
        yes=found.yes,
        partly=found.partly,
        no=found.no,
    )


def _question(work: Work, matter: Matter, member: Member) -> str:
    if matter.issue is None:
        return _about_topic(matter, "surveys.ask_stage" if matter.stage else "surveys.ask_topic")
    issue = matter.issue
    values = {"title": _title(issue), "label": issue_label(issue), "days": _since(work, issue)}
    if issue.reporter_id == member.id:
        return text("surveys.ask_issue", day=day(issue.filed_at, work.settings.zone), **values)
    return text("surveys.ask_issue_supporter", **values)


def _about_topic(matter: Matter, key: str) -> str:
    assert matter.topic is not None
    stage = matter.stage.name if matter.stage else ""
    return text(key, number=matter.topic.number, title=matter.topic.title, stage=stage)


def _title(issue: Issue) -> str:
    words = " ".join(mask(issue.text).split())
    return words if len(words) <= _TITLE else words[:_TITLE] + "…"


def _public_title(issue: Issue) -> str:
    """What is between persons, or about a household, is called by its number alone."""
    closed = issue.kind is Kind.DISPUTE or issue.category in (Category.NEIGHBOURS, Category.WELFARE)
    return "" if closed else text("surveys.ask_group_title", title=_title(issue))


def _since(work: Work, issue: Issue) -> str:
    return span(work.now - issue.closed_at) if issue.closed_at else span(timedelta(0))
