"""Taking ballots: by button, by number, in a sentence. Whether somebody may is asked of the electorate every time."""

from handlers.bodies import name_of
from handlers.choices.taps import Handing
from handlers.codes import code_from, normal
from handlers.keys import first_key
from handlers.moments import moment
from handlers.polls.answered import answered
from handlers.polls.ballot_paper import handing_of, paper_of
from handlers.polls.lookup import asked_of, of_topic
from handlers.polls.views import poll_card
from handlers.receipts import receipt_of, written
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import members, polls
from storage.messages import Card, Inbound, Pressed, Said
from storage.polls import Standing
from storage.records import Ballot, Poll, PollState, Secrecy

routes = Routes()
routes.unkept.update({"poll.cast", "改投", "表决"})


@routes.press("poll.cast")
async def press_cast(work: Work, arguments: tuple[str, ...]) -> None:
    """A choice was pressed, or its number sent; in kinds that take several presses, one more of them."""
    poll_id, mark = first_key(arguments), "".join(arguments[1:2])
    if poll_id is None:
        raise Refusal("dispatch.stale_button")
    standing = await standing_of(work, poll_id)
    hand = standing_hand(work)
    await require_hand(work, poll_id, standing, hand)
    await _take(work, poll_id, standing, paper_of(standing).press(mark, standing.cast), hand)


@routes.command("表决", "投票", "vote", where=Where.STAFF | Where.PRIVATE)
async def cast_in_words(work: Work, said: Said, rest: str) -> None:
    """`表决 议7 赞成`, `表决 议7 2>1>3`."""
    poll, words = await asked_of(work, said, rest)
    choice = paper_of(poll).read(words)
    await take(work, poll.id, await standing_of(work, poll.id), choice)


@routes.hears(Said)
async def cast_by_answering(work: Work, inbound: Inbound) -> bool:
    """A reply to the card (or numbers after it, in private) that can be read as a ballot: `1 3`, `2>1`, `反对 太吵`.

    What cannot be read is somebody's remark. A secret ballot is taken from a command alone, whose words are never
    set aside.
    """
    said = inbound.content
    poll = await answered(work, said) if isinstance(said, Said) else None
    if poll is None or not isinstance(said, Said) or poll.state is not PollState.OPEN:
        return False
    try:
        choice = paper_of(poll).read(said.text)
    except Refusal as refusal:
        if refusal.key.startswith(("choices.usage", "polls.choices")):
            return False
        raise
    if poll.secrecy is Secrecy.SECRET:
        raise Refusal("polls.secret_in_words", example=paper_of(poll).example)
    await take(work, poll.id, await standing_of(work, poll.id), choice)
    return True


@routes.command("改投", "revote", where=Where.PRIVATE)
async def recast(work: Work, said: Said, rest: str) -> None:
    """`改投 议7 投票码 反对`: in a secret poll only the receipt knows the ballot."""
    poll, words = await of_topic(work, said, rest)
    receipt, _, choice_words = words.partition(" ")
    if not choice_words.strip() or poll.secrecy is not Secrecy.SECRET:
        raise Refusal("polls.recast_usage")
    require_open(poll, work)
    choice = paper_of(poll).read(choice_words)
    if await polls.recast_secretly(work.tx, poll.id, normal(receipt), choice) is None:
        raise Refusal("polls.no_such_receipt")
    work.whisper(text("polls.recast"))


async def standing_of(work: Work, poll_id: int) -> Standing:
    """How who acts stands to a poll that takes ballots now. Refusal when they may not cast one."""
    if work.member is None:
        raise Refusal("polls.unknown_voter")
    standing = await polls.standing(work.tx, poll_id, work.member.id)
    if standing is None:
        raise Refusal("dispatch.stale_button")
    require_may_cast(standing, work)
    return standing


def require_may_cast(standing: Standing, work: Work) -> None:
    """Refuse a ballot out of time, from outside the electorate, or of somebody who was barred from it."""
    require_open(standing, work)
    if standing.entitled is None:
        raise Refusal("polls.not_on_roll", body=name_of(standing.body))
    if standing.barred:
        raise Refusal("polls.barred", reason=standing.barred)


async def take(
    work: Work, poll_id: int, standing: Standing, choice: str, *, cast_by: int | None = None
) -> None:
    """Take a ballot for the entry of `standing`, which `require_may_cast` has let pass.

    `cast_by` is the holder of a proxy; without one it is handed in by who acts. Refusal where the entry's ballot is in and
    may not be replaced from this hand.
    """
    hand = cast_by or standing_hand(work)
    await require_hand(work, poll_id, standing, hand)
    await _take(work, poll_id, standing, choice, hand)


