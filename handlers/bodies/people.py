"""Who is in a body, for a community and a topic."""

from handlers.audience import people_behind
from handlers.bodies.catalogue import Body, Computed, bodies
from handlers.work import Work
from storage import members, tasks, topics, units
from storage.records import Member, Unit

_BEHIND = frozenset(
    {
        Computed.STAKEHOLDERS,
        Computed.SUPPORTERS,
        Computed.INTERESTED_OWNERS,
        Computed.NAMED_RESIDENTS,
        Computed.DISPUTANTS,
        Computed.WISHER,
    }
)


def name_of(body_id: str) -> str:
    """What a body is called."""
    return bodies()[body_id].name


def find(said: str) -> Body | None:
    """The body somebody means by a name: exactly, else the shortest name that contains it or is contained."""
    known = list(bodies().values())
    exact = [body for body in known if said in (body.id, body.name)]
    near = sorted(
        (body for body in known if said in body.name or body.name in said), key=lambda body: len(body.name)
    )
    return next(iter(exact or near), None)


async def people(
    work: Work, body_id: str, topic_id: int | None, community: Unit | None = None
) -> list[Member]:
    """Who belongs to the body in the topic's community, each once; without a topic in `community`, or the event's."""
    body = bodies()[body_id]
    if topic_id is not None or community is None:
        community = await community_of(work, topic_id)
    if body.computed is Computed.ANYONE:
        return await members.of_community(work.tx, community.id)
    if body.computed is Computed.ITEM_OWNER:
        return await _owners(work, topic_id)
    if body.computed in _BEHIND:
        return await _behind(work, topic_id)
    found = await members.with_roles(work.tx, community, body.roles)
    return [member for member in found if _is_listed(member)] if body.electorate else found


def _is_listed(member: Member) -> bool:
    """Whether the roll names them: somebody met in a chat is a neighbour who may report, and votes for nobody yet."""
    return bool(member.code)


async def community_of(work: Work, topic_id: int | None) -> Unit:
    """The community a topic belongs to; that of the event when there is none."""
    if topic_id is None:
        return await work.community()
    return await units.get(work.tx, (await topics.get(work.tx, topic_id)).community_id)


async def _behind(work: Work, topic_id: int | None) -> list[Member]:
    found: dict[int, Member] = {}
    for issue in await topics.issues_of(work.tx, topic_id) if topic_id else ():
        found.update({member.id: member for member in await people_behind(work, issue)})
    return list(found.values())


async def _owners(work: Work, topic_id: int | None) -> list[Member]:
    owned = await tasks.of_topic(work.tx, topic_id) if topic_id else []
    ids = dict.fromkeys(task.owner_id for task in owned if task.owner_id)
    return [await members.get(work.tx, member_id) for member_id in ids]
