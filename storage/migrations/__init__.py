"""Alembic's scripts, forward only: a file is never taken back to an older version."""
