"""A year of a community, lived through by a house: who meets, what goes wrong, and what everybody was shown."""
