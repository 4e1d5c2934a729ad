"""Meetings that come round: read from a secretary's words, expanded to days, watched for the law's minimum."""
