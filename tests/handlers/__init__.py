"""Tests of the handlers storey."""
