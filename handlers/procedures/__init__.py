"""Procedures as data: what a procedure file says, what is wrong with it, and the files we ship."""
