"""Tests of the storage storey."""
