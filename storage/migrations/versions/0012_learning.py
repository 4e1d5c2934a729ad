"""What is learned from those who sort issues."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String

from storage.migrations.columns import words

revision = "0012"
down_revision = "0011"

KINDS = "urgent dispute issue wish suggestion question thanks ad chatter"
CATEGORIES = (
    "sanitation public_works building utilities traffic noise fire_safety security illegal_building property "
    "neighbours welfare greenery animals village none"
)
ONLY_ADDED = """
CREATE TRIGGER lessons_update BEFORE UPDATE ON lessons
BEGIN SELECT RAISE(ABORT, 'lessons are only ever added to'); END
"""


def upgrade() -> None:
    """Make these tables. Lessons go with the issue they were learned from, and are never changed."""
    op.create_table(
        "lessons",
        Column("id", Integer, primary_key=True),
        Column("issue_id", Integer, ForeignKey("issues.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("other_id", Integer, ForeignKey("issues.id", ondelete="CASCADE"), index=True),
        Column("aspect", words("aspect", "kind category place taken same second"), nullable=False),
        Column("understood", String, nullable=False),
        Column("decided", String, nullable=False),
        Column("at", DateTime, nullable=False),
    )
    op.create_index("ix_lessons_class", "lessons", ["aspect", "understood"])
    op.execute(ONLY_ADDED)
    op.create_table(
        "place_names",
        Column("community_id", Integer, ForeignKey("units.id"), primary_key=True),
        Column("name", String, primary_key=True),
        Column("meant", String, nullable=False),
        Column("given_by", Integer, ForeignKey("members.id")),
        Column("at", DateTime, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "models",
        Column("id", Integer, primary_key=True),
        Column("at", DateTime, nullable=False),
        Column("lessons", Integer, nullable=False),
        Column("weights", String, nullable=False),
        Column("retired_at", DateTime),
    )
    op.create_table(
        "opinions",
        Column("issue_id", Integer, ForeignKey("issues.id", ondelete="CASCADE"), primary_key=True),
        Column("wanted_at", DateTime, nullable=False),
        Column("asked_at", DateTime, index=True),
        Column("answered_at", DateTime),
        Column("shown_at", DateTime),
        Column("kind", words("kind", KINDS)),
        Column("category", words("category", CATEGORIES)),
    )
    op.create_table(
        "reviews",
        Column("community_id", Integer, ForeignKey("units.id"), primary_key=True),
        Column("since", DateTime, nullable=False),
        Column("at", DateTime, nullable=False, index=True),
    )
