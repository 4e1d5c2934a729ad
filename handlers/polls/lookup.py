"""Finding the poll somebody means."""

from handlers.labels import read_mention, topic_label
from handlers.refusals import Refusal
from handlers.work import Work
from storage import cards, polls, topics
from storage.messages import Said
from storage.records import Poll, Topic


async def of_topic(work: Work, said: Said, rest: str) -> tuple[Poll, str]:
    """The latest poll about the topic named (or shown in the card replied to), and the words after the number."""
    if said.reply_to and not rest[:2].strip("议").isdigit() and (shown := await _replied_to(work, said)):
        return shown, rest
    topic, words = await topic_named(work, said, rest)
    found = await polls.of_topic(work.tx, topic.id)
    if not found:
        raise Refusal("polls.none", topic=topic_label(topic))
    return found[-1], words


async def asked_of(work: Work, said: Said, rest: str) -> tuple[Poll, str]:
    """The same where what follows may itself be numbers: in reply to a poll's card only 议7 names another."""
    if said.reply_to and "议" not in rest[:1] and (shown := await _replied_to(work, said)):
        return shown, rest
    return await of_topic(work, said, rest)


async def _replied_to(work: Work, said: Said) -> Poll | None:
    card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
    noun, _, key = card.subject.partition(":") if card else ("", "", "")
    return await polls.get(work.tx, int(key)) if noun == "poll" else None


async def topic_named(work: Work, said: Said, rest: str) -> tuple[Topic, str]:
    """The topic a command names, and the words after its number."""
    del said
    mention = read_mention(rest, "polls.usage")
    community = await work.community()
    topic = await topics.numbered(work.tx, community.id, mention.number)
    if topic is None:
        raise Refusal("polls.no_topic", number=mention.number)
    return topic, mention.rest
