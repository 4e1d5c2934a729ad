"""The poll behind a paper, and its result in a paper's numbers."""

from handlers.bodies import name_of
from handlers.choices.results import result_of, too_few
from handlers.labels import topic_label
from handlers.office.desk import Desk
from handlers.papers.counted import counted
from handlers.papers.facts import Counted
from handlers.refusals import Refusal
from handlers.rules.stored import parse_rule, parse_verdict
from handlers.rules.verdict import Verdict
from handlers.texts import text
from storage import polls, topics
from storage.records import Poll, PollState, Topic

NOT_COUNTED = Counted((), (), "", ())
"""Stands where nothing was counted, so that the paper says what is missing."""


async def topic_numbered(desk: Desk, number: int) -> Topic:
    """The topic with this number. Refusal where there is none."""
    topic = await topics.numbered(desk.work.tx, desk.community.id, number)
    if topic is None:
        raise Refusal("office.no_topic", number=number)
    return topic


async def newest_poll(desk: Desk, topic: Topic) -> Poll:
    """The poll about a topic that was put last. Refusal where none was."""
    found = [one for one in await polls.of_topic(desk.work.tx, topic.id) if _was_put(one)]
    if not found:
        raise Refusal("office.no_poll", topic=topic_label(topic))
    return found[-1]


async def final_poll(desk: Desk, topic: Topic) -> Poll | None:
    """The last poll about a topic whose result stands: neither void nor open to challenge."""
    found = [one for one in await polls.of_topic(desk.work.tx, topic.id) if stands(one)]
    return found[-1] if found else None


def stands(poll: Poll) -> bool:
    """Whether a result is final."""
    return poll.state is PollState.CLOSED and poll.final_at is None and not poll.void


def verdict_of(poll: Poll) -> Verdict:
    """The verdict of a closed yes/no poll, counted again from its tally."""
    return parse_verdict(parse_rule(poll.rule), poll.verdict)


def numbers_of(poll: Poll | None) -> Counted:
    """What papers print of a closed poll; nothing of one that asked otherwise, or whose numbers would tell on people."""
    if poll is None or poll.ask or is_too_small(poll):
        return NOT_COUNTED
    return counted(verdict_of(poll))


def is_too_small(poll: Poll) -> bool:
    """Whether the numbers of a secret poll would tell who cast what."""
    return too_few(poll, result_of(poll).cast)


def held_by(poll: Poll) -> str:
    """居民代表会议表决: what a poll is called where no meeting was."""
    return text("office.poll_of", body=name_of(poll.body))


def _was_put(poll: Poll) -> bool:
    return poll.state is not PollState.CANCELLED and not poll.void
