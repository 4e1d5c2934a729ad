"""The meetings slice as one."""

from handlers.meetings import chat, jobs, stages, views
from handlers.routes import Routes

routes = Routes()
for part in (chat, jobs, stages, views):
    routes.include(part.routes)
