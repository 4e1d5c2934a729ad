"""What a printed paper says: assembled from facts, masked for the public, kept as JSON; nothing here draws it."""
