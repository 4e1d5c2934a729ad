"""Taking ballots: by button, by number, in a sentence. Whether somebody may is asked of the electorate every time."""

from datetime import datetime

from handlers.bodies import name_of
from handlers.bodies.catalogue import Counts, body
from handlers.codes import code_from, normal
from handlers.moments import moment
from handlers.polls.lookup import of_topic
from handlers.polls.receipts import receipt_of, written
from handlers.polls.views import poll_card
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import meaning, term, terms, text
from handlers.work import Work
from storage import polls
from storage.messages import Card, Pressed, Said
from storage.polls import Standing
from storage.records import Ballot, Choice, PollState, Secrecy

routes = Routes()
routes.unkept.update({"poll.cast", "改投", "表决"})


@routes.press("poll.cast")
async def press_cast(work: Work, arguments: tuple[str, ...]) -> None:
    """A choice was pressed, or its number sent."""
    number, choice = (*arguments, "", "")[:2]
    if not number.isdigit() or choice not in list(Choice):
        raise Refusal("dispatch.stale_button")
    await cast(work, int(number), Choice(choice))


@routes.command("表决", "投票", "vote", where=Where.STAFF | Where.PRIVATE)
async def cast_in_words(work: Work, said: Said, rest: str) -> None:
    """`表决 议7 赞成`."""
    poll, words = await of_topic(work, said, rest)
    choice = meaning("choice", words.strip())
    if choice is None:
        raise Refusal("polls.choices", choices="、".join(terms("choice").values()))
    await cast(work, poll.id, Choice(choice))


@routes.command("改投", "revote", where=Where.PRIVATE)
async def recast(work: Work, said: Said, rest: str) -> None:
    """`改投 议7 投票码 反对`: in a secret poll only the receipt knows the ballot."""
    poll, words = await of_topic(work, said, rest)
    receipt, _, choice_word = words.partition(" ")
    choice = meaning("choice", choice_word.strip())
    if choice is None or poll.secrecy is not Secrecy.SECRET:
        raise Refusal("polls.recast_usage")
    require_open(poll.state, poll.closes_at, work)
    if await polls.recast_secretly(work.tx, poll.id, normal(receipt), Choice(choice)) is None:
        raise Refusal("polls.no_such_receipt")
    work.whisper(text("polls.recast"))


async def cast(work: Work, poll_id: int, choice: Choice) -> None:
    """Take the ballot of who acts. Refusal when the poll is over, or they are not in its electorate."""
    if work.member is None:
        raise Refusal("polls.unknown_voter")
    standing = await polls.standing(work.tx, poll_id, work.member.id)
    if standing is None:
        raise Refusal("dispatch.stale_button")
    require_open(standing.state, standing.closes_at, work)
    if standing.entitled is None:
        raise Refusal("polls.not_on_roll", body=name_of(standing.body))
    if standing.secrecy is Secrecy.SECRET:
        await _cast_secretly(work, poll_id, work.member.id, standing, choice)
    else:
        await _cast_openly(work, Ballot(poll_id, work.member.id, choice, work.now), standing)
    work.refresh(f"poll:{poll_id}")


async def _cast_openly(work: Work, ballot: Ballot, standing: Standing) -> None:
    if standing.cast is not None and body(standing.body).counts is Counts.OWNER:
        raise Refusal("polls.cast_once", choice=term("choice", standing.cast))
    if standing.witness:
        raise Refusal("polls.cast_on_paper", choice=term("choice", ballot.choice))
    if standing.cast is not ballot.choice:
        await polls.cast(work.tx, ballot, standing.cast)
    ends = moment(standing.closes_at, work.settings.zone)
    receipt = receipt_for(standing.receipt_key, ballot.member_id)
    work.answer(text("polls.cast", choice=term("choice", ballot.choice), ends=ends, receipt=receipt))


def receipt_for(key: str, member_id: int) -> str:
    """The receipt of somebody's ballot in an open poll, the same however often it is changed."""
    return text("polls.receipt", receipt=written(receipt_of(bytes.fromhex(key), member_id))) if key else ""


async def _cast_secretly(
    work: Work, poll_id: int, member_id: int, standing: Standing, choice: Choice
) -> None:
    """Neither the outbox nor the journal learns of it; the receipt is told from memory and kept by the voter alone."""
    if not work.event.private and not isinstance(work.event.content, Pressed):
        raise Refusal("polls.secret_in_group")
    if standing.took_part is not None:
        raise Refusal("polls.secret_twice")
    receipt = code_from(work.house.random(8))
    await polls.cast_secretly(work.tx, poll_id, member_id, receipt, choice)
    work.whisper(text("polls.cast_secretly", receipt=f"{receipt[:4]}-{receipt[4:]}"))


def require_open(state: PollState, closes_at: datetime, work: Work) -> None:
    """Refuse a ballot for a poll that is over or was cancelled."""
    if state is PollState.CANCELLED:
        raise Refusal("polls.was_cancelled")
    if state is PollState.CLOSED or work.now >= closes_at:
        raise Refusal("polls.closed", at=moment(closes_at, work.settings.zone))


@routes.card("poll")
async def draw(work: Work, poll_id: int) -> Card | None:
    """The poll as it stands now."""
    return await poll_card(work, await polls.get(work.tx, poll_id))
