"""委托: the office writes down a paper it has seen, and the holder casts the ballot; nobody hands a proxy on."""

import re
from dataclasses import dataclass

from handlers.audience import private_address
from handlers.events import ProxyEnded, ProxyGiven
from handlers.permissions import TRIAGE, require
from handlers.polls.ballot_paper import paper_of
from handlers.polls.lookup import of_topic
from handlers.polls.naming import one_named
from handlers.polls.proxy_casting import holders_card
from handlers.polls.proxy_limits import limits_of, require_allowed, require_holder
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import members, polls, proxies, units
from storage.messages import Card, Said
from storage.records import Member, Poll, PollState, Proxy, Secrecy

routes = Routes()
_WRITTEN = re.compile(
    r"(?P<giver>\S+?)\s*[由给]\s*(?P<holder>\S+?)\s*(?:凭\s*(?P<paper>.*?))?\s*(?:依据\s*(?P<cited>.*))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Order:
    """Who gives a proxy to whom, what was signed, and the local rule the office cites."""

    giver: str
    holder: str
    paper: str
    cited: str


@routes.command("委托", "proxy")
async def give(work: Work, said: Said, rest: str) -> None:
    """`委托 议7 张三 由 李四 凭 书面委托书 [依据 议事规则第8条至多3份]`, by whoever saw the paper."""
    poll, words = await of_topic(work, said, rest)
    community = await units.get(work.tx, poll.community_id)
    await require(work, community, *TRIAGE)
    await require_running(work, poll)
    order = _read(said, words)
    limits = limits_of(poll, order.cited)
    require_allowed(limits, poll)
    if poll.secrecy is Secrecy.SECRET:
        raise Refusal("polls.proxy_secret")
    giver = await one_named(work, poll.community_id, order.giver)
    holder = await one_named(work, poll.community_id, order.holder)
    require_holder(limits, giver, holder, await proxies.of_poll(work.tx, poll.id), work.now)
    await _require_free(work, poll, giver, holder)
    recorder = await work.someone()
    if recorder.id == holder.id:
        raise Refusal("polls.proxy_own_record")
    await proxies.add(work.tx, Proxy(poll.id, giver.id, holder.id, order.paper, recorder.id, work.now))
    await work.record(ProxyGiven(poll.id, giver.id, holder.id))
    await _tell_both(work, poll, giver, holder)


@routes.command("撤销委托", "unproxy")
async def withdraw(work: Work, said: Said, rest: str) -> None:
    """`撤销委托 议7 张三` by the office, `撤销委托 议7` by whoever gave it; a ballot already handed in stands."""
    poll, words = await of_topic(work, said, rest)
    giver = await _who_withdraws(work, poll, words.strip())
    await require_running(work, poll)
    given = await proxies.of_member(work.tx, poll.id, giver.id)
    if given is None:
        raise Refusal("polls.proxy_not_given", name=giver.name)
    standing = await polls.standing(work.tx, poll.id, giver.id)
    holder = await members.get(work.tx, given.holder_id)
    if standing and standing.cast_by == holder.id:
        raise Refusal("polls.proxy_used", holder=holder.name, name=giver.name)
    await proxies.withdraw(work.tx, poll.id, giver.id)
    await work.record(ProxyEnded(poll.id, giver.id))
    await _tell(work, holder, text("polls.proxy_gone", poll=await poll_label(work, poll), name=giver.name))
    work.answer(text("polls.proxy_withdrawn", poll=await poll_label(work, poll), name=giver.name))


async def require_running(work: Work, poll: Poll) -> None:
    """Refuse once ballots can no longer come; a poll that is only announced is running."""
    if poll.state is not PollState.OPEN or work.now >= poll.closes_at:
        raise Refusal("polls.over", poll=await poll_label(work, poll))


def _read(said: Said, words: str) -> _Order:
    match = _WRITTEN.fullmatch(words.strip())
    if match is None:
        raise Refusal("polls.proxy_usage")
    paper = (match["paper"] or "").strip() or (text("polls.proxy_photo") if said.files else "")
    if not paper:
        raise Refusal("polls.proxy_in_writing")
    return _Order(match["giver"], match["holder"], paper, (match["cited"] or "").strip())


async def _require_free(work: Work, poll: Poll, giver: Member, holder: Member) -> None:
    """The giver can vote and has not; the holder is not kept out of the poll and votes for another entry."""
    standing = await polls.standing(work.tx, poll.id, giver.id)
    theirs = await polls.standing(work.tx, poll.id, holder.id)
    if standing is None or standing.entitled is None:
        raise Refusal("polls.paper_not_on_roll", name=giver.name)
    if standing.barred:
        raise Refusal("polls.proxy_barred", name=giver.name)
    if standing.cast is not None:
        raise Refusal("polls.proxy_too_late", name=giver.name)
    if theirs is not None and theirs.barred:
        raise Refusal("polls.proxy_holder_barred", holder=holder.name)
    if theirs is not None and theirs.entitled == standing.entitled:
        raise Refusal("polls.proxy_shared", name=giver.name, holder=holder.name)
    if await proxies.of_entry(work.tx, poll.id, standing.entitled):
        raise Refusal("polls.proxy_twice", name=giver.name)


async def _tell_both(work: Work, poll: Poll, giver: Member, holder: Member) -> None:
    names = {"poll": await poll_label(work, poll), "name": giver.name, "holder": holder.name}
    held = text("polls.proxy_held", **names, example=paper_of(poll).example)
    await _tell(work, holder, holders_card(poll, giver, held))
    await _tell(work, giver, text("polls.proxy_given_away", **names))
    work.answer(text("polls.proxy_recorded", **names))


async def _tell(work: Work, member: Member, said: Card | str) -> None:
    if address := await private_address(work, member.id):
        work.say(address, said, once=f"{work.event.event_id}:{member.id}")


async def _who_withdraws(work: Work, poll: Poll, name: str) -> Member:
    """Whoever is named, by the office or by themselves."""
    giver = await one_named(work, poll.community_id, name) if name else await work.someone()
    if work.member is None or giver.id != work.member.id:
        await require(work, await units.get(work.tx, poll.community_id), *TRIAGE)
    return giver
