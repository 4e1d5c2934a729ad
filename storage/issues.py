"""Issues, their supports and attachments."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.database import Transaction
from storage.records import Attachment, Issue, IssueState, Member, Unit
from storage.rows import many, number, one
from storage.tables import attachments, groups, issues, members, supports, units

OVER = (IssueState.MERGED, IssueState.REFUSED, IssueState.CANCELLED, IssueState.CLOSED, IssueState.MEDIATE)
_BY_ID = select(issues).where(issues.c.id == bindparam("id"))
_BY_NUMBER = (
    select(issues)
    .where(issues.c.community_id == bindparam("community"), issues.c.number == bindparam("number"))
    .order_by(issues.c.year.desc())
    .limit(1)
)
_FROM_MESSAGE = (
    select(issues)
    .where(issues.c.group_id == bindparam("group"), issues.c.message_id == bindparam("message"))
    .order_by(issues.c.id)
    .limit(1)
)
_SUPPORTERS = (
    select(members)
    .join(supports, supports.c.member_id == members.c.id)
    .where(supports.c.issue_id == bindparam("id"))
    .order_by(supports.c.since, members.c.id)
)
_RECENT = (
    select(issues.c.id, issues.c.text)
    .where(
        issues.c.community_id == bindparam("community"),
        issues.c.filed_at >= bindparam("moment"),
        issues.c.state.not_in((IssueState.CANCELLED, IssueState.MEDIATE)),
    )
    .order_by(issues.c.filed_at.desc(), issues.c.id.desc())
    .limit(bindparam("count"))
)
_COUNT = select(func.count()).select_from(supports).where(supports.c.issue_id == bindparam("id"))


async def get(tx: Transaction, issue_id: int) -> Issue:
    """The issue with this id."""
    issue = await one(tx, Issue, _BY_ID, {"id": issue_id})
    assert issue is not None
    return issue


async def find(tx: Transaction, issue_id: int) -> Issue | None:
    """The issue with this id, if there is one (buttons may say anything)."""
    return await one(tx, Issue, _BY_ID, {"id": issue_id})


async def numbered(
    tx: Transaction, community_id: int, issue_number: int, year: int | None = None
) -> Issue | None:
    """The community's issue with this number: of that year, else the newest."""
    statement = _BY_NUMBER.where(issues.c.year == year) if year else _BY_NUMBER
    return await one(tx, Issue, statement, {"community": community_id, "number": issue_number})


async def handed_up(tx: Transaction, unit: Unit, issue_number: int) -> list[Issue]:
    """Issues with this number that any community has escalated to the unit."""
    statement = select(issues).where(issues.c.unit_id == unit.id, issues.c.number == issue_number)
    return await many(tx, Issue, statement.order_by(issues.c.id.desc()))


async def newest(tx: Transaction, community_id: int, count: int) -> list[Issue]:
    """The community's latest issues, newest first."""
    statement = select(issues).where(issues.c.community_id == community_id)
    return await many(tx, Issue, statement.order_by(issues.c.id.desc()).limit(count))


async def from_message(tx: Transaction, group_id: int, message_id: str) -> Issue | None:
    """The issue that this message of a group became."""
    return await one(tx, Issue, _FROM_MESSAGE, {"group": group_id, "message": message_id})


async def from_private_message(tx: Transaction, member_id: int, message_id: str) -> Issue | None:
    """The issue that somebody's message, written to us alone, became."""
    statement = select(issues).where(
        issues.c.reporter_id == member_id, issues.c.group_id.is_(None), issues.c.message_id == message_id
    )
    return await one(tx, Issue, statement)


async def last_said(tx: Transaction, member_id: int, group_id: int | None, moment: datetime) -> Issue | None:
    """The latest issue somebody raised in this group (None: alone with us) since then."""
    statement = (
        select(issues)
        .where(
            issues.c.reporter_id == member_id,
            issues.c.group_id.is_not_distinct_from(group_id),
            issues.c.filed_at >= moment,
        )
        .order_by(issues.c.id.desc())
        .limit(1)
    )
    return await one(tx, Issue, statement)


