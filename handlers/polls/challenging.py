"""质疑: whoever was entitled says that a result is not right. Everybody hears the answer, nobody who asked."""

import re
from typing import Final

from handlers.audience import desk, private_address
from handlers.events import ChallengeAnswered, ChallengeMade
from handlers.intake.masking import mask
from handlers.moments import moment
from handlers.polls.finality import is_interim, is_over, is_waiting
from handlers.polls.lookup import of_topic
from handlers.polls.settling import settle_if_clear
from handlers.polls.telling import require_desk, tell
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import term, text
from handlers.words import narrow
from handlers.work import Work
from storage import challenges, polls, units
from storage.messages import Said
from storage.records import Challenge, ChallengeState, Member, Poll, PollState

routes = Routes()
_ANSWER: Final = re.compile(
    r"\s*(?P<number>\d{1,3})\s*号?\s*(?P<outcome>不成立|成立)[\s，,:：。]*(?P<reason>\S.*)", re.DOTALL
)
_OUTCOMES: Final = {"成立": ChallengeState.UPHELD, "不成立": ChallengeState.DISMISSED}


@routes.command("质疑", "challenge")
async def challenge(work: Work, said: Said, rest: str) -> None:
    """`质疑 议7 理由`, in private: while the result is open to challenge, by anybody on the roll."""
    if not work.event.private:
        raise Refusal("polls.challenge_privately")
    poll, words = await of_topic(work, said, rest)
    member = await _entitled(work, poll)
    await _require_interim(work, poll)
    if not words.strip():
        raise Refusal("polls.challenge_usage")
    for made in await challenges.of_poll(work.tx, poll.id):
        if made.member_id == member.id and made.state is ChallengeState.OPEN:
            raise Refusal("polls.challenged_already", number=made.number)
    new = Challenge(0, poll.id, 0, member.id, words.strip(), work.now, ChallengeState.OPEN, "")
    made = await challenges.add(work.tx, new)
    await work.record(ChallengeMade(poll.id, made.number))
    await _lay_before_desk(work, poll, made)
    work.answer(text("polls.challenge_noted", poll=await poll_label(work, poll), number=made.number))


@routes.command("答复质疑", "answerchallenge")
async def answer(work: Work, said: Said, rest: str) -> None:
    """`答复质疑 议7 1 不成立 理由`: whoever asked is told alone, everybody else without a name."""
    poll, words = await of_topic(work, said, rest)
    label = await require_desk(work, poll)
    match = _ANSWER.fullmatch(narrow(words))
    if match is None:
        raise Refusal("polls.answer_usage")
    made = await challenges.numbered(work.tx, poll.id, int(match["number"]))
    if made is None or made.state is not ChallengeState.OPEN:
        raise Refusal("polls.no_such_challenge", poll=label, number=match["number"])
    if work.member and work.member.id == made.member_id:
        raise Refusal("polls.own_challenge")
    state, reason = _OUTCOMES[match["outcome"]], words[match.start("reason") :].strip()
    await settle_challenge(work, poll, made, state, reason)
    hints = (text("polls.now_rerun", poll=label),) if state is ChallengeState.UPHELD else ()
    shown = {"number": made.number, "outcome": term("challenge_state", state), "reason": mask(reason)}
    await tell(work, poll, text("polls.challenge_answered", poll=label, **shown), *hints)
    if is_over(poll):
        await settle_if_clear(work, poll)


async def settle_challenge(
    work: Work, poll: Poll, made: Challenge, state: ChallengeState, reason: str
) -> None:
    """Write the answer down and tell whoever asked."""
    await challenges.answer(work.tx, made.id, state, reason)
    await work.record(ChallengeAnswered(poll.id, made.number, state))
    if address := await private_address(work, made.member_id):
        said = text(
            "polls.your_challenge",
            poll=await poll_label(work, poll),
            number=made.number,
            outcome=term("challenge_state", state),
            reason=reason,
        )
        work.say(address, said, once=f"poll:{poll.id}:challenge:{made.number}:answered")


async def _entitled(work: Work, poll: Poll) -> Member:
    member = work.member
    standing = await polls.standing(work.tx, poll.id, member.id) if member else None
    if member is None or standing is None or standing.entitled is None:
        raise Refusal("polls.challenge_not_entitled", poll=await poll_label(work, poll))
    return member


async def _require_interim(work: Work, poll: Poll) -> None:
    label = await poll_label(work, poll)
    if poll.state is PollState.OPEN:
        ends = moment(poll.closes_at, work.settings.zone)
        raise Refusal("polls.challenge_later", poll=label, ends=ends)
    if await is_waiting(work, poll) or (poll.final_at is not None and work.now > poll.final_at):
        raise Refusal("polls.challenge_late", poll=label)
    if poll.void or not is_interim(poll):
        raise Refusal("polls.challenge_final", poll=label)


async def _lay_before_desk(work: Work, poll: Poll, made: Challenge) -> None:
    said = text(
        "polls.challenge_made",
        poll=await poll_label(work, poll),
        number=made.number,
        words=mask(made.text),
    )
    community = await units.get(work.tx, poll.community_id)
    for address in await desk(work, community):
        work.say(address, said, once=f"poll:{poll.id}:challenge:{made.number}:{address}")
