"""Cases, the steps they took, and the procedures they run under."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Case, CaseState, Step
from storage.rows import many, one
from storage.tables import cases, procedures, steps

_BY_ID = select(cases).where(cases.c.id == bindparam("id"))
_OF_TOPIC = select(cases).where(cases.c.topic_id == bindparam("topic")).order_by(cases.c.id.desc()).limit(1)
_STEP = select(steps).where(steps.c.id == bindparam("id"))
_PATH = select(steps).where(steps.c.case_id == bindparam("case")).order_by(steps.c.id)


async def get(tx: Transaction, case_id: int) -> Case:
    """The case with this id."""
    case = await one(tx, Case, _BY_ID, {"id": case_id})
    assert case is not None
    return case


async def find(tx: Transaction, case_id: int) -> Case | None:
    """The case with this id, if there is one (buttons may say anything)."""
    return await one(tx, Case, _BY_ID, {"id": case_id})


async def of_topic(tx: Transaction, topic_id: int) -> Case | None:
    """The topic's latest case."""
    return await one(tx, Case, _OF_TOPIC, {"topic": topic_id})


async def all_of_topic(tx: Transaction, topic_id: int) -> list[Case]:
    """Every case of a topic, one procedure after the other."""
    return await many(tx, Case, select(cases).where(cases.c.topic_id == topic_id).order_by(cases.c.id))


async def keep_procedure(tx: Transaction, digest: str, procedure_id: str, name: str, source: str) -> None:
    """Keep the text of a procedure under its digest: a case runs under the version it started with."""
    values = {"digest": digest, "id": procedure_id, "name": name, "source": source}
    await tx.run(insert(procedures).on_conflict_do_nothing(), values)


async def procedure_source(tx: Transaction, digest: str) -> str:
    """The text of a procedure that was kept."""
    row = await tx.row(select(procedures.c.source).where(procedures.c.digest == digest))
    assert row is not None
    return str(row[0])


async def start(tx: Transaction, case: Case) -> Case:
    """Begin a case; the database refuses a second one for the topic while the first runs."""
    fields = {name: getattr(case, name) for name in cases.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(cases.insert(), fields))


async def change(tx: Transaction, case_id: int, **columns: object) -> None:
    """Change columns of a case."""
    await tx.run(update(cases).where(cases.c.id == case_id).values(**columns))


async def enter(tx: Transaction, step: Step) -> Step:
    """Write down that a stage was entered."""
    fields = {name: getattr(step, name) for name in steps.c.keys() if name != "id"}  # noqa: SIM118
    return await step_of(tx, await tx.add(steps.insert(), fields))


async def leave(tx: Transaction, step_id: int, **columns: object) -> None:
    """Write down how a stage was left."""
    await tx.run(update(steps).where(steps.c.id == step_id).values(**columns))


async def step_of(tx: Transaction, step_id: int) -> Step:
    """The step with this id."""
    step = await one(tx, Step, _STEP, {"id": step_id})
    assert step is not None
    return step


async def step_exists(tx: Transaction, step_id: int) -> bool:
    """Whether there is such a step (buttons may say anything)."""
    return await tx.row(_STEP, {"id": step_id}) is not None


async def path(tx: Transaction, case_id: int) -> list[Step]:
    """The steps of a case, in order."""
    return await many(tx, Step, _PATH, {"case": case_id})


async def running(tx: Transaction) -> list[Case]:
    """Cases that have not ended."""
    return await many(tx, Case, select(cases).where(cases.c.state != CaseState.ENDED).order_by(cases.c.id))
