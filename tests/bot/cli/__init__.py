"""The command line: every command as an operator types it, and the program as a process."""
