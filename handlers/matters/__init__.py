"""Matter to rule: what the law asks of each kind of decision, what must be guarded, and the check of a ballot's text."""
