"""诉求: what residents raise, and how grid workers sort it, give it to somebody, and see it answered."""
