"""Tests of the bot storey."""
