"""The routes of the office."""

from handlers.office import calendars, chat
from handlers.routes import Routes

routes = Routes()
for part in (chat, calendars):
    routes.include(part.routes)
