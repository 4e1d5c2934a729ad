"""All slices together: whatever is asked for has somebody who hears it."""

import ast
import importlib
import pkgutil
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pytest

import handlers
from handlers.events import StageBrief, StageEntered
from handlers.house import all_routes
from handlers.procedures.terms import StageKind
from handlers.routes import Reaction, Routes
from handlers.settings import Settings
from handlers.work import House, Work
from storage import due
from storage.database import Transaction, drive
from storage.messages import Address, Inbound, Presence
from storage.records import GroupRole, Secrecy

ROOT = Path(handlers.__file__).parent
MOMENT = datetime(2026, 11, 2, 1, tzinfo=UTC)
BRIEF = StageBrief(
    kind="",
    name="议事",
    body="residents",
    group=GroupRole.RESIDENTS,
    rule="",
    limit=MOMENT,
    days=1,
    secrecy=Secrecy.OPEN,
    changeable="",
    basis="",
    doc="",
    private="",
    advisory="",
    wait_until=None,
    remote_basis="",
    choices=(),
)


class Reached(Exception):
    """A handler asked for a row: it took the event to be its own."""


class NoRows:
    """Stands where the transaction would, and tells that somebody came for a row."""

    writes = 0

    def __getattr__(self, name: str) -> Any:
        raise Reached(name)


def work() -> Work:
    event = Inbound("clock", "e1", Address("clock", "story"), MOMENT, Presence("inside"))
    routes = all_routes()
    house = House(routes.reactions, routes.drawings, Settings())
    return Work(cast("Transaction", NoRows()), house, event, MOMENT)


def takes(follow: Reaction, kind: str) -> bool:
    """Whether this reaction has anything to do when a stage of that kind is entered."""
    try:
        drive(
            cast(
                "Coroutine[object, object, None]",
                follow(work(), StageEntered(1, 1, replace(BRIEF, kind=kind))),
            )
        )
    except Reached:
        return True
    return False


@pytest.mark.parametrize("kind", list(StageKind))
def test_every_kind_of_stage_has_a_slice_that_opens_it(kind: StageKind) -> None:
    followers = all_routes().reactions[StageEntered]
    assert [follow for follow in followers if takes(follow, kind) and not takes(follow, "no such kind")]


def test_every_moment_that_can_fall_due_has_a_handler_and_the_other_way_round() -> None:
    kinds = [moment.selected_columns["what"].element.value for moment in due.MOMENTS]
    assert len(kinds) == len(set(kinds)) > 5
    assert set(all_routes().moments) == set(kinds)


def pressed() -> Iterator[tuple[str, ast.expr]]:
    """(where, verb) of every `press(verb, …)` that makes a button."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "press":
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


def beginning(verb: ast.expr) -> str | None:
    """A verb that is written out, or how one that is put together begins; None for a name."""
    if isinstance(verb, ast.Constant):
        return str(verb.value)
    if isinstance(verb, ast.JoinedStr) and isinstance(verb.values[0], ast.Constant):
        return str(verb.values[0].value)
    return None


def test_every_button_has_a_handler() -> None:
    heard = all_routes().presses
    verbs = [(where, verb, begins) for where, verb in pressed() if (begins := beginning(verb))]
    assert len(verbs) > 5
    deaf = [
        (where, begins)
        for where, verb, begins in verbs
        if begins not in heard
        and not (isinstance(verb, ast.JoinedStr) and any(one.startswith(begins) for one in heard))
    ]
    assert not deaf


def parts() -> Iterator[tuple[str, Routes]]:
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        routes = getattr(importlib.import_module(module.name), "routes", None)
        if isinstance(routes, Routes):
            yield module.name, routes


def handlers_of(part: Routes) -> set[int]:
    single = chain(part.commands.values(), part.presses.values(), part.moments.values())
    following = chain.from_iterable(part.reactions.values())
    hearing = chain.from_iterable(part.hearers.values())
    return {id(one) for one in chain(single, part.drawings.values(), following, hearing)}


def test_no_part_of_a_slice_was_left_out_of_the_house() -> None:
    known, found = handlers_of(all_routes()), dict(parts())
    assert len(found) > 5
    assert not [name for name, part in found.items() if not handlers_of(part) <= known]


def test_every_card_that_is_redrawn_has_somebody_to_draw_it() -> None:
    nouns = set()
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "refresh"
                and isinstance(node.args[0], ast.JoinedStr)
                and isinstance(node.args[0].values[0], ast.Constant)
            ):
                nouns.add(str(node.args[0].values[0].value).rstrip(":"))
    assert nouns
    assert nouns <= set(all_routes().drawings)
