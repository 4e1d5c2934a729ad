"""Counting again from the ballots alone: shares no code with the program that ran the poll."""
