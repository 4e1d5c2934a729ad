"""Fitting what the program ships with to the examples it ships with."""
