"""The operator's command line: `yishi` and everything that can be said after it."""
