"""The whole program as a process of its own, between a Bot API others wrote and a file on disk."""
