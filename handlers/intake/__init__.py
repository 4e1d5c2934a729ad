"""Understanding what a neighbourhood says: whether it is a matter, which, where, how urgent, and said before or not."""
