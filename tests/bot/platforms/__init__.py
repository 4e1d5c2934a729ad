"""Each channel against fixtures, fakes, and where installed against programs other people wrote."""
