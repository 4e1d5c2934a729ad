"""Cases 办件: a topic's way through the stages of a procedure."""
