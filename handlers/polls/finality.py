"""Whether a result stands: 初步结果 while it can be challenged, waiting while a challenge is not settled, or void.

A poll with `final_at` is interim once it is closed. When that moment passes with a challenge unanswered or upheld,
`final_at` is gone and the result waits: it becomes final by the last answer, or void by another vote.
"""

from handlers.labels import topic_label
from handlers.moments import moment
from handlers.refusals import Refusal
from handlers.texts import text
from handlers.work import Work
from storage import challenges, polls, topics
from storage.records import Poll, PollState, Topic


def is_interim(poll: Poll) -> bool:
    """Whether the result is open to challenge."""
    return poll.state is PollState.CLOSED and poll.final_at is not None


def is_over(poll: Poll) -> bool:
    """Whether the days for challenges are over (or there were none), and the result is not void."""
    return poll.state is PollState.CLOSED and poll.final_at is None and not poll.void


async def is_waiting(work: Work, poll: Poll) -> bool:
    """Whether the days for challenges are over and one of them is not settled."""
    return is_over(poll) and bool(await challenges.unsettled(work.tx, poll.id))


async def finality_line(work: Work, poll: Poll) -> str:
    """The line that stands above a verdict which is not final or no longer holds; "" above any other."""
    if poll.void:
        return text("polls.void_line", reason=poll.void)
    if poll.final_at is not None and is_interim(poll):
        topic = await _label(work, poll)
        return text("polls.interim_line", until=moment(poll.final_at, work.settings.zone), topic=topic)
    return text("polls.waiting_line") if await is_waiting(work, poll) else ""


async def require_none_pending(work: Work, topic: Topic) -> None:
    """Refuse another poll about a topic while one runs or its result is not final: 议7 must mean one poll."""
    for poll in await polls.of_topic(work.tx, topic.id):
        if poll.state is PollState.OPEN:
            raise Refusal("polls.one_at_a_time", topic=topic_label(topic))
        if is_interim(poll) or await is_waiting(work, poll):
            raise Refusal("polls.not_final_yet", topic=topic_label(topic))


async def _label(work: Work, poll: Poll) -> str:
    if poll.topic_id is None:
        return text("labels.poll", number=poll.number)
    return topic_label(await topics.get(work.tx, poll.topic_id))
