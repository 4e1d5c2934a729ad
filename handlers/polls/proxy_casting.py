"""代投: the holder of a proxy casts the ballot of whoever gave it, and they hear at once what was cast for them."""

from handlers.audience import private_address
from handlers.choices.taps import Handing
from handlers.keys import first_key
from handlers.polls.ballot_paper import handing_of, paper_of
from handlers.polls.casting import require_may_cast, take
from handlers.polls.lookup import of_topic
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes, press
from handlers.texts import text
from handlers.work import Work
from storage import members, polls, proxies
from storage.messages import Button, Card, Said
from storage.polls import Standing
from storage.records import Ballot, Member, Poll, Proxy

routes = Routes()
routes.unkept.update({"代投", "poll.proxy"})


@routes.command("代投", "castfor")
async def cast_in_words(work: Work, said: Said, rest: str) -> None:
    """`代投 议7 张三 赞成`, by whoever holds the proxy; the name may be left out where there is but one."""
    poll, words = await of_topic(work, said, rest)
    givers = [await members.get(work.tx, proxy.member_id) for proxy in await _held(work, poll)]
    giver, choice = _whose(givers, words.strip())
    await _cast_for(work, poll, giver, paper_of(poll).read(choice))


@routes.press("poll.proxy")
async def press_cast(work: Work, arguments: tuple[str, ...]) -> None:
    """A choice on the card that came with the proxy: poll, who gave it, the choice."""
    key, giver_key = first_key(arguments), first_key(arguments[1:])
    poll = await polls.find(work.tx, key) if key is not None else None
    if poll is None or poll.ask:
        raise Refusal("dispatch.stale_button")
    held = {proxy.member_id for proxy in await _held(work, poll)}
    if giver_key not in held or giver_key is None:
        raise Refusal("polls.proxy_none_held")
    giver = await members.get(work.tx, giver_key)
    await _cast_for(work, poll, giver, paper_of(poll).press("".join(arguments[2:3]), None))


def holders_card(poll: Poll, giver: Member, said: str) -> Card:
    """What the holder is told, with the choices to press where one press is a ballot."""
    if poll.ask:
        return Card(said)
    rows = tuple(
        tuple(Button(tap.label, press("poll.proxy", poll.id, giver.id, tap.mark)) for tap in row)
        for row in paper_of(poll).rows
    )
    return Card(said, rows)


async def by_whom(work: Work, ballot: Ballot) -> str:
    """（李四代） where somebody else handed the ballot in, else nothing."""
    if ballot.cast_by is None:
        return ""
    return text("polls.cast_by", name=(await members.get(work.tx, ballot.cast_by)).name)


async def _held(work: Work, poll: Poll) -> list[Proxy]:
    if work.member is None:
        raise Refusal("polls.unknown_voter")
    held = await proxies.held_by(work.tx, poll.id, work.member.id)
    if not held:
        raise Refusal("polls.proxy_none_held")
    return held


def _whose(givers: list[Member], words: str) -> tuple[Member, str]:
    """Whose ballot is meant, and what it is to say."""
    name, _, choice = words.partition(" ")
    named = [giver for giver in givers if name in (giver.name, f"{giver.name}@{giver.door}")]
    if len(named) == 1:
        return named[0], choice
    if len(givers) == 1 and not named:
        return givers[0], words
    raise Refusal("polls.proxy_whose", names="、".join(f"{giver.name}@{giver.door}" for giver in givers))


async def _cast_for(work: Work, poll: Poll, giver: Member, choice: str) -> None:
    """Cast it under the giver's own standing; what they cast themselves goes before."""
    assert work.member is not None
    standing = await polls.standing(work.tx, poll.id, giver.id)
    if standing is None:
        raise Refusal("dispatch.stale_button")
    if standing.barred:
        raise Refusal("polls.proxy_barred", name=giver.name)
    require_may_cast(standing, work)
    if standing.cast is not None and standing.cast_by != work.member.id:
        raise Refusal("polls.proxy_voted_oneself", name=giver.name)
    await take(work, poll.id, standing, choice, cast_by=work.member.id)
    await _tell_giver(work, poll, standing, giver, choice)


async def _tell_giver(work: Work, poll: Poll, standing: Standing, giver: Member, choice: str) -> None:
    """Whoever gave a proxy hears what was cast with it, so that they can object."""
    address = await private_address(work, giver.id)
    if address is None or standing.cast == choice:
        return
    assert work.member is not None
    values = {
        "poll": await poll_label(work, poll),
        "holder": work.member.name,
        "choice": paper_of(poll).words(choice),
    }
    once = f"{work.event.event_id}:{giver.id}"
    if handing_of(poll) is Handing.REVISED:
        work.say(address, text("polls.proxy_cast_told_changeable", **values), once=once)
    else:
        work.say(address, text("polls.proxy_cast_told", **values), once=once)
