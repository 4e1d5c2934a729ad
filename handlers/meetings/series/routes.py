"""What recurs, what is looked for and what is watched, as one."""

from handlers.meetings.series import chat, preparing, search_views, watching
from handlers.routes import Routes

routes = Routes()
for part in (chat, preparing, search_views, watching):
    routes.include(part.routes)
