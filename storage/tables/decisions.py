"""Topics, the procedures they run under, cases and polls."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.records import CaseState, PollState, Secrecy, TopicState
from storage.tables.kinds import Exact, Moment, metadata, words

topics = Table(
    "topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("text", String, nullable=False),
    Column("state", words(TopicState), nullable=False),
    Column("raised_by", ForeignKey("members.id")),
    Column("raised_at", Moment, nullable=False),
    UniqueConstraint("community_id", "year", "number"),
)

topic_issues = Table(
    "topic_issues",
    metadata,
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("issue_id", ForeignKey("issues.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

procedures = Table(
    "procedures",
    metadata,
    Column("digest", String, primary_key=True),
    Column("id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("source", String, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), nullable=False, index=True),
    Column("digest", ForeignKey("procedures.digest"), nullable=False),
    Column("state", words(CaseState), nullable=False),
    Column("stage", String, nullable=False),
    Column("step_id", ForeignKey("steps.id", use_alter=True)),
    Column("due_at", Moment),
    Column("ended_as", String, nullable=False),
    Column("started_at", Moment, nullable=False),
    CheckConstraint("(state = 'ended') = (ended_as != '')", name="ended_says_how"),
)
Index("ix_cases_due", cases.c.due_at, sqlite_where=cases.c.due_at.is_not(None))
Index(
    "ix_cases_one_at_a_time",
    cases.c.topic_id,
    unique=True,
    sqlite_where=text("state != 'ended'"),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("left_at", Moment),
    Column("outcome", String, nullable=False),
    Column("note", String, nullable=False),
)

polls = Table(
    "polls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("topic_id", ForeignKey("topics.id"), index=True),
    Column("step_id", ForeignKey("steps.id"), unique=True),
    Column("question", String, nullable=False),
    Column("body", String, nullable=False),
    Column("roll", Integer, nullable=False),
    Column("roll_area", Exact),
    Column("rule", String, nullable=False),
    Column("secrecy", words(Secrecy), nullable=False),
    Column("group_id", ForeignKey("groups.id")),
    Column("opened_by", ForeignKey("members.id")),
    Column("opens_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("remind_at", Moment),
    Column("state", words(PollState), nullable=False),
    Column("outcome", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("receipt_key", String, nullable=False, server_default=""),
    Column("seal", String, nullable=False, server_default=""),
    Column("ask", String, nullable=False, server_default=""),
    Column("matter", String, nullable=False, server_default=""),
    Column("early", String, nullable=False, server_default=""),
    Column("deemed", String, nullable=False, server_default=""),
    Column("void", String, nullable=False, server_default=""),
    Column("open_at", Moment),
    Column("final_at", Moment),
    UniqueConstraint("community_id", "year", "number"),
    CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
    CheckConstraint("(state = 'closed') = (outcome != '')", name="closed_says_how"),
)
Index("ix_polls_open", polls.c.closes_at, sqlite_where=text("state = 'open'"))

electors = Table(
    "electors",
    metadata,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True, index=True),
    Column("reason", String, nullable=False),
    Column("area", Exact),
    Column("entry_id", Integer, nullable=False, server_default="0"),
    Column("barred", String, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

# One of the three choices, or what another kind of poll takes, written as a JSON object.
_SAYS_SOMETHING = "choice IN ('for', 'against', 'abstain') OR choice LIKE '{%}'"

ballots = Table(
    "ballots",
    metadata,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("choice", String, nullable=False),
    Column("cast_at", Moment, nullable=False),
    Column("witness", String, nullable=False),
    Column("cast_by", ForeignKey("members.id")),
    CheckConstraint(_SAYS_SOMETHING, name="says_something"),
    sqlite_with_rowid=False,
)

# Secret polls: who took part and what was cast are two lists that nothing joins. Neither has a row number or a
# moment, and both are kept in the order of their keys, so that not even the order of arrival is left in the file.
participations = Table(
    "participations",
    metadata,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    sqlite_with_rowid=False,
)

secret_ballots = Table(
    "secret_ballots",
    metadata,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("receipt", String, primary_key=True),
    Column("choice", String, nullable=False),
    CheckConstraint(_SAYS_SOMETHING, name="says_something"),
    sqlite_with_rowid=False,
)

turnouts = Table(
    "turnouts",
    metadata,
    Column("poll_id", ForeignKey("polls.id"), primary_key=True),
    Column("heads", Integer, nullable=False),
    CheckConstraint("heads >= 0", name="never_below_none"),
    sqlite_with_rowid=False,
)
