"""从多: the office puts the clause on file before the first ballot; everybody is warned; both results are printed later.

Off unless asked for, and never what decides the case: silence in a chat is no consent.
"""

import re

from handlers.audience import private_address
from handlers.bodies.catalogue import Counts, body
from handlers.events import DeemedAllowed
from handlers.matters.catalogue import routes as lawful_routes
from handlers.matters.lint import silence_as_consent
from handlers.matters.stored import grounds_of
from handlers.permissions import DESK, require
from handlers.polls.closing import concerned
from handlers.polls.lookup import of_topic
from handlers.polls.views import poll_card, poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.rules.beside import dump_grounds
from handlers.rules.deemed import Grounds, check_grounds
from handlers.rules.tally import Measures
from handlers.texts import text
from handlers.work import Work
from storage import polls, units
from storage.messages import Button, Card, Said
from storage.records import Poll, PollState, Secrecy

routes = Routes()
_LATER = re.compile(r"[,，、。;；]?\s*(?:已?在)?(?:首次|第一次)(?:业主)?(?:大会|会议)(?:之|以)?后")


@routes.command("从多", "deem")
async def allow(work: Work, said: Said, rest: str) -> None:
    """`从多 议7 依据 《业主大会议事规则》第12条 首次大会后`: count served non-voters as well, beside the strict result."""
    poll, words = await of_topic(work, said, rest)
    await require(work, await units.get(work.tx, poll.community_id), *DESK)
    await _require_possible(work, poll)
    clause = _clause(words)
    warning = text("polls.deemed_warning", clause=clause)
    check_grounds(Grounds(clause, warning, 1, Measures(0)))
    await polls.change(work.tx, poll.id, deemed=dump_grounds(clause, warning))
    await work.record(DeemedAllowed(poll.id, clause))
    work.refresh(f"poll:{poll.id}")
    await _warn(work, await polls.get(work.tx, poll.id), warning)
    work.answer(text("polls.deemed_allowed", poll=await poll_label(work, poll), clause=clause))


def _clause(words: str) -> str:
    """The clause as cited. Refusal without one, for one that calls silence consent, and at a first meeting."""
    cited = words.partition("依据")[2]
    if found := silence_as_consent(cited):
        raise Refusal("polls.not_so", why=text("matters.silence", words=found))
    if not _LATER.search(cited):
        raise Refusal("polls.deemed_usage")
    clause = _LATER.sub("", cited).strip()
    if not clause:
        raise Refusal("polls.deemed_usage")
    return clause


async def _require_possible(work: Work, poll: Poll) -> None:
    """Only an open-ballot owners' poll whose lawful route knows 从多, and only before anybody has voted."""
    label = await poll_label(work, poll)
    if poll.state is not PollState.OPEN or work.now >= poll.closes_at:
        raise Refusal("polls.over", poll=label)
    route = lawful_routes().get(grounds_of(poll).route)
    if route is None or not route.deemed or body(poll.body).counts is not Counts.OWNER:
        raise Refusal("polls.deemed_not_here", poll=label)
    if poll.ask or poll.secrecy is Secrecy.SECRET:
        raise Refusal("polls.deemed_not_this_kind", poll=label)
    if poll.deemed:
        raise Refusal("polls.deemed_already", poll=label)
    if await polls.turnout(work.tx, poll.id):
        raise Refusal("polls.deemed_too_late", poll=label)


async def _warn(work: Work, poll: Poll, warning: str) -> None:
    """Said once wherever the question was put, and with the card to everybody entitled, who may say 已收到."""
    said = text("polls.deemed_told", poll=await poll_label(work, poll), warning=warning)
    for address in await concerned(work, poll):
        work.say(address, said, once=f"poll:{poll.id}:deemed:{address}")
    card = await poll_card(work, poll)
    button = Button(text("polls.served_button"), press("poll.served", poll.id))
    copy = Card(card.text, (*card.rows, (button,)))
    for elector in await polls.entitled(work.tx, poll.id):
        alone = None if elector.barred else await private_address(work, elector.member_id)
        if alone:
            work.say(alone, copy, once=f"poll:{poll.id}:copy:{elector.member_id}")
