"""The minutes as one."""

from handlers.meetings.minutes import chat
from handlers.routes import Routes

routes = Routes()
routes.include(chat.routes)
