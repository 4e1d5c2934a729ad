"""Weights learned here, every version of them: the only queries on them."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from storage.database import Transaction
from storage.records import Model
from storage.rows import many, number, one
from storage.tables import models

_IN_USE = models.c.retired_at.is_(None)
_CURRENT = select(models).where(_IN_USE).order_by(models.c.id.desc()).limit(1)
_CURRENT_ID = select(func.max(models.c.id)).where(_IN_USE)
_ALL = select(models).order_by(models.c.id)
_RETIRE = update(models).where(models.c.id == bindparam("model")).values(retired_at=bindparam("moment"))


async def current_id(tx: Transaction) -> int:
    """The number of the model in use; 0 for the weights that come with the program."""
    return await number(tx, _CURRENT_ID)


async def current(tx: Transaction) -> Model | None:
    """The model in use; None for the weights that come with the program."""
    return await one(tx, Model, _CURRENT)


async def versions(tx: Transaction) -> list[Model]:
    """Every model, oldest first."""
    return await many(tx, Model, _ALL)


async def add(tx: Transaction, model: Model) -> int:
    """Keep a model and use it from now on; its number."""
    values = {name: getattr(model, name) for name in models.c.keys() if name != "id"}  # noqa: SIM118
    return await tx.add(models.insert(), values)


async def retire(tx: Transaction, model_id: int, now: datetime) -> None:
    """Use it no longer; it stays where it is."""
    await tx.run(_RETIRE, {"model": model_id, "moment": now})
