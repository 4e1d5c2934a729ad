"""Who is to hear of something: groups and people, found from what a matter came from and whom it touches."""

import json
from collections.abc import Iterable

from handlers.events import AccountBound
from handlers.work import Work
from storage import groups, issues, journal, members, topics
from storage.groups import address_of
from storage.messages import Address, Mention
from storage.records import PUBLIC, Group, GroupRole, Identity, Issue, Member, Role, Unit


async def group_of(work: Work, unit: Unit, role: GroupRole) -> Group | None:
    """The group with this role that is nearest to the unit, upwards."""
    found = await groups.of_role(work.tx, unit, role)
    return found[0] if found else None


async def address_for(work: Work, unit: Unit, *roles: GroupRole) -> Address | None:
    """Where to speak to the first of these roles that has a group."""
    for role in roles:
        if group := await group_of(work, unit, role):
            return address_of(group)
    return None


async def origin_groups(work: Work, issue: Issue) -> list[Address]:
    """Every group in which this issue, or one that was merged into it, was raised; each once."""
    whole = [issue, *await issues.merged_into(work.tx, issue.id)]
    ids = dict.fromkeys(one.group_id for one in whole if one.group_id)
    return [address_of(await groups.get(work.tx, group_id)) for group_id in ids]


async def topic_origins(work: Work, topic_id: int) -> list[Address]:
    """Every group that raised a matter of this topic; each once."""
    found: dict[Address, None] = {}
    for issue in await topics.issues_of(work.tx, topic_id):
        found.update(dict.fromkeys(await origin_groups(work, issue)))
    return list(found)


async def publication_groups(work: Work, topic_id: int, community: Unit) -> list[Address]:
    """Where a topic is published: the community's 公示群 and every group that raised it; each once."""
    boards = await groups.below(work.tx, community, GroupRole.HOUSEHOLD_NOTICE)
    places = dict.fromkeys(address_of(board) for board in boards)
    places.update(dict.fromkeys(await topic_origins(work, topic_id)))
    return list(places)


async def people_behind(work: Work, issue: Issue) -> list[Member]:
    """Everyone who raised or supports an issue or one merged into it; each once, reporters first."""
    whole = [issue, *await issues.merged_into(work.tx, issue.id)]
    found: dict[int, Member] = {}
    for one in whole:
        if one.reporter_id:
            found.setdefault(one.reporter_id, await members.get(work.tx, one.reporter_id))
    for one in whole:
        found.update(
            {
                member.id: member
                for member in await issues.supporters(work.tx, one.id)
                if member.id not in found
            }
        )
    return list(found.values())


async def private_address(work: Work, member_id: int) -> Address | None:
    """Where somebody can be written to alone; None if nowhere yet. Of several places the one they chose last."""
    ways = [way for way in await members.ways_to(work.tx, member_id) if way.private_chat]
    if len(ways) > 1:
        ways = await _latest_first(work, member_id, ways)
    return Address(ways[0].platform, ways[0].private_chat) if ways else None


async def _latest_first(work: Work, member_id: int, ways: list[Identity]) -> list[Identity]:
    """The accounts somebody bound (or said /start with) in the order of that, the last first; then the others."""
    bound = [
        (entry.id, json.loads(entry.detail))
        for entry in await journal.of(work.tx, f"member:{member_id}")
        if entry.event == AccountBound.__name__
    ]

    def when(way: Identity) -> int:
        mine = (
            at
            for at, detail in bound
            if detail["platform"] == way.platform and detail.get("account", way.account) == way.account
        )
        return max(mine, default=0)

    return sorted(ways, key=when, reverse=True)


async def called(work: Work, where: Address, people: Iterable[int]) -> tuple[Mention, ...]:
    """Those of these members whom the group at `where` can ring for, each once, by an account that is known there.

    Nobody in a group of residents: there nobody is named. Nobody in a private chat, which rings by itself.
    """
    group = await groups.at(work.tx, where)
    if group is None or group.role in PUBLIC:
        return ()
    known = work.settings.known_at(where.platform)
    found = [await _known_there(work, where, member_id, known) for member_id in dict.fromkeys(people)]
    return tuple(mention for mention in found if mention)


async def _known_there(work: Work, where: Address, member_id: int, known: frozenset[str]) -> Mention | None:
    ways = [way for way in await members.ways_to(work.tx, member_id) if way.platform in known]
    ways.sort(key=lambda way: way.platform != where.platform)
    return Mention(ways[0].account, ways[0].name) if ways else None


async def staff(work: Work, unit: Unit, *roles: Role) -> list[Member]:
    """Who holds one of these roles for the unit: in it, above it or below it."""
    return await members.with_roles(work.tx, unit, roles)


async def desk(work: Work, community: Unit) -> list[Address]:
    """Where the community's office is asked: its committee group, else its people in private, else the grid group."""
    if group := await group_of(work, community, GroupRole.COMMITTEE):
        return [address_of(group)]
    officers = await members.with_roles(work.tx, community, (Role.SECRETARY, Role.PARTY_SECRETARY))
    private = [address for member in officers if (address := await private_address(work, member.id))]
    if private:
        return private
    grid = await group_of(work, community, GroupRole.GRID)
    return [address_of(grid)] if grid else []
