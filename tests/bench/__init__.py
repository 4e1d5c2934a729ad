"""Small programs that measure; run as `python -m tests.bench.NAME`."""
