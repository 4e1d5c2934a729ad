"""Meetings: what is read, and what follows from the numbers."""
