"""Bodies: their doors and their rolls."""
