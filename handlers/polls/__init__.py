"""Polls 表决: a frozen electorate, ballots, reminders, and a verdict at the deadline."""
