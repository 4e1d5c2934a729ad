"""Procedures: the files we ship, what is read from them and every fault a file can have."""
