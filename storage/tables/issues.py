"""Issues, who supports them, and what is attached."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.records import Category, IssueState, Kind, Level
from storage.tables.kinds import Moment, metadata, words

issues = Table(
    "issues",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", words(IssueState), nullable=False),
    Column("kind", words(Kind), nullable=False),
    Column("category", words(Category), nullable=False),
    Column("level", words(Level), nullable=False),
    Column("place", String, nullable=False),
    Column("text", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("reporter_id", ForeignKey("members.id"), index=True),
    Column("group_id", ForeignKey("groups.id")),
    Column("message_id", String, nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("handler_id", ForeignKey("members.id")),
    Column("party", String, nullable=False),
    Column("due_at", Moment),
    Column("alert_at", Moment),
    Column("merged_into", ForeignKey("issues.id"), index=True),
    Column("result", String, nullable=False),
    Column("closed_at", Moment),
    UniqueConstraint("community_id", "year", "number"),
    CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="merged_says_into_which"),
    CheckConstraint("merged_into IS NULL OR merged_into != id", name="not_into_itself"),
)
Index("ix_issues_due", issues.c.due_at, sqlite_where=issues.c.due_at.is_not(None))
Index("ix_issues_alert", issues.c.alert_at, sqlite_where=issues.c.alert_at.is_not(None))
Index("ix_issues_message", issues.c.group_id, issues.c.message_id)
Index("ix_issues_recent", issues.c.community_id, issues.c.filed_at)

supports = Table(
    "supports",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True, index=True),
    Column("since", Moment, nullable=False),
    sqlite_with_rowid=False,
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String, nullable=False, index=True),
    Column("platform", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("name", String, nullable=False),
)

remarks = Table(
    "remarks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", ForeignKey("issues.id"), nullable=False, index=True),
    Column("member_id", ForeignKey("members.id")),
    Column("text", String, nullable=False),
    Column("at", Moment, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("party", String, nullable=False),
    Column("given_by", ForeignKey("members.id")),
    Column("given_at", Moment, nullable=False),
    Column("extended_at", Moment),
    Column("overdue_at", Moment),
)
