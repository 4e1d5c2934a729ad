"""Everything that is heard while people sit together."""

from handlers.meetings.room import (
    beginning,
    card,
    checkin,
    history,
    listing,
    moving,
    noting,
    speaking,
    voting,
)
from handlers.routes import Routes

routes = Routes()
for part in (beginning, card, checkin, history, listing, moving, noting, speaking, voting):
    routes.include(part.routes)
