"""Rules, verdicts and the life of a poll, seen from outside."""
