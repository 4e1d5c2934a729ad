"""Finding the poll an operator means, and making the file of it."""

import re
from dataclasses import dataclass

from bot.cli.front import Refused
from bot.recount.reading import Node
from handlers.choices.results import SMALLEST_SECRET, too_few
from handlers.labels import label
from handlers.polls.counting import publish
from handlers.polls.published import exported
from handlers.texts import text
from handlers.words import narrow
from storage import polls, units
from storage.database import Transaction
from storage.listings import numbered
from storage.records import Poll, PollState, Topic, Unit

_WRITTEN = re.compile(r"(议题?|表决)?([0-9]{1,6})号?", re.ASCII)
_TOPIC = "议"
_ENOUGH = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A poll by its own number, or the latest one about the topic of that number, where and when it was."""

    written: str
    number: int
    by_topic: str
    unit: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed poll as a file, with the name it goes by."""

    id: str
    community: int
    label: str
    seal: str
    file: str
    name: str

    def is_told_by(self, other: Node) -> bool:
        """Whether another file is an export of the same poll."""
        poll = other.field("poll") if other.has("announced") and other.has("poll") else Node({})
        return (poll.field("id").value, poll.field("community").value) == (self.id, self.community)


def read_wanted(written: str, unit: str, year: int | None) -> Wanted | None:
    """Read 3, 表决3 or 议7; None for anything else."""
    match = _WRITTEN.fullmatch(narrow(written.strip()))
    if match is None:
        return None
    by_topic = match[1] if match[1] and match[1].startswith(_TOPIC) else ""
    return Wanted(written, int(match[2]), by_topic, unit, year)


async def closed_poll(tx: Transaction, wanted: Wanted) -> Closed:
    """The file of the poll that is meant. Refused when there is none, several, or no verdict yet."""
    poll = await _the_one(tx, wanted)
    if poll.state is not PollState.CLOSED:
        raise Refused(text("recount.export_not_closed", poll=label("poll", poll)))
    published = await publish(tx, poll)
    if too_few(poll, len(published.links)):
        raise Refused(text("recount.export_too_few", poll=label("poll", poll), least=SMALLEST_SECRET))
    return Closed(
        id=f"{poll.year}-{poll.number}",
        community=poll.community_id,
        label=label("poll", poll),
        seal=published.seal,
        file=exported(poll, published),
        name=text("recount.export_name", year=poll.year, number=poll.number),
    )


async def poll_meant(tx: Transaction, wanted: Wanted) -> Poll:
    """The poll that is meant, in whatever state. Refused when there is none or several."""
    return await _the_one(tx, wanted)


async def _the_one(tx: Transaction, wanted: Wanted) -> Poll:
    found = await (_about_topics if wanted.by_topic else _numbered)(tx, wanted)
    if not found:
        raise Refused(text("recount.export_none", number=wanted.written))
    if len(found) > 1:
        told = [
            f"{poll.year}-{poll.number} {(await units.get(tx, poll.community_id)).name}" for poll in found
        ]
        raise Refused(text("recount.export_several", found="、".join(told)))
    return found[0]


async def _numbered(tx: Transaction, wanted: Wanted) -> list[Poll]:
    found = await numbered(tx, Poll, await _community(tx, wanted.unit), wanted.number, _ENOUGH)
    return [poll for poll in found if wanted.year in {None, poll.year}]


async def _about_topics(tx: Transaction, wanted: Wanted) -> list[Poll]:
    """The latest poll about each topic of that number that is meant."""
    topics = await numbered(tx, Topic, await _community(tx, wanted.unit), wanted.number, _ENOUGH)
    about = [await polls.of_topic(tx, topic.id) for topic in topics if wanted.year in {None, topic.year}]
    return [found[-1] for found in about if found]


async def _community(tx: Transaction, name: str) -> int | None:
    if not name:
        return None
    for unit in await units.named(tx, name):
        above: Unit | None = await units.community_of(tx, unit)
        if above:
            return above.id
    raise Refused(text("recount.no_unit", unit=name))
