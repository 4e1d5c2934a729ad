"""落实: what was decided gets an owner, a day and its money, and is watched until it is done."""
