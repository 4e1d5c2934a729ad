"""The rules of issues, one by one."""
