"""Bodies 机构: which roles make up each, and who is in one for a community and a topic."""

from handlers.bodies.entries import Entry as Entry
from handlers.bodies.entries import entries as entries
from handlers.bodies.people import find as find
from handlers.bodies.people import name_of as name_of
from handlers.bodies.people import people as people
