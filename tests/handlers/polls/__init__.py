"""Receipts, and what is published of a poll."""
