"""日历: the link by which a body's meetings come into phones; told in private, to whoever belongs to the body."""

from handlers.bodies import find, people
from handlers.bodies.catalogue import Body
from handlers.permissions import DESK, holds, require
from handlers.refusals import Refusal
from handlers.routes import Routes, Where
from handlers.texts import text
from handlers.work import Work
from storage import feeds
from storage.messages import Said
from storage.records import Feed, Unit

routes = Routes()
_TOKEN_BYTES = 24
_AGAIN = "重置"


@routes.command("日历", where=Where.STAFF | Where.PRIVATE)
async def say_calendar(work: Work, said: Said, rest: str) -> None:
    """`日历 两委会` gives the link, `日历 重置 两委会` a new one."""
    del said
    if not work.event.private:
        raise Refusal("office.calendar_in_private")
    again = rest.strip().startswith(_AGAIN)
    community, body = await work.community(), _body(rest.strip().removeprefix(_AGAIN).strip())
    if again:
        await require(work, community, *DESK)
    else:
        await _require_of_body(work, community, body)
    if not work.settings.public_url:
        raise Refusal("office.calendar_without_pages")
    known = await feeds.of_body(work.tx, community.id, body.id)
    feed = known if known and not again else await _fresh(work, community, body)
    url = text("office.calendar_url", url=work.settings.public_url, token=feed.token)
    key = "office.calendar_anew" if again else "office.calendar"
    work.answer(text(key, body=body.name, url=url))


def _body(said: str) -> Body:
    """The body meant. Refusal for none that meets with a roll of its own; who is party to a dispute has no calendar."""
    if not said:
        raise Refusal("office.calendar_usage")
    found = find(said)
    if found is None or not found.electorate or found.computed:
        raise Refusal("office.calendar_no_body", name=said)
    return found


async def _require_of_body(work: Work, community: Unit, body: Body) -> None:
    if await holds(work, community, *DESK):
        return
    member = work.member
    if member is None or member.id not in {one.id for one in await people(work, body.id, None)}:
        raise Refusal("office.calendar_not_yours", body=body.name)


async def _fresh(work: Work, community: Unit, body: Body) -> Feed:
    feed = Feed(work.house.random(_TOKEN_BYTES).hex(), community.id, body.id, work.now)
    await feeds.put(work.tx, feed)
    return feed
