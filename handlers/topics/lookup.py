"""Finding a topic by the number somebody wrote."""

from handlers.labels import read_mention, topic_label
from handlers.refusals import Refusal
from handlers.work import Work
from storage import cards, topics
from storage.messages import Said
from storage.records import Topic


async def by_number(work: Work, number: int) -> Topic:
    """The community's topic of this number. Refusal naming the latest ones."""
    community = await work.community()
    topic = await topics.numbered(work.tx, community.id, number)
    if topic is None:
        latest = [topic_label(one) for one in (await topics.open_ones(work.tx, community.id))[-3:]]
        raise Refusal("topics.not_found", number=number, latest="、".join(reversed(latest)) or "—")
    return topic


async def mentioned(work: Work, said: Said, rest: str, usage: str) -> tuple[Topic, str]:
    """The topic a command names, or that the card replied to is about; and the words after it."""
    if said.reply_to and not any(character.isdigit() for character in rest):
        card = await cards.at_message(work.tx, work.event.chat, said.reply_to)
        noun, _, key = card.subject.partition(":") if card else ("", "", "")
        if noun == "topic":
            return await topics.get(work.tx, int(key)), rest
    mention = read_mention(rest, usage)
    return await by_number(work, mention.number), mention.rest
