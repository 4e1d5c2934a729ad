"""回避: somebody takes no part in deciding a topic. They stay on the frozen roll; why is kept and never told."""

from handlers.audience import private_address
from handlers.events import PollAnnounced, PollOpened, ProxyEnded, RecusalLifted, Recused
from handlers.labels import topic_label
from handlers.permissions import DESK, holds, require
from handlers.polls.lookup import topic_named
from handlers.polls.naming import one_named
from handlers.polls.views import poll_label
from handlers.refusals import Refusal
from handlers.routes import Routes
from handlers.texts import text
from handlers.work import Work
from storage import members, polls, proxies, recusals, units
from storage.messages import Said
from storage.records import Member, Poll, PollState, Proxy, Recusal, Topic

routes = Routes()
routes.unkept.update({"回避"})
_ONESELF = frozenset({"本人", "我", "自己"})


@routes.command("回避", "recuse")
async def recuse(work: Work, said: Said, rest: str) -> None:
    """`回避 议7 本人 理由`, or `回避 议7 张三 理由` by the office; for every poll about the topic, before their ballot."""
    topic, words = await topic_named(work, said, rest)
    member, reason = await _who(work, topic, words.strip())
    if not reason.strip():
        raise Refusal("polls.recuse_why")
    if await recusals.of_member(work.tx, topic.id, member.id):
        raise Refusal("polls.recused_already", name=member.name, topic=topic_label(topic))
    running = await _running(work, topic)
    for poll in running:
        await _require_unvoted(work, poll, member)
    await recusals.add(work.tx, Recusal(topic.id, member.id, reason.strip(), work.now))
    await work.record(Recused(topic.id, member.id))
    for poll in running:
        await _stand_back(work, poll, member)
    await _tell(work, topic, member)


@routes.command("撤销回避", "unrecuse")
async def lift(work: Work, said: Said, rest: str) -> None:
    """`撤销回避 议7 张三`, by the office: they may vote again where the poll is still open."""
    topic, words = await topic_named(work, said, rest)
    await require(work, await units.get(work.tx, topic.community_id), *DESK)
    if not words.strip():
        raise Refusal("polls.recuse_usage")
    member = await one_named(work, topic.community_id, words.strip())
    if await recusals.of_member(work.tx, topic.id, member.id) is None:
        raise Refusal("polls.not_recused", name=member.name, topic=topic_label(topic))
    await recusals.lift(work.tx, topic.id, member.id)
    await work.record(RecusalLifted(topic.id, member.id))
    for poll in await _running(work, topic):
        standing = await polls.standing(work.tx, poll.id, member.id)
        if standing and standing.barred == text("polls.barred_recused"):
            await polls.bar(work.tx, poll.id, member.id, "")
            work.refresh(f"poll:{poll.id}")
    work.answer(text("polls.recusal_lifted", name=member.name, topic=topic_label(topic)))


@routes.on(PollAnnounced)
async def stand_back_from_announced(work: Work, event: PollAnnounced) -> None:
    """Whoever has stood back from a topic stands back from every later poll about it."""
    await _bar_all(work, event.poll_id)


@routes.on(PollOpened)
async def stand_back_from_opened(work: Work, event: PollOpened) -> None:
    """So too where it was never announced."""
    await _bar_all(work, event.poll_id)


async def _bar_all(work: Work, poll_id: int) -> None:
    poll = await polls.get(work.tx, poll_id)
    for recusal in await recusals.of_topic(work.tx, poll.topic_id) if poll.topic_id else ():
        await polls.bar(work.tx, poll.id, recusal.member_id, text("polls.barred_recused"))


async def _who(work: Work, topic: Topic, words: str) -> tuple[Member, str]:
    """Who is to stand back, and why: oneself, or whom the office names."""
    name, _, reason = words.partition(" ")
    if name in _ONESELF:
        return await work.someone(), reason
    office = await holds(work, await units.get(work.tx, topic.community_id), *DESK)
    named = await members.named(work.tx, topic.community_id, name.partition("@")[0])
    if office and not named:
        raise Refusal("polls.recuse_usage")
    if office:
        return await one_named(work, topic.community_id, name), reason
    if any(member.id != (work.member.id if work.member else None) for member in named):
        raise Refusal("polls.recuse_other")
    return await work.someone(), reason if named else words


async def _running(work: Work, topic: Topic) -> list[Poll]:
    found = await polls.of_topic(work.tx, topic.id)
    return [poll for poll in found if poll.state is PollState.OPEN and work.now < poll.closes_at]


async def _require_unvoted(work: Work, poll: Poll, member: Member) -> None:
    """Refuse once the person's own ballot is in, also by a proxy; that another of their entry has voted is nothing."""
    standing = await polls.standing(work.tx, poll.id, member.id)
    if standing is None or standing.entitled is None:
        return
    given = await proxies.of_member(work.tx, poll.id, member.id)
    caster = standing.cast_by or standing.entitled
    by_them = caster == member.id or (given is not None and caster == given.holder_id)
    if standing.took_part is not None or (standing.cast is not None and by_them):
        raise Refusal("polls.recused_late", name=member.name)


async def _stand_back(work: Work, poll: Poll, member: Member) -> None:
    """They may not cast, nor may anybody for them, nor they for others."""
    await polls.bar(work.tx, poll.id, member.id, text("polls.barred_recused"))
    given = await proxies.of_member(work.tx, poll.id, member.id)
    held = await proxies.held_by(work.tx, poll.id, member.id)
    for proxy in (*([given] if given else []), *held):
        await _let_fall(work, poll, proxy)
    work.refresh(f"poll:{poll.id}")


async def _let_fall(work: Work, poll: Poll, proxy: Proxy) -> None:
    """A proxy with which nothing was cast yet is no more; whoever still has a vote hears it."""
    standing = await polls.standing(work.tx, poll.id, proxy.member_id)
    if standing is None or standing.cast_by == proxy.holder_id:
        return
    await proxies.withdraw(work.tx, poll.id, proxy.member_id)
    await work.record(ProxyEnded(poll.id, proxy.member_id))
    told = proxy.holder_id if standing.barred else proxy.member_id
    await _tell_alone(work, told, text("polls.proxy_fell", poll=await poll_label(work, poll)))


async def _tell(work: Work, topic: Topic, member: Member) -> None:
    label = topic_label(topic)
    if work.member is None or work.member.id != member.id:
        await _tell_alone(work, member.id, text("polls.you_are_recused", topic=label))
    work.answer(text("polls.recused", name=member.name, topic=label))


async def _tell_alone(work: Work, member_id: int, said: str) -> None:
    if address := await private_address(work, member_id):
        work.say(address, said, once=f"{work.event.event_id}:recused:{member_id}")
