"""Tests of understanding messages."""
