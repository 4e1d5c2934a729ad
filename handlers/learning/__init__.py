"""学习: what those who sort issues decide is kept as lessons, and what a community calls its places is learned."""
