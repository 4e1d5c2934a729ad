"""Looking at the inbox, the outbox, what is due and the journal."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from bot.cli.opening import opened
from bot.cli.screen import local, plain, show_json, show_table
from bot.config import Config
from handlers.intake.masking import mask
from handlers.texts import sentences, term, text
from storage import due, inbox, outbox
from storage.listings import entries
from storage.outbox import Pending
from storage.records import OutboxState

_WAITING = (OutboxState.WAITING, OutboxState.SENDING, OutboxState.FAILED, OutboxState.DOUBTFUL)
_SHOWN = 24


async def parked(config: Config, *, as_json: bool) -> None:
    """The events set aside; their words stay in the database."""
    async with opened(config.storage.url) as database:
        found = await database.read(inbox.parked)
    if as_json:
        for one in found:
            key = f"{one.platform}:{one.event_id}"
            show_json({"key": key, "at": one.at.isoformat(), "error": mask(one.error)})
        return
    zone = config.community.timezone
    rows = ((f"{one.platform}:{one.event_id}", local(one.at, zone), mask(one.error)) for one in found)
    show_table(("key", "at", "error"), rows, "cli.inbox_empty")


async def letters(config: Config, *, as_json: bool) -> None:
    """What waits to be told, what could not be, and what may or may not have been."""
    async with opened(config.storage.url) as database:
        found = await database.read(lambda tx: outbox.listed(tx, *_WAITING))
    if as_json:
        for one in found:
            show_json(_letter(one))
        return
    zone = config.community.timezone
    rows = (
        (
            one.id,
            term("outbox_state", one.state),
            one.address,
            local(one.not_before, zone),
            one.attempts,
            mask(one.error),
            _glimpse(one),
        )
        for one in found
    )
    columns = ("id", "state", "address", "not_before", "attempts", "error", "text")
    show_table(columns, rows, "cli.outbox_empty")


def _letter(one: Pending) -> dict[str, object]:
    return {
        "id": one.id,
        "state": one.state,
        "act": one.act,
        "address": str(one.address),
        "urgency": one.urgency,
        "not_before": one.not_before.isoformat(),
        "attempts": one.attempts,
        "error": mask(one.error),
        "text": _glimpse(one),
    }


def _glimpse(one: Pending) -> str:
    """The beginning of a letter, enough to know it by."""
    said = mask(one.card.text).replace("\n", " ")
    return said if len(said) <= _SHOWN else said[:_SHOWN] + "…"


async def due_moments(config: Config, count: int, *, as_json: bool) -> None:
    """The next moments, and those that have passed without having been rung."""
    async with opened(config.storage.url) as database:
        found = await database.read(lambda tx: due.coming(tx, count))
    if as_json:
        for one in found:
            fields = {name: value for name, value in asdict(one).items() if name != "kind"}
            show_json(fields | {"moment": one.moment.isoformat()})
        return
    now, zone = datetime.now(UTC), config.community.timezone
    rows = (
        (
            local(one.moment, zone),
            _moment_name(one.what),
            f"{one.what.partition('.')[0]}:{one.subject}",
            text("cli.overdue") if one.moment < now else "",
        )
        for one in found
    )
    show_table(("at", "what", "subject", "state"), rows, "cli.nothing_due")


def _moment_name(what: str) -> str:
    return sentences().get(f"cli_moment.{what.replace('.', '_')}", what)


async def journal_lines(config: Config, about: str, count: int, *, as_json: bool) -> None:
    """The newest lines of the journal."""
    async with opened(config.storage.url) as database:
        found = await database.read(lambda tx: entries(tx, about, count))
    if as_json:
        for one in found:
            show_json({**plain(one), "detail": _masked(one.detail)})
        return
    zone = config.community.timezone
    rows = ((local(one.at, zone), one.actor_id, one.event, one.subject, mask(one.detail)) for one in found)
    show_table(("at", "actor", "event", "subject", "detail"), rows, "cli.journal_empty")


def _masked(detail: str) -> dict[str, object]:
    fields: dict[str, object] = json.loads(detail)
    return {name: mask(value) if isinstance(value, str) else value for name, value in fields.items()}