async def source_messages(tx: Transaction) -> list[tuple[str, str, str]]:
    """(platform, chat, message id) of every issue that is open, or part of an open one: edits of those concern us."""
    root = issues.alias()
    ended = [state for state in OVER if state is not IssueState.MERGED]
    rows = await tx.rows(
        select(groups.c.platform, groups.c.chat, issues.c.message_id)
        .join(groups, groups.c.id == issues.c.group_id)
        .outerjoin(root, root.c.id == issues.c.merged_into)
        .where(
            issues.c.state.not_in(ended),
            or_(root.c.id.is_(None), root.c.state.not_in(ended)),
            issues.c.message_id != "",
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def of_reporter(tx: Transaction, member_id: int, count: int) -> list[Issue]:
    """What somebody raised, newest first."""
    mine = select(issues).where(issues.c.reporter_id == member_id).order_by(issues.c.id.desc()).limit(count)
    return await many(tx, Issue, mine)


async def supported_by(tx: Transaction, member_id: int, count: int) -> list[Issue]:
    """What somebody supports, newest first."""
    theirs = (
        select(issues)
        .join(supports, supports.c.issue_id == issues.c.id)
        .where(supports.c.member_id == member_id)
        .order_by(issues.c.id.desc())
        .limit(count)
    )
    return await many(tx, Issue, theirs)


async def recent_texts(
    tx: Transaction, community_id: int, moment: datetime, count: int
) -> list[tuple[int, str]]:
    """Id and text of the latest issues filed since then, newest first: what is compared with something new.

    Those that became part of another are among them: they say the same matter in other words.
    """
    rows = await tx.rows(_RECENT, {"community": community_id, "moment": moment, "count": count})
    return [(row[0], row[1]) for row in rows]


async def open_under(tx: Transaction, unit: Unit) -> list[Issue]:
    """What is still to be done in the unit and below it, oldest first."""
    statement = (
        select(issues)
        .join(units, units.c.id == issues.c.unit_id)
        .where(units.c.path.startswith(unit.path), issues.c.state.not_in(OVER))
        .order_by(issues.c.id)
    )
    return await many(tx, Issue, statement)


async def root_of(tx: Transaction, issue: Issue) -> Issue:
    """The issue that this one, through however many mergers, has become part of."""
    while issue.merged_into is not None:
        issue = await get(tx, issue.merged_into)
    return issue


async def merged_into(tx: Transaction, issue_id: int) -> list[Issue]:
    """The issues that became part of this one, directly or through another."""
    tree = select(issues.c.id).where(issues.c.merged_into == issue_id).cte(recursive=True)
    tree = tree.union(select(issues.c.id).where(issues.c.merged_into == tree.c.id))
    return await many(
        tx, Issue, select(issues).where(issues.c.id.in_(select(tree.c.id))).order_by(issues.c.id)
    )


async def add(tx: Transaction, issue: Issue) -> Issue:
    """Write a new issue down; the id is the database's to give."""
    fields = {name: getattr(issue, name) for name in issues.c.keys() if name != "id"}  # noqa: SIM118
    return await get(tx, await tx.add(issues.insert(), fields))


async def change(tx: Transaction, issue_id: int, **columns: object) -> None:
    """Change columns of an issue."""
    await tx.run(update(issues).where(issues.c.id == issue_id).values(**columns))


async def support(tx: Transaction, issue_id: int, member_id: int, now: datetime) -> bool:
    """Count somebody as a supporter; False when they were one already."""
    values = {"issue_id": issue_id, "member_id": member_id, "since": now}
    return bool(await tx.run(insert(supports).on_conflict_do_nothing(), values))


async def withdraw_support(tx: Transaction, issue_id: int, member_id: int) -> bool:
    """Count somebody no longer; False when they were none."""
    mine = delete(supports).where(supports.c.issue_id == issue_id, supports.c.member_id == member_id)
    return bool(await tx.run(mine))


async def supports_it(tx: Transaction, issue_id: int, member_id: int) -> bool:
    """Whether somebody supports an issue."""
    mine = select(supports.c.member_id).where(
        supports.c.issue_id == issue_id, supports.c.member_id == member_id
    )
    return await tx.row(mine) is not None


async def supporters(tx: Transaction, issue_id: int) -> list[Member]:
    """Who supports an issue, in the order they came."""
    return await many(tx, Member, _SUPPORTERS, {"id": issue_id})


async def support_count(tx: Transaction, issue_id: int) -> int:
    """How many people support an issue."""
    return await number(tx, _COUNT, {"id": issue_id})


async def attach(tx: Transaction, attachment: Attachment) -> None:
    """Let a file or place stay with "issue:12" or "report:3"."""
    values = {
        "subject": attachment.subject,
        "platform": attachment.platform,
        "kind": attachment.kind,
        "ref": attachment.ref,
        "name": attachment.name,
    }
    await tx.run(attachments.insert(), values)


async def attached(tx: Transaction, subject: str) -> Sequence[Attachment]:
    """What is attached to "issue:12", in order."""
    mine = select(attachments).where(attachments.c.subject == subject).order_by(attachments.c.id)
    return await many(tx, Attachment, mine)


async def detach(tx: Transaction, subject: str) -> None:
    """Forget what is attached to "issue:12"."""
    await tx.run(delete(attachments).where(attachments.c.subject == subject))
