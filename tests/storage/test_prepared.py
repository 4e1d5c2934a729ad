"""A statement runs SQLAlchemy's way when it is first met and our shorter way after that: nobody can tell which."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Executable, bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from storage import units
from storage.database import Transaction
from storage.prepared import Prepared, Values
from storage.records import TaskState, UnitKind
from storage.tables import numbers, tasks, turnouts
from storage.tables import units as unit_table
from tests.storage.files import filled, house, run

NOW = datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
TASK = filled(
    tasks,
    community_id=1,
    title="换电梯",
    due_on=date(2026, 12, 1),
    budget=Decimal("88.50"),
    state=TaskState.OPEN,
    created_at=NOW,
)
ADD = tasks.insert()
ALL = select(tasks).order_by(tasks.c.number)
SOME = select(tasks.c.number, tasks.c.budget, tasks.c.created_at, tasks.c.remind_at).where(
    tasks.c.title == bindparam("title"), tasks.c.percent != 100, tasks.c.state == TaskState.OPEN
)
TWICE = select(tasks.c.id, unit_table.c.id, unit_table.c.name.label("name")).join(
    unit_table, unit_table.c.id == tasks.c.community_id
)
MOVE = (
    update(tasks).where(tasks.c.number == bindparam("which")).values(percent=bindparam("to"), remind_at=NOW)
)
DROP = delete(tasks).where(tasks.c.number == bindparam("which"))
COUNT = select(func.count().label("all_of_them")).select_from(tasks)
COUNTED = (
    upsert(numbers)
    .values(community_id=1, kind=bindparam("kind"), year=2026, last=1)
    .on_conflict_do_update(index_elements=["community_id", "kind", "year"], set_={"last": numbers.c.last + 1})
    .returning(numbers.c.last)
)
LISTED = select(tasks.c.number).where(tasks.c.number.in_(bindparam("wanted", expanding=True)))


async def found(tx: Transaction) -> None:
    await units.add(tx, None, UnitKind.COMMUNITY, "桂花里")


def told(path: Path, story: Any) -> Any:
    async def tell() -> Any:
        async with house(path) as database:
            await database.write(found)
            return await database.write(story)

    return run(tell())


def ways(tx: Transaction, statement: Executable, values: Values | None) -> Prepared | None:
    return tx._shelf.find(statement, values)


def test_rows_have_the_same_values_names_and_types_either_way(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> None:
        for number in range(3):
            await tx.add(ADD, {**TASK, "number": number})
        for statement, values in ((ALL, None), (SOME, {"title": "换电梯"}), (TWICE, None), (COUNT, None)):
            slow = await tx.rows(statement, values)
            quick = await tx.rows(statement, values)
            assert ways(tx, statement, values)
            assert [tuple(row) for row in quick] == [tuple(row) for row in slow]
            assert len(quick) in {1, 3}
            assert [type(cell) for cell in quick[0]] == [type(cell) for cell in slow[0]]
            assert quick[0]._fields == slow[0]._fields
            assert await tx.row(statement, values) == slow[0]

    told(tmp_path / "house.db", story)


def test_a_row_is_read_by_name_and_by_place(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> Sequence[Any]:
        await tx.add(ADD, TASK)
        return [await tx.row(ALL), await tx.row(ALL)]

    _, row = told(tmp_path / "house.db", story)
    assert (row.title, row.budget, str(row.budget), row.due_on) == (
        "换电梯",
        Decimal("88.5"),
        "88.50",
        date(2026, 12, 1),
    )
    assert row.created_at == NOW
    assert row.created_at.tzinfo is UTC
    assert row.state is TaskState.OPEN
    assert row[0] == 1
    assert row.remind_at is None


def test_a_query_without_an_answer_gives_nothing(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> None:
        for _ in range(3):
            assert await tx.row(SOME, {"title": "没有"}) is None
            assert list(await tx.rows(SOME, {"title": "没有"})) == []

    told(tmp_path / "house.db", story)


def test_changes_count_the_rows_they_touch_and_give_the_keys_they_made(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> None:
        assert [await tx.add(ADD, {**TASK, "number": number}) for number in range(4)] == [1, 2, 3, 4]
        assert [await tx.run(MOVE, {"which": which, "to": 30}) for which in (0, 1, 9)] == [1, 1, 0]
        assert [await tx.run(DROP, {"which": which}) for which in (0, 0, 1)] == [1, 0, 1]
        assert [row.percent for row in await tx.rows(ALL)] == [0, 0]

    told(tmp_path / "house.db", story)


def test_many_rows_at_once_and_other_columns_the_next_time(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> None:
        for first in (0, 10, 20):
            assert await tx.run(ADD, [{**TASK, "number": first + number} for number in range(3)]) == 3
        await tx.run(ADD, {**TASK, "number": 90, "remind_at": NOW})
        await tx.run(ADD, {**TASK, "number": 91, "remind_at": NOW})
        rows = await tx.rows(ALL)
        assert [row.number for row in rows] == [0, 1, 2, 10, 11, 12, 20, 21, 22, 90, 91]
        assert [row.remind_at for row in rows[-3:]] == [None, NOW, NOW]

    told(tmp_path / "house.db", story)


def test_what_a_change_returns_is_read(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> None:
        counted = [await tx.row(COUNTED, {"kind": "issue"}) for _ in range(4)]
        assert [row[0] for row in counted if row] == [1, 2, 3, 4]

    told(tmp_path / "house.db", story)


def test_lists_of_any_length_and_plain_text_go_the_long_way(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> None:
        await tx.run(ADD, [{**TASK, "number": number} for number in range(5)])
        for wanted in ([1, 3], [0], [], [4, 2, 1]):
            assert sorted(row[0] for row in await tx.rows(LISTED, {"wanted": wanted})) == sorted(wanted)
            assert ways(tx, LISTED, {"wanted": wanted}) is None
        plain = text("SELECT count(*) FROM tasks WHERE number > :least")
        assert [row[0] for _ in range(3) if (row := await tx.row(plain, {"least": 2}))] == [2, 2, 2]

    told(tmp_path / "house.db", story)


def test_what_the_database_refuses_is_the_same_error_and_names_no_values(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    statement = insert(turnouts)

    async def story() -> None:
        async with house(path) as database:
            for _ in range(3):
                with pytest.raises(IntegrityError) as refused:
                    await database.write(lambda tx: tx.run(statement, {"poll_id": 7654321, "heads": 1}))
                assert "FOREIGN KEY" in str(refused.value.orig)
                assert "7654321" not in str(refused.value)

    run(story())


def test_a_word_that_is_none_of_the_words_and_a_naive_moment_are_refused_either_way(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> None:
        for _ in range(3):
            with pytest.raises(Exception, match="time zone"):
                await tx.add(ADD, {**TASK, "created_at": datetime(2026, 11, 2)})  # noqa: DTZ001
            with pytest.raises(Exception, match="begun"):
                await tx.add(ADD, {**TASK, "state": "begun"})

    told(tmp_path / "house.db", story)


def test_statements_made_for_one_occasion_are_not_kept(tmp_path: Path) -> None:
    async def story(tx: Transaction) -> int:
        before = len(tx._shelf._seen)
        for number in range(50):
            await tx.rows(select(tasks).where(tasks.c.number == number))
        return len(tx._shelf._seen) - before

    assert told(tmp_path / "house.db", story) <= 1
