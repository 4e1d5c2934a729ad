"""The routes of notices."""

from handlers.notices import chat, drafts, jobs, objecting, views
from handlers.routes import Routes

routes = Routes()
for part in (chat, drafts, jobs, objecting, views):
    routes.include(part.routes)
