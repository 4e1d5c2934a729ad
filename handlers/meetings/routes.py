"""The meetings slice as one."""

from handlers.meetings import chat, chat_agenda, jobs, stages, views
from handlers.meetings.minutes import routes as minutes
from handlers.meetings.room import routes as room
from handlers.meetings.series import routes as series
from handlers.routes import Routes

routes = Routes()
for part in (chat, chat_agenda, jobs, stages, views, series, minutes, room):
    routes.include(part.routes)
