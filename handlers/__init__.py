"""The middle storey: what is decided. Handlers read, decide and write rows; they never touch a network or a clock."""
