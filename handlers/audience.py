"""Who is to hear of something: groups and people, found from what a matter came from and whom it touches."""

from handlers.work import Work
from storage import groups, issues, members, topics
from storage.groups import address_of
from storage.messages import Address
from storage.records import Group, GroupRole, Issue, Member, Role, Unit


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
    """Where somebody can be written to alone; None if nowhere yet."""
    ways = await members.ways_to(work.tx, member_id)
    return next((Address(way.platform, way.private_chat) for way in ways if way.private_chat), None)


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
