"""From matter to rule, the statutory traps, and the check of a ballot's text."""
