"""What the operator decides about events that could not be handled and letters that could not be told."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime

import typer
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from bot.cli.acting import act, listening_house
from bot.cli.front import Refused
from bot.cli.logs import bare
from bot.cli.opening import opened
from bot.config import Config
from bot.config.handed import house_settings
from bot.inlet import ENVELOPE
from handlers.dispatch import Dispatch, WroteBeforeRefusingError
from handlers.events import LetterSettled, ParkedSettled
from handlers.groupbook import GroupBook
from handlers.house import all_routes
from handlers.texts import text
from handlers.work import Work
from storage import inbox, outbox
from storage.database import Database, Transaction
from storage.messages import Inbound
from storage.outbox import Pending
from storage.records import OutboxState

_Judge = Callable[[Work, Pending], Coroutine[object, object, None]]


async def retry_event(config: Config, key: str) -> None:
    """Handle a parked event once more. Refused when it fails again; it then stays parked."""
    async with opened(config.storage.url) as database:
        event = await _parked(database, key)
        house = await listening_house(database, house_settings(config))
        dispatch = Dispatch(all_routes(), house, GroupBook())
        try:
            await _handle(database, dispatch, event)
        except Exception as fault:
            raise Refused(text("cli.retry_failed", event=key, where=bare(fault))) from fault
        await act(database, house_settings(config), lambda work: _note(work, key, "retried"))
    typer.echo(text("cli.event_retried", event=key))


async def _handle(database: Database, dispatch: Dispatch, event: Inbound) -> None:
    now = datetime.now(UTC)

    async def again(tx: Transaction) -> None:
        await inbox.forget(tx, event.platform, event.event_id)
        await dispatch.batch(tx, [event], now)

    try:
        await database.write(again)
    except WroteBeforeRefusingError as no:
        refusal = no.refusal

        async def refuse(tx: Transaction) -> None:
            await inbox.forget(tx, event.platform, event.event_id)
            await dispatch.refuse(tx, event, refusal, now)

        await database.write(refuse)


async def _parked(database: Database, key: str) -> Inbound:
    for one in await database.read(inbox.parked):
        if f"{one.platform}:{one.event_id}" == key:
            try:
                if not one.body:
                    raise Refused(text("cli.event_unkept", event=key))
                return ENVELOPE.validate_json(one.body)
            except ValidationError:
                raise Refused(text("cli.event_unreadable", event=key)) from None
    raise Refused(text("cli.no_parked", event=key))


async def drop_event(config: Config, key: str) -> None:
    """Let a parked event be: it counts as done, and its words are forgotten."""
    platform, _, event_id = key.partition(":")

    async def job(work: Work) -> None:
        parked = await inbox.parked(work.tx)
        if not any((one.platform, one.event_id) == (platform, event_id) for one in parked):
            raise Refused(text("cli.no_parked", event=key))
        await inbox.forget(work.tx, platform, event_id)
        await inbox.admit(work.tx, [(platform, event_id)], work.now)
        await _note(work, key, "dropped")

    async with opened(config.storage.url) as database:
        await act(database, house_settings(config), job)
    typer.echo(text("cli.event_dropped", event=key))


async def _note(work: Work, key: str, what: str) -> None:
    await work.record(ParkedSettled(key, what))


async def retry_letter(config: Config, letter_id: int) -> None:
    """Offer a letter again that was given up or is in doubt."""

    async def job(work: Work, letter: Pending) -> None:
        if letter.state not in {OutboxState.FAILED, OutboxState.DOUBTFUL}:
            raise Refused(text("cli.letter_not_stuck", id=letter_id))
        fresh = replace(letter, attempts=0, not_before=work.now)
        await outbox.mark(work.tx, fresh, OutboxState.WAITING)
        await work.record(LetterSettled(letter_id, "retried"))

    try:
        await _with_letter(config, letter_id, job)
    except IntegrityError:
        raise Refused(text("cli.letter_outdated", id=letter_id)) from None
    typer.echo(text("cli.letter_retried", id=letter_id))


async def drop_letter(config: Config, letter_id: int) -> None:
    """Give a letter up for good."""

    async def job(work: Work, letter: Pending) -> None:
        if letter.state in {OutboxState.SENT, OutboxState.DROPPED, OutboxState.SENDING}:
            raise Refused(text("cli.letter_too_late", id=letter_id))
        await outbox.mark(work.tx, letter, OutboxState.DROPPED, error=letter.error)
        await work.record(LetterSettled(letter_id, "dropped"))

    await _with_letter(config, letter_id, job)
    typer.echo(text("cli.letter_dropped", id=letter_id))


async def _with_letter(config: Config, letter_id: int, judge: _Judge) -> None:
    async def job(work: Work) -> None:
        letter = await outbox.get(work.tx, letter_id)
        if letter is None:
            raise Refused(text("cli.no_letter", id=letter_id))
        await judge(work, letter)

    async with opened(config.storage.url) as database:
        await act(database, house_settings(config), job)
