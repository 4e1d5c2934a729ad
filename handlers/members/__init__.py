"""Who is who: personal codes, accounts, and what somebody may know of themselves."""
