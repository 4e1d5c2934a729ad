"""In the room: beginning, check-in, quorum, hands, what is said, votes, and the end."""
