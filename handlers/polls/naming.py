"""Finding the person of a poll's community whom somebody writes down: 张三, or 张三@3-2-801 where there are several."""

from handlers.refusals import Refusal
from handlers.work import Work
from storage import members
from storage.records import Member


async def one_named(work: Work, community_id: int, said: str) -> Member:
    """The one person meant. Refusal where the roll has nobody called so, or several."""
    name, _, door = said.partition("@")
    named = await members.named(work.tx, community_id, name)
    found = [member for member in named if not door or member.door == door]
    if len(found) != 1:
        raise Refusal("polls.named_several" if found else "polls.named_nobody", name=name)
    return found[0]
