"""At the close: what joins the strict verdict (see `handlers.rules.beside`); and what the card of a running poll adds."""

import json
from collections.abc import Mapping

from handlers.polls.counting import Box
from handlers.receipts import receipt_of, written
from handlers.rules.beside import grounds_of, recused_lines, warnings_of
from handlers.rules.deemed import decide_deemed
from handlers.rules.stored import dump_tally, parse_rule, parse_tally
from handlers.rules.tally import Tally, total, weigh
from handlers.work import Work
from storage import polls, recusals, services
from storage.records import Elector, Poll, Secrecy


async def with_beside(work: Work, poll: Poll, verdict: str, box: Box) -> str:
    """The strict verdict of a closing poll as JSON, with what stands beside it."""
    kept: dict[str, object] = json.loads(verdict)
    if stood_back := await recusals.count_in(work.tx, poll.id):
        kept["recused"] = stood_back
    if box.idle:
        kept["idle"] = _silent_in_the_room(poll, box)
    if poll.deemed:
        silent = await _served_and_silent(work, poll)
        kept["deemed"] = _block(poll, parse_tally(_table(kept["tally"])), silent)
    return json.dumps(kept, ensure_ascii=False)


def _silent_in_the_room(poll: Poll, box: Box) -> list[str] | int:
    """Who was present and cast nothing, by receipt; of a secret poll how many."""
    if poll.secrecy is Secrecy.SECRET:
        return len(box.idle)
    key = bytes.fromhex(poll.receipt_key)
    return sorted(written(receipt_of(key, entry)) for entry in box.idle)


async def open_notes(work: Work, poll: Poll) -> tuple[str, ...]:
    """How many stood back, and the consequence of not voting where non-voters may be counted."""
    return (*recused_lines(await recusals.count_in(work.tx, poll.id)), *warnings_of(poll))


async def _served_and_silent(work: Work, poll: Poll) -> list[Elector]:
    """The entries that were served, cast nothing, and were free to cast."""
    served = {service.member_id for service in await services.of_poll(work.tx, poll.id)}
    cast = {ballot.member_id for ballot in await polls.ballots_of(work.tx, poll.id)}
    electorate = await polls.electorate(work.tx, poll.id)
    return [one for one in electorate if one.member_id in served - cast and not one.barred]


def _block(poll: Poll, tally: Tally, silent: list[Elector]) -> dict[str, object]:
    rule = parse_rule(poll.rule)
    moved = total(weigh(rule, silent).values(), tally.roll)
    grounds, key = grounds_of(poll, moved), bytes.fromhex(poll.receipt_key)
    both = decide_deemed(rule, tally, grounds)
    return {
        "clause": grounds.clause,
        "joined": both.joined,
        "outcome": both.deemed.outcome,
        "tally": json.loads(dump_tally(both.deemed.tally)),
        "served": {"heads": moved.heads, "area": None if moved.area is None else f"{moved.area:f}"},
        "to": sorted(written(receipt_of(key, elector.member_id)) for elector in silent),
    }


def _table(found: object) -> Mapping[str, object]:
    assert isinstance(found, dict)
    return found
