"""Surveys and the answers to them."""

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Answer, FollowUp, Survey, SurveyState
from storage.rows import many, one
from storage.tables import followups, surveys

_BY_ID = select(surveys).where(surveys.c.id == bindparam("id"))
_OF_STEP = select(surveys).where(surveys.c.step_id == bindparam("step"))
_ANSWER = select(followups).where(
    followups.c.survey_id == bindparam("survey"), followups.c.member_id == bindparam("member")
)
_TALLY = (
    select(followups.c.answer, func.count())
    .where(followups.c.survey_id == bindparam("survey"))
    .group_by(followups.c.answer)
)


async def get(tx: Transaction, survey_id: int) -> Survey:
    """The survey with this id."""
    survey = await find(tx, survey_id)
    assert survey is not None
    return survey


async def find(tx: Transaction, survey_id: int) -> Survey | None:
    """The survey with this id, if there is one (buttons may say anything)."""
    return await one(tx, Survey, _BY_ID, {"id": survey_id})


async def of_step(tx: Transaction, step_id: int) -> Survey | None:
    """The survey that a stage waits for."""
    return await one(tx, Survey, _OF_STEP, {"step": step_id})


async def of_issue(tx: Transaction, issue_id: int) -> list[Survey]:
    """Every survey about an issue, oldest first."""
    statement = select(surveys).where(surveys.c.issue_id == issue_id).order_by(surveys.c.id)
    return await many(tx, Survey, statement)


async def of_topic(tx: Transaction, topic_id: int) -> list[Survey]:
    """Every survey about a topic, oldest first."""
    statement = select(surveys).where(surveys.c.topic_id == topic_id).order_by(surveys.c.id)
    return await many(tx, Survey, statement)


async def asking_member(tx: Transaction, member_id: int) -> list[Survey]:
    """The surveys that ask this person just now, newest first."""
    theirs = (
        select(surveys)
        .join(followups, followups.c.survey_id == surveys.c.id)
        .where(followups.c.member_id == member_id, surveys.c.state == SurveyState.ASKING)
        .order_by(surveys.c.id.desc())
    )
    return await many(tx, Survey, theirs)


async def add(tx: Transaction, survey: Survey) -> Survey:
    """Write a new survey down; the id is the database's to give."""
    fields = {name: getattr(survey, name) for name in surveys.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(surveys.insert(), fields))


async def change(tx: Transaction, survey_id: int, **columns: object) -> None:
    """Change columns of a survey."""
    await tx.run(update(surveys).where(surveys.c.id == survey_id).values(**columns))


async def invite(tx: Transaction, survey_id: int, member_id: int) -> None:
    """Somebody is to be asked; asking twice is asking once."""
    values = {"survey_id": survey_id, "member_id": member_id, "answer": Answer.NONE}
    await tx.run(insert(followups).on_conflict_do_nothing(), values)


async def invited(tx: Transaction, survey_id: int) -> list[FollowUp]:
    """Everyone asked, with what they said, in the order of the roll."""
    statement = select(followups).where(followups.c.survey_id == survey_id).order_by(followups.c.member_id)
    return await many(tx, FollowUp, statement)


async def answer_of(tx: Transaction, survey_id: int, member_id: int) -> FollowUp | None:
    """What somebody said; None when they were not asked."""
    return await one(tx, FollowUp, _ANSWER, {"survey": survey_id, "member": member_id})


async def answer(tx: Transaction, said: FollowUp) -> None:
    """Take an answer in place of the one before."""
    await tx.run(
        update(followups)
        .where(followups.c.survey_id == said.survey_id, followups.c.member_id == said.member_id)
        .values(answer=said.answer)
    )


async def tally(tx: Transaction, survey_id: int) -> dict[Answer, int]:
    """How many gave each answer; answers nobody gave are missing."""
    return {Answer(row[0]): int(row[1]) for row in await tx.rows(_TALLY, {"survey": survey_id})}
