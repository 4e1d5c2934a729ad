"""回访: weeks later, everyone who raised or supported a matter is asked whether it is solved; enough "no" reopens it."""
