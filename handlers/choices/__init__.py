"""Ballots beyond yes and no: what may be asked, what may be answered, and how the answers are counted."""
