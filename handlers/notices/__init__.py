"""公示: what was decided is put before everybody, with its days and a private way to object."""
