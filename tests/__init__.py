"""Tests: they mirror the storeys, and read as sentences."""
