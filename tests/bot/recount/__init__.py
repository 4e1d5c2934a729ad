"""The recount: cases on the edge, agreement with the house, and everything somebody could tamper with."""
