"""Recurring meetings: read, expanded, put back into words, told to calendars, watched, and a time found for one."""