def standing_hand(work: Work) -> int:
    """The member from whose hand a ballot comes that nobody else hands in."""
    assert work.member is not None
    return work.member.id


async def _take(work: Work, poll_id: int, standing: Standing, choice: str, hand: int) -> None:
    """Take a ballot from a hand that `require_hand` has let pass."""
    if standing.secrecy is Secrecy.SECRET:
        await _take_secretly(work, poll_id, standing, choice)
    else:
        await _take_openly(work, poll_id, standing, choice, hand)
    work.refresh(f"poll:{poll_id}")


async def _take_openly(work: Work, poll_id: int, standing: Standing, choice: str, hand: int) -> None:
    paper, handing, entry = paper_of(standing), handing_of(standing), _entry(standing)
    if standing.cast is not None and handing is Handing.ONCE:
        raise await _cast_before(work, standing, hand, paper.words(standing.cast))
    cast_by = None if hand == entry else hand
    if (standing.cast, standing.cast_by) != (choice, cast_by):
        await polls.cast(work.tx, Ballot(poll_id, entry, choice, work.now, cast_by=cast_by), standing.cast)
    work.answer(
        text(
            "polls.cast" if handing is Handing.REVISED else "polls.cast_finally",
            choice=paper.words(choice),
            ends=moment(standing.closes_at, work.settings.zone),
            receipt=_receipt_here(work, standing),
        )
    )


async def _cast_before(work: Work, standing: Standing, hand: int, choice: str) -> Refusal:
    """The ballot that is in stands: one's own, or what the holder of a proxy handed in."""
    if standing.cast_by in (None, hand):
        return Refusal("polls.cast_once", choice=choice)
    assert standing.cast_by is not None
    holder = await members.get(work.tx, standing.cast_by)
    return Refusal("polls.cast_by_holder", holder=holder.name, choice=choice)


async def require_hand(work: Work, poll_id: int, standing: Standing, hand: int) -> None:
    """Refuse to touch a ballot on paper, or one that another hand has handed in for the same entry.

    The first of several who share an entry speaks for it; what the holder of a proxy has cast gives way to the
    members themselves, and never the other way round.
    """
    if standing.cast is None or standing.secrecy is Secrecy.SECRET:
        return
    words = paper_of(standing).words(standing.cast)
    if standing.witness:
        raise Refusal("polls.cast_on_paper", choice=words)
    before = standing.cast_by or _entry(standing)
    if before != hand and await _shares(work, poll_id, before, _entry(standing)):
        raise Refusal("polls.cast_for_entry", choice=words, receipt=_receipt_here(work, standing))


async def _shares(work: Work, poll_id: int, member_id: int, entry: int) -> bool:
    other = await polls.standing(work.tx, poll_id, member_id)
    return other is not None and other.entitled == entry


def _entry(standing: Standing) -> int:
    assert standing.entitled is not None
    return standing.entitled


def receipt_for(key: str, entry: int) -> str:
    """The receipt of an entry's ballot in an open poll, the same however often it is changed."""
    return text("polls.receipt", receipt=written(receipt_of(bytes.fromhex(key), entry))) if key else ""


def _receipt_here(work: Work, standing: Standing) -> str:
    """The receipt, where nobody else reads along: whoever knows it finds the ballot in the published list."""
    alone = work.event.private or isinstance(work.event.content, Pressed)
    return receipt_for(standing.receipt_key, _entry(standing)) if alone else ""


async def _take_secretly(work: Work, poll_id: int, standing: Standing, choice: str) -> None:
    """Neither the outbox nor the journal learns of it; the receipt is told from memory and kept by the voter alone."""
    if not work.event.private and not isinstance(work.event.content, Pressed):
        raise Refusal("polls.secret_in_group")
    if standing.took_part is not None:
        raise Refusal("polls.secret_twice")
    receipt = code_from(work.house.random(8))
    await polls.cast_secretly(work.tx, poll_id, _entry(standing), receipt, choice)
    work.whisper(text("polls.cast_secretly", receipt=f"{receipt[:4]}-{receipt[4:]}"))


def require_open(of: Poll | Standing, work: Work) -> None:
    """Refuse a ballot for a poll that has not begun, is over or was cancelled."""
    if of.state is PollState.CANCELLED:
        raise Refusal("polls.was_cancelled")
    if of.state is PollState.CLOSED or work.now >= of.closes_at:
        raise Refusal("polls.closed", at=moment(of.closes_at, work.settings.zone))
    if work.now < of.opens_at:
        raise Refusal("polls.not_yet", at=moment(of.opens_at, work.settings.zone))


@routes.card("poll")
async def draw(work: Work, poll_id: int) -> Card | None:
    """The poll as it stands now."""
    return await poll_card(work, await polls.get(work.tx, poll_id))
