"""Meetings 会议: called, answered, moved, reminded of, and what came of each item."""
