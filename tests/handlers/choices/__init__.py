"""Kinds of ballots beyond yes and no: what may stand on them, and counts held against other people's."""
