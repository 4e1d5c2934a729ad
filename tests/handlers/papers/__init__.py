"""What papers say: fields, masking, refusals, and the JSON they are kept in."""
